from oakum.facts.catalogers.pubspec_lock import pubspec_lock
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


def test_what_the_sdk_brings_is_no_package_and_what_development_needs_is_marked() -> None:
    lock = (
        b'packages:\n  flutter: {dependency: "direct main", source: sdk, version: "0.0.0"}\n'
        b'  a: {dependency: "direct dev", source: hosted, version: "1.10"}\n'
        b"  b: {dependency: transitive, source: hosted, version: 1.0.0+2}\n"
    )
    assert read(pubspec_lock, {"app/pubspec.lock": lock}) == [
        Package("pub", "a", "1.10", "app/pubspec.lock", scope="dev"),
        Package("pub", "b", "1.0.0+2", "app/pubspec.lock"),
    ]


def test_an_entry_without_a_version_is_a_gap() -> None:
    (gap,) = read(pubspec_lock, {"pubspec.lock": b"packages:\n  a: {source: hosted}\n"})
    assert isinstance(gap, Gap)
