from oakum.facts.catalogers.luarocks_rock import luarocks_rock
from oakum.model.fact import Package
from oakum.testing.files import read

FOLDER = "usr/local/lib/luarocks/rocks-5.4/a-b/1.0-2/"


def test_folders_name_a_rock_and_the_specification_its_licence() -> None:
    path = FOLDER + "a-b-1.0-2.rockspec"
    found = read(luarocks_rock, {path: b'package = "x"\ndescription = {\n  license = "MIT"\n}\n'})
    assert found == [Package("luarocks", "a-b", "1.0-2", path, licenses=("MIT",))]


def test_many_empty_lines_take_no_longer_than_others() -> None:
    (fact,) = read(luarocks_rock, {FOLDER + "a-b-1.0-2.rockspec": b"\n" * 1_000_000})
    assert isinstance(fact, Package)


def test_a_specification_that_luarocks_did_not_put_there_is_none() -> None:
    assert read(luarocks_rock, {FOLDER + "other-1.rockspec": b"", "src/a-b-1.0-2.rockspec": b""}) == []
