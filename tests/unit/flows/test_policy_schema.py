import json
from typing import Any

import jsonschema_rs
import pytest

from oakum.apps.policy_files import builtin_names, policy_files
from oakum.flows.kinds import CRITERIA
from oakum.flows.policy_schema import policy_schema
from oakum.kit import yaml

SCHEMA = jsonschema_rs.validator_for(policy_schema())
GOOD: dict[str, Any] = {
    "oakum": "policy/1",
    "name": "p",
    "title": "t",
    "severity": "low",
    "when": {"all": ["fixable", {"not": {"package": {"name": "x"}}}]},
    "then": {"build": "deny"},
}


def test_a_policy_fits_and_what_no_policy_may_have_does_not() -> None:
    SCHEMA.validate(GOOD)
    several: tuple[dict[str, Any], ...] = (
        {"severity": "dreadful"},
        {"when": "nothing"},
        {"when": {"all": []}},
        {"when": {"package": {}}},
        {"when": {"package": {"name": "x", "colour": "red"}}},
        {"then": {"moon": "deny"}},
        {"titel": "t"},
    )
    for wrong in several:
        assert not SCHEMA.is_valid({**GOOD, **wrong}), wrong


def test_every_criterion_stands_in_it() -> None:
    text = json.dumps(policy_schema()["$defs"]["condition"])
    assert [id_ for id_ in CRITERIA.ids() if f'"{id_}"' not in text] == []


@pytest.mark.parametrize("name", builtin_names())
def test_what_comes_along_has_no_field_that_is_not_in_it(name: str) -> None:
    """By their names: YAML is read as text, so that its numbers are none to a schema."""
    (data,) = policy_files([name]).values()
    assert set(yaml.document(data)) <= set(policy_schema()["properties"])
