"""The criterion ``package``."""

import re

from msgspec import Struct

from oakum.decisions.criterion import PACKAGE, PackageTest, criterion
from oakum.decisions.globs import expression
from oakum.model.inventory import Installed


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """``name``: a glob; ``type``: a purl type, or any."""

    name: str
    type: str = ""


@criterion(level=PACKAGE, asked=Named, version=1)
def package(asked: Named) -> PackageTest:
    """A package of this name is installed."""
    fits = re.compile(expression(asked.name), re.DOTALL).fullmatch

    def test(installed: Installed) -> bool | None:
        found = installed.package
        return (not asked.type or found.type == asked.type) and fits(found.name) is not None

    return test
