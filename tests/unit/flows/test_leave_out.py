import pytest

from oakum.flows.leave_out import leave_out
from oakum.model import gaps
from oakum.model.fact import Gap, Package
from oakum.model.inventory import Installed, Inventory


def installed(*paths: str) -> Installed:
    return Installed(Package("npm", "a", "1", paths[0]), "pkg:npm/a@1", 0, paths)


@pytest.mark.parametrize(
    ("glob", "left"),
    [
        ("opt/app", ["usr/lib/a/package.json"]),
        ("/opt/app/", ["usr/lib/a/package.json"]),
        ("**/node_modules", ["usr/lib/a/package.json"]),
        ("opt/app/node_modules/*/package.json", ["usr/lib/a/package.json"]),
        ("opt/*", ["usr/lib/a/package.json"]),
        ("opt/ap", ["opt/app/node_modules/a/package.json", "usr/lib/a/package.json"]),
        ("*", []),
    ],
)
def test_a_package_stays_by_the_places_that_are_not_named(glob: str, left: list[str]) -> None:
    (before,) = both = (installed("opt/app/node_modules/a/package.json", "usr/lib/a/package.json"),)
    after = leave_out(Inventory(packages=both), [glob])
    assert [path for one in after.packages for path in one.paths] == left
    assert [one.package.path for one in after.packages] == left[:1]
    assert all(one.purl == before.purl for one in after.packages)


def test_what_is_left_out_is_counted_as_a_gap() -> None:
    inside, outside, whole = Gap("limit", "x", "srv/a"), Gap("limit", "x", "opt/a"), Gap("old-data", "x")
    before = Inventory(packages=(installed("srv/app.jar!/b.jar"),), gaps=(inside, outside, whole))
    after = leave_out(before, ["srv/app.jar", "srv/a"])
    assert after.packages == ()
    assert after.gaps[:2] == (outside, whole)
    assert after.gaps[2:] == (Gap(gaps.LEFT_OUT, "left out as asked: 1 packages and 1 gaps in srv/app.jar, srv/a"),)
