"""The criterion ``guessed``."""

from oakum.decisions.criterion import PACKAGE, Nothing, PackageTest, criterion
from oakum.model.inventory import Installed


@criterion(level=PACKAGE, version=1)
def guessed(asked: Nothing) -> PackageTest:
    """Nothing states what a package is: its name or version was taken from a file's name, or the like."""
    del asked

    def test(installed: Installed) -> bool | None:
        return bool(installed.package.guessed)

    return test
