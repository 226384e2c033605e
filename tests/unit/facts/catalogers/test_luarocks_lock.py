from oakum.facts.catalogers.luarocks_lock import luarocks_lock
from oakum.model.fact import Package
from oakum.testing.files import read


def test_names_in_both_spellings_and_what_tests_need() -> None:
    needed = b'dependencies = { a = "1-1", ["b-c"] = "2-0" },\n test_dependencies = {\n  d="3-1"\n }'
    text = b"return {\n " + needed + b',\n other = { e = "4" } }'
    facts = read(luarocks_lock, {"luarocks.lock": text})
    assert [(one.name, one.version, one.scope) for one in facts if isinstance(one, Package)] == [
        ("a", "1-1", ""),
        ("b-c", "2-0", ""),
        ("d", "3-1", "dev"),
    ]


def test_one_long_word_takes_no_longer_than_many_short_ones() -> None:
    assert read(luarocks_lock, {"luarocks.lock": b"a" * 4_000_000}) == []
