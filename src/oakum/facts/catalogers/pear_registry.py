"""Cataloger of PHP packages and extensions that PEAR's installer put there."""

from collections.abc import Iterator
from typing import Final

from oakum.facts.bounds import statement
from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, table, text
from oakum.facts.php_data import php_data
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact, Package

_CHANNEL: Final = ".channel."
_DEFAULT: Final = "pear.php.net"


@cataloger(version=1, packages="**/.registry/*.reg", channels="**/.registry/.channel.*/*.reg")
def pear_registry(files: Files) -> Iterator[Fact]:
    """PHP packages that ``pear`` and ``pecl`` installed, those of PECL being extensions in C.

    The registry has a file for each package, a serialized array of what ``package.xml`` said; packages of another
    channel than PEAR's own lie in a folder of that channel's name (PEAR, ``PEAR/Registry.php``). The array is read
    as data. ``package.xml`` of version 1 has the name as ``package`` and knows no channels. A name is
    ``channel/name``, since each channel has names of its own.
    """
    for file in files.every():
        found = table(php_data(file.data))
        if not found:
            raise UnreadableError("is no entry of PEAR's registry")
        name = text(found.get("name")) or text(found.get("package"))
        folder = file.path.split("/")[-2]
        channel = text(found.get("channel")) or (folder.removeprefix(_CHANNEL) if _CHANNEL in folder else _DEFAULT)
        version = text(table(found.get("version")).get("release")) or text(found.get("version"))
        licenses = statement(_license(found.get("license")) or text(found.get("release_license")))
        yield release(Package("pear", f"{channel}/{name}" if name else "", version, file.path, licenses=licenses))


def _license(said: object) -> str:
    """A text, or one with the address of the licence beside it."""
    return text(said) or text(table(said).get("_content"))
