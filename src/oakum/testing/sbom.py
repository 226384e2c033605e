"""A report with everything in it that an SBOM can carry."""

from oakum.model.fact import Gap, Package, SourcePackage
from oakum.model.inventory import Installed, Inventory
from oakum.model.package_purl import package_purl
from oakum.model.report import Report
from oakum.testing.inventory import BOOKWORM
from oakum.testing.report import report

_STATUS = "var/lib/dpkg/status"

PACKAGES = (
    Package("deb", "libc6", "2.36-9+deb12u4", _STATUS, "amd64", SourcePackage("glibc", "2.36-9+deb12u4")),
    Package(
        "deb", "libssl3", "3.0.11-1+b1", _STATUS, "amd64", SourcePackage("openssl", "3.0.11-1"), depends=("libc6",)
    ),
    Package("deb", "python3-six", "1.16.0-4", _STATUS, "all", SourcePackage("six", "1.16.0-4")),
    Package("deb", "zlib1g", "1:1.2.13.dfsg-1", _STATUS, "amd64", SourcePackage("zlib", "1:1.2.13.dfsg-1")),
    Package("golang", "github.com/BurntSushi/toml", "v1.3.2", "usr/bin/tool", depends=("stdlib go1.22.1",)),
    Package("golang", "stdlib", "go1.22.1", "usr/bin/tool"),
    Package("maven", "org.example:shop", "1.0", "app/shop.war!/WEB-INF/lib/shop.jar", licenses=("Apache-2.0",)),
    Package("maven", "unknown", "2.0", "app/unknown-2.0.jar", guessed="file name"),
    Package("npm", "@babel/core", "7.24.0", "app/package-lock.json", licenses=("MIT",), depends=("debug 4.3.4",)),
    Package("npm", "debug", "2.6.9", "app/package-lock.json", scope="optional"),
    Package("npm", "debug", "4.3.4", "app/package-lock.json", scope="dev"),
    Package("pypi", "Django", "3.2.1", "app/lib/Django-3.2.1.dist-info/METADATA", licenses=("BSD-3-Clause",)),
    Package("pypi", "six", "1.16.0", "usr/lib/python3/dist-packages/six-1.16.0.egg-info"),
)
"""Packages of several kinds; the last belongs to a package of the distribution."""

GAP = Gap("unreadable-file", "is cut off", "usr/lib/x.jar", "sha256:" + "2" * 64)


def sbom_report() -> Report:
    """The report of an image with these packages, without findings."""
    packages = tuple(_installed(one, at) for at, one in enumerate(PACKAGES))
    made = report()
    return Report(
        artifact=made.artifact,
        inventory=Inventory(BOOKWORM, packages, (GAP,)),
        gaps=(GAP, Gap("starter-data", "of 2026-01-01")),
        created=made.created,
        scanners=("packages",),
    )


def _installed(package: Package, at: int) -> Installed:
    owner = package_purl(PACKAGES[2], BOOKWORM) if at == len(PACKAGES) - 1 else ""
    more = ("app/other/METADATA",) if package.name == "Django" else ()
    layer = 0 if package.type == "deb" else 1
    return Installed(package, package_purl(package, BOOKWORM), layer, (package.path, *more), owner)
