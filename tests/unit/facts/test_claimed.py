from oakum.facts.claimed import VERSION_RESOURCE, without_claimed
from oakum.model.fact import Package


def library(path: str) -> Package:
    return Package("nuget", "Lib", "1.0", path, guessed=VERSION_RESOURCE)


LISTED = Package("nuget", "Shop", "1.0", "app/shop.deps.json")


def test_libraries_beside_a_list_are_left_to_it() -> None:
    beside = [library("app/Lib.dll"), library("app/runtimes/win/lib/net8.0/Lib.dll")]
    apart = [library("app/plugins/Lib.dll"), library("Lib.dll"), library("opt/app/runtimes/Lib.dll")]
    assert without_claimed([*beside, LISTED, *apart]) == [LISTED, *apart]


def test_without_a_list_every_library_counts() -> None:
    every = [library("a/Lib.dll"), Package("npm", "x", "1", "a/package.json")]
    assert without_claimed(every) == every


def test_what_is_stated_is_never_left_out() -> None:
    stated = Package("nuget", "Lib", "1.0", "app/packages.lock.json")
    assert without_claimed([LISTED, stated]) == [LISTED, stated]
