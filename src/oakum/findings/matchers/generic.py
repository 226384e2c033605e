"""What the advisories of packages without an ecosystem are asked."""

import re
from collections.abc import Iterator
from typing import Final

from oakum.findings.matcher import Answer, left_to_owner, matcher
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Distribution, Gap
from oakum.model.gaps import NO_ADVISORY_DATA
from oakum.model.inventory import Installed

_BITNAMI: Final = {
    "arangodb": "arangodb",
    "composer": "composer",
    "envoy": "envoy",
    "fluent-bit": "fluent-bit",
    "git": "git",
    "haproxy": "haproxy",
    "httpd": "apache",
    "java": "java",
    "lua": "lua",
    "mariadb": "mariadb",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "nginx": "nginx",
    "node": "node",
    "openldap": "openldap",
    "php": "php",
    "postgresql": "postgresql",
    "python": "python",
    "redis": "redis",
    "ruby": "ruby",
    "sqlite": "sqlite",
    "valkey": "valkey",
    "varnish": "varnish",
    "wp-cli": "wp-cli",
}
"""Programs that Bitnami's advisories speak of, under the names that these give them."""

_OLD_JAVA: Final = re.compile(r"1\.(\d+)\.0(?:_(\d+))?.*", re.DOTALL)


@matcher(types=("generic",), version=2)
def generic(installed: Installed, distribution: Distribution | None) -> Iterator[Answer]:
    """Programs that belong to no ecosystem, such as a web server that was built from source.

    One that a distribution's package owns follows the distribution's advisories. Of many others Bitnami's advisories
    speak: Bitnami packages releases as their projects make them, so that its ranges are those of the projects' own
    versions. Of any other no advisories are known that speak of it, which is unknown and not clean.
    """
    del distribution  # what has no ecosystem has none on any distribution
    package = installed.package
    if installed.owner:
        yield left_to_owner(installed)
        return
    name = package.name.rpartition("/")[2] if package.name.endswith("/java") else package.name
    if name in _BITNAMI and package.version:
        yield AdvisoryKey("Bitnami", _BITNAMI[name], _version(name, package.version))
        return
    yield Gap(NO_ADVISORY_DATA, f"no advisories speak of {name} as its project makes it", package.path)


def _version(name: str, version: str) -> str:
    """The version as Bitnami has it: Java 8 is ``8.0.412`` and not ``1.8.0_412``."""
    old = _OLD_JAVA.fullmatch(version) if name == "java" else None
    return f"{old[1]}.0.{old[2] or 0}" if old else version
