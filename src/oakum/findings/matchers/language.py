"""What the advisories of a language's packages are asked."""

import re
from collections.abc import Iterator

from oakum.findings.matcher import Answer, matcher
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Distribution, Gap, Package
from oakum.model.finding import Suppressed
from oakum.model.gaps import UNIDENTIFIED_PACKAGE
from oakum.model.inventory import Installed

_SEPARATORS = re.compile(r"[-_.]+")


@matcher(types=("pypi", "npm", "golang", "maven"), version=1)
def language(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """Language packages, by the identity that their ecosystem gives them.

    A package that a distribution's package owns is mended by the distribution, under the version
    that upstream calls vulnerable: it follows the distribution's advisories alone. A jar that
    names no Maven group could be anything of its name, so it is not guessed at.
    """
    del distribution  # a language's packages are the same on every distribution
    if installed.owner:
        yield Suppressed(installed, f"belongs to {installed.owner}: the distribution's advisories speak for it")
        return
    key = _KEYS[installed.package.type](installed.package)
    if key is None:
        what = "a jar that names no Maven group cannot be matched"
        yield Gap(UNIDENTIFIED_PACKAGE, what, installed.package.path)
    else:
        yield key


def _pypi(package: Package) -> AdvisoryKey:
    """Names are compared as PEP 503 normalises them."""
    return AdvisoryKey("PyPI", _SEPARATORS.sub("-", package.name).lower(), package.version)


def _npm(package: Package) -> AdvisoryKey:
    return AdvisoryKey("npm", package.name, package.version)


def _golang(package: Package) -> AdvisoryKey:
    """The Go vulnerability database writes versions without ``v``, and the standard library's without ``go``.

    A toolchain with experiments says so after a blank (``go1.24.1 X:boringcrypto``).
    """
    prefix = "go" if package.name == "stdlib" else "v"
    version = package.version.split(" ", 1)[0].removeprefix(prefix)
    return AdvisoryKey("Go", package.name, version)


def _maven(package: Package) -> AdvisoryKey | None:
    group, colon, artifact = package.name.partition(":")
    return AdvisoryKey("Maven", package.name, package.version) if group and colon and artifact else None


_KEYS = {"pypi": _pypi, "npm": _npm, "golang": _golang, "maven": _maven}
