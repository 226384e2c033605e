"""Lock files of opam; what opam itself writes is in ``tests/corpus``."""

import pytest

from oakum.facts.catalogers.opam_locked import opam_locked
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


@pytest.mark.parametrize("path", ["app.opam.locked", "opam/opam.locked"])
@pytest.mark.parametrize(
    ("option", "scope"),
    [
        ('{= "1.0"}', ""),
        ('{= "1.0" & build}', ""),
        ('{with-test & = "1.0"}', "dev"),
        ('{= "1.0" & with-doc & os = linux}', "dev"),
    ],
)
def test_each_dependency_has_one_version(path: str, option: str, scope: str) -> None:
    text = f'name: "app"\nversion: "9"\ndepends: ["lib" {option}]\ndepopts: ["no" {{= "1"}}]'
    assert read(opam_locked, {path: text.encode()}) == [Package("opam", "lib", "1.0", path, scope=scope)]


@pytest.mark.parametrize("option", ["", '{>= "1"}', '{= "1" | = "2"}', "{= version}"])
def test_without_one_version_it_is_a_gap(option: str) -> None:
    (gap,) = read(opam_locked, {"app.opam.locked": f'depends: "lib" {option}'.encode()})
    assert isinstance(gap, Gap)
