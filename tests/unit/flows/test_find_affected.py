import pytest

from oakum.flows.find_affected import _SYSTEM_SCHEMES, Asked, Reach, find_affected
from oakum.flows.kinds import SCHEMES
from oakum.kit.errors import UsageError
from oakum.model.artifact import Artifact
from oakum.model.distributions import SYSTEM_TYPES
from oakum.model.fleet import FleetImage
from oakum.model.inventory import Installed, Inventory
from oakum.testing.inventory import BOOKWORM, installed
from oakum.testing.memory_fleet import MemoryFleet
from oakum.testing.report import finding


def fleet(*packages: Installed) -> MemoryFleet:
    """One image per package, with a finding in each."""
    made = MemoryFleet()
    for number, package in enumerate(packages):
        artifact = Artifact(f"docker:app{number}", "docker", image_id=f"sha256:{number:064x}")
        made.keep_image(FleetImage(artifact, Inventory(BOOKWORM, (package,))), [finding("CVE-1", package)])
    return made


def found(reach: Reach) -> list[str]:
    return [one.package for one in reach.affected]


@pytest.mark.parametrize(
    ("package", "name", "below", "is_below"),
    [
        (installed("deb", "libssl3", "3.0.9-1", source="openssl 3.0.9-1"), "openssl", "3.0.11-1", True),
        (installed("deb", "libssl3", "3.0.11-1", source="openssl 3.0.11-1"), "openssl", "3.0.11-1", False),
        (installed("deb", "libssl3", "3.0.11~rc1-1"), "libssl3", "3.0.11-1", True),
        (installed("deb", "libc6", "9", source="glibc 2.36-9"), "glibc", "2.36-10", True),
        (installed("deb", "libc6", "9", source="glibc 2.36-9"), "libc6", "2.36-10", False),
        (installed("apk", "musl", "1.2.5-r9"), "musl", "1.2.5-r10", True),
        (installed("rpm", "bash", "1:4.4-1.el8"), "bash", "2:1.0-1.el8", True),
        (installed("pypi", "Django_Rest", "3.1rc1"), "django-rest", "3.1", True),
        (installed("npm", "ws", "8.17.1"), "ws", "8.17.1", False),
        (installed("golang", "golang.org/x/net", "v0.9.0"), "golang.org/x/net", "0.33.0", True),
        (installed("golang", "golang.org/x/net", "v0.9.0"), "golang.org/x/net", "v0.33.0", True),
        (installed("golang", "stdlib", "go1.22.1"), "stdlib", "1.22.2", True),
        (installed("maven", "org.a:b", "1.0-alpha"), "org.a:b", "1.0", True),
    ],
)
def test_versions_are_compared_as_their_ecosystem_does(
    package: Installed,
    name: str,
    below: str,
    is_below: bool,  # noqa: FBT001 - a column of the table
) -> None:
    reach = find_affected(fleet(package), Asked(name, below))
    assert bool(reach.affected) is is_below
    assert reach.unknown == ()


def test_what_cannot_be_compared_is_said() -> None:
    packages = (installed("npm", "ws", "not-a-version!"), installed("npm", "ws", "1.0.0"), installed("odd", "ws", "1"))
    reach = find_affected(fleet(*packages), Asked("ws", "2.0.0"))
    assert found(reach) == ["ws 1.0.0"]
    assert [one.split(" cannot be compared")[0] for one in reach.unknown] == [
        "pkg:npm/ws@not-a-version!",
        "pkg:odd/ws@1",
    ]


def test_without_a_version_every_one_is_meant() -> None:
    packages = (
        installed("npm", "ws", "not-a-version!"),
        installed("npm", "ws", "1.0.0"),
        installed("npm", "other", "1"),
    )
    assert found(find_affected(fleet(*packages), Asked("ws"))) == ["ws not-a-version!", "ws 1.0.0"]


def test_a_vulnerability_is_found_with_and_without_its_package() -> None:
    made = fleet(installed("npm", "ws", "1.0.0"), installed("npm", "wx", "1.0.0"))
    assert found(find_affected(made, Asked(finding="CVE-1"))) == ["ws 1.0.0", "wx 1.0.0"]
    assert found(find_affected(made, Asked("wx", finding="CVE-1"))) == ["wx 1.0.0"]
    assert found(find_affected(made, Asked("wz", finding="CVE-1"))) == []
    assert found(find_affected(made, Asked("wx", "1.0.0", "CVE-1"))) == []


@pytest.mark.parametrize("asked", [Asked(), Asked(below="1"), Asked(below="1", finding="CVE-1")])
def test_a_question_needs_its_parts(asked: Asked) -> None:
    with pytest.raises(UsageError):
        find_affected(fleet(), asked)


def test_every_type_of_a_package_manager_has_an_order() -> None:
    assert set(_SYSTEM_SCHEMES) >= SYSTEM_TYPES
    assert set(_SYSTEM_SCHEMES.values()) <= set(SCHEMES.ids())
