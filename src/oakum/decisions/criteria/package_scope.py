"""The criterion ``package_scope``."""

from typing import Literal

from msgspec import Struct

from oakum.decisions.criterion import PACKAGE, PackageTest, criterion
from oakum.model.inventory import Installed


class Scopes(Struct, frozen=True, forbid_unknown_fields=True):
    """``wanted``: ``dev`` or ``optional``."""

    wanted: Literal["dev", "optional"]


@criterion(level=PACKAGE, asked=Scopes, version=1)
def package_scope(asked: Scopes) -> PackageTest:
    """A package is needed for development alone, or not needed to run."""

    def test(installed: Installed) -> bool | None:
        return installed.package.scope == asked.wanted

    return test
