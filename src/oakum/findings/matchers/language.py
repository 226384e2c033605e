"""What the advisories of a language's packages are asked."""

from collections.abc import Iterator

from oakum.findings.matcher import Answer, left_to_owner, matcher
from oakum.model.advisory import AdvisoryKey
from oakum.model.ecosystems import OSV_ECOSYSTEMS, normalised
from oakum.model.fact import Distribution, Gap, Package
from oakum.model.gaps import UNIDENTIFIED_PACKAGE
from oakum.model.inventory import Installed


@matcher(types=tuple(OSV_ECOSYSTEMS), version=2)
def language(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """Language packages, by the identity that their ecosystem gives them.

    A package that a distribution's package owns is mended by the distribution, under the version
    that upstream calls vulnerable: it follows the distribution's advisories alone. A jar that
    names no Maven group could be anything of its name, so it is not guessed at. Types that OSV
    has no ecosystem for (``conda``, ``cocoapods``, ``cpan``, ``luarocks``) have no matcher: their packages
    become one gap, since a conda package is not the PyPI project of its name.
    """
    del distribution  # a language's packages are the same on every distribution
    if installed.owner:
        yield left_to_owner(installed)
        return
    package = installed.package
    name = _name(package)
    if name:
        ecosystem = OSV_ECOSYSTEMS[package.type]
        yield AdvisoryKey(ecosystem, normalised(ecosystem, name), _version(package))
        if package.type == "composer" and name.lower().startswith("drupal/"):
            yield AdvisoryKey(_DRUPAL, normalised(_DRUPAL, name), _version(package))
        return
    what = _NAMELESS.get(package.type, "a package without a name cannot be matched")
    yield Gap(UNIDENTIFIED_PACKAGE, what, package.path)


_DRUPAL = "Packagist:https://packages.drupal.org/8"
"""Where Drupal's modules come from, which its own advisories name (OSV schema, "Defined ecosystems")."""

_NAMELESS = {
    "githubactions": "an action that names no repository cannot be matched",
    "maven": "a jar that names no Maven group cannot be matched",
}


def _name(package: Package) -> str:
    """The name that advisories know it by, or nothing where it does not say enough."""
    if package.type == "maven":
        group, colon, artifact = package.name.partition(":")
        return package.name if group and colon and artifact else ""
    if package.type == "conan":  # user and channel say who built it, not what it is
        return package.name.rpartition("/")[2]
    if package.type == "githubactions":  # an action in a folder of its repository
        return "/".join(package.name.split("/")[:2]) if "/" in package.name.strip("/") else ""
    return package.name


def _version(package: Package) -> str:
    """The Go vulnerability database writes versions without ``v``, and the standard library's without ``go``.

    A toolchain with experiments says so after a blank (``go1.24.1 X:boringcrypto``).
    """
    if package.type != "golang":
        return package.version
    prefix = "go" if package.name == "stdlib" else "v"
    return package.version.split(" ", 1)[0].removeprefix(prefix)
