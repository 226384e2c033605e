import pytest

from oakum.facts.catalogers.requirements import requirements
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def seen(text: str, path: str = "requirements.txt") -> list[tuple[str, str, str]]:
    return packages(read(requirements, {path: text.encode()}))


def test_pins_and_what_is_not_pinned() -> None:
    assert seen("six==1.17.0\nzipp>=3\nidna\n") == [("six", "1.17.0", ""), ("zipp", "", ""), ("idna", "", "")]


def test_a_pin_is_one_however_often_it_stands_there() -> None:
    assert seen("six==1.17.0\nsix==1.17.0 ; python_version < '4'\n") == [("six", "1.17.0", "")]


@pytest.mark.parametrize(
    "line", ["six==1.17.0 --hash=sha256:ab", "six==1.17.0 \\\n  --hash=sha256:ab", "six==1.17.0 # why"]
)
def test_what_follows_a_requirement_is_no_part_of_it(line: str) -> None:
    assert seen(line) == [("six", "1.17.0", "")]


@pytest.mark.parametrize(
    "line", ["-c constraints.txt", "--index-url=https://packages.example.com", "-e .", "# six", ""]
)
def test_options_ask_for_nothing(line: str) -> None:
    assert read(requirements, {"requirements.txt": line.encode()}) == []


@pytest.mark.parametrize(
    ("line", "read_by_itself"),
    [
        ("-r base.txt", True),
        ("-rrequirements/base.txt", True),
        ("--requirement=requirements-dev.txt", True),
        ("-r ../deps/more.txt", False),
        ("-r https://files.example.com/requirements.txt", False),
        ("-r base.in", False),
    ],
)
def test_an_included_file_is_read_by_itself_or_a_gap(line: str, read_by_itself: bool) -> None:  # noqa: FBT001 - a column of the table
    facts = read(requirements, {"requirements/all.txt": line.encode()})
    assert [isinstance(fact, Gap) for fact in facts] == ([] if read_by_itself else [True])


def test_lines_that_name_nothing_are_counted() -> None:
    (gap,) = read(requirements, {"requirements.txt": b"<<<<<<< HEAD\nno such thing\nhttps://files.example.com/a.zip\n"})
    assert isinstance(gap, Gap)
    assert gap.what.startswith("3 lines")


def test_powershell_writes_utf_16() -> None:
    (fact,) = read(requirements, {"requirements.txt": "six==1.17.0\r\n".encode("utf-16")})
    assert isinstance(fact, Package)


def test_an_editable_repository_says_its_name() -> None:
    assert seen("-e git+https://git.example.com/plugin.git#egg=plugin") == [("plugin", "", "")]
