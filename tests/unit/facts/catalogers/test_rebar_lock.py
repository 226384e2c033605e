import pytest

from oakum.facts.catalogers.rebar_lock import rebar_lock
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


@pytest.mark.parametrize("wrapped", ['{{"1.2.0",[{}]}}.\n[{{pkg_hash,[]}}].', "[{}]."])
@pytest.mark.parametrize(
    ("entry", "name", "version"),
    [
        ('{<<"app">>,{pkg,<<"name">>,<<"2.9.0">>},0}', "name", "2.9.0"),
        ('{<<"app">>,{git,"https://example.com/a",{ref,"0f1e"}},1}', "app", "0f1e"),
        ('{<<"app">>,{git_subdir,"https://example.com/a",{tag,"1.0"},"apps/app"},1}', "app", "1.0"),
    ],
)
def test_every_source_in_both_formats(wrapped: str, entry: str, name: str, version: str) -> None:
    lock = wrapped.format(entry).encode()
    assert read(rebar_lock, {"rebar.lock": lock}) == [Package("hex", name, version, "rebar.lock")]


def test_a_source_without_a_version_is_a_gap() -> None:
    (gap,) = read(rebar_lock, {"rebar.lock": b'[{<<"a">>,{hg,"x"},0}].'})
    assert isinstance(gap, Gap)


@pytest.mark.parametrize("text", ["{a,b}.", "<<1", "[}"])
def test_what_is_no_list_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(rebar_lock, {"rebar.lock": text.encode()})
