from oakum.facts.catalogers.composer_lock import composer_lock
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


def test_what_development_needs_is_marked() -> None:
    lock = b'{"packages": [{"name": "a/b", "version": "1.0"}], "packages-dev": [{"name": "c/d", "version": "v2"}]}'
    facts = read(composer_lock, {"composer.lock": lock})
    assert [(one.name, one.version, one.scope) for one in facts if isinstance(one, Package)] == [
        ("a/b", "1.0", ""),
        ("c/d", "v2", "dev"),
    ]


def test_the_platform_is_no_package() -> None:
    lock = b'{"packages": [{"name": "a/b", "version": "1", "require": {"php": "*", "ext-json": "*", "c/d": "*"}}]}'
    (package,) = read(composer_lock, {"composer.lock": lock})
    assert isinstance(package, Package)
    assert package.depends == ("c/d",)


def test_empty_tables_are_lists_in_php() -> None:
    (package,) = read(
        composer_lock, {"composer.lock": b'{"packages": [{"name": "a/b", "version": "1", "require": []}]}'}
    )
    assert isinstance(package, Package)


def test_an_entry_without_a_version_is_a_gap() -> None:
    (gap,) = read(composer_lock, {"composer.lock": b'{"packages": [{"name": "a/b"}, 3]}'})
    assert isinstance(gap, Gap)
    assert "'a/b'" in gap.what
