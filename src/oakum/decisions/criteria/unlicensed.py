"""The criterion ``unlicensed``."""

from oakum.decisions.criterion import PACKAGE, Nothing, PackageTest, criterion
from oakum.model.inventory import Installed


@criterion(level=PACKAGE, version=1)
def unlicensed(asked: Nothing) -> PackageTest:
    """A package declares no licence where its ecosystem's packages can."""
    del asked

    def test(installed: Installed) -> bool | None:
        return not any(one.strip() for one in installed.package.licenses)

    return test
