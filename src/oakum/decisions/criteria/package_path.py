"""The criterion ``package_path``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import PACKAGE, PackageTest, criterion
from oakum.decisions.globs import fits
from oakum.model.inventory import Installed


@criterion(level=PACKAGE, asked=Matches, version=1)
def package_path(asked: Matches) -> PackageTest:
    """A package lies in one of these places, by the files that say so: ``opt/**``."""
    wanted = fits(glob.lstrip("/") for glob in asked.matches)

    def test(installed: Installed) -> bool | None:
        return any(wanted(path) for path in installed.paths or (installed.package.path,))

    return test
