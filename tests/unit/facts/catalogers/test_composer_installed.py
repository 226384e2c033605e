import pytest

from oakum.facts.catalogers.composer_installed import composer_installed
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Package
from oakum.testing.files import read

PATH = "srv/vendor/composer/installed.json"


def test_both_forms_of_the_record_say_the_same() -> None:
    entries = b'[{"name": "a/b", "version": "1.2", "license": ["MIT"]}]'
    first = read(composer_installed, {PATH: entries})
    assert first == read(composer_installed, {PATH: b'{"packages": ' + entries + b', "dev": false}'})
    assert first == [Package("composer", "a/b", "1.2", PATH, licenses=("MIT",))]


def test_what_development_needs_is_marked() -> None:
    record = b'{"packages": [{"name": "a/b", "version": "1"}], "dev-package-names": ["a/b"]}'
    (package,) = read(composer_installed, {PATH: record})
    assert isinstance(package, Package)
    assert package.scope == "dev"


@pytest.mark.parametrize("data", [b"3", b'"x"', b"{", b"[" * 9_999])
def test_no_list_of_packages_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(composer_installed, {PATH: data})
