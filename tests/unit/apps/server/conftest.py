from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.api import Api, Posts

from oakum.apps.server.job import Work
from oakum.apps.server.settings import Settings


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    made = Api(str(tmp_path))
    with made.client:
        yield made


@pytest.fixture
def posts() -> Posts:
    return Posts()


@pytest.fixture
def work(api: Api, posts: Posts, tmp_path: Path) -> Work:
    return Work(api.ledger, api.fleet, api.events, api.clock, posts, Settings(str(tmp_path)), {})
