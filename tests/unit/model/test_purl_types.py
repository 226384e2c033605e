"""The rules of the types of package URLs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.model.ecosystems import OSV_ECOSYSTEMS
from oakum.model.fact import Distribution, Package, SourcePackage
from oakum.model.package_purl import package_purl
from oakum.model.purl import PurlError, build, check, parse
from oakum.model.purl_types import PROHIBITED, REQUIRED, TYPES

NAMES = {"chrome-extension": "dncgedbnidfkppmdgfgidcepclnokpkb"}
"""Names of the types that do not take any word for one."""


@pytest.mark.parametrize("kind", TYPES)
def test_a_namespace_is_there_as_the_type_says(kind: str) -> None:
    rules = TYPES[kind]
    name = NAMES.get(kind, "one")
    qualifiers = "?" + "&".join(f"{key}=x" for key in rules.qualifiers) if rules.qualifiers else ""
    texts = {True: f"pkg:{kind}/some/{name}{qualifiers}", False: f"pkg:{kind}/{name}{qualifiers}"}
    allowed = {REQUIRED: (True,), PROHIBITED: (False,)}.get(rules.namespace, (True, False))
    for named, text in texts.items():
        if named in allowed:
            assert check(parse(text)).name == name
        else:
            with pytest.raises(PurlError, match="namespace"):
                check(parse(text))


@pytest.mark.parametrize("kind", TYPES)
def test_case_is_kept_or_not_as_the_type_says(kind: str) -> None:
    parsed = parse(f"pkg:{kind}/Some/One@V1#Sub")
    lower = TYPES[kind].lower
    assert (parsed.name == "one") is ("name" in lower or kind == "githubactions")
    assert (parsed.namespace == "some") is ("namespace" in lower)
    assert (parsed.version == "v1") is ("version" in lower)
    assert (parsed.subpath == "sub") is ("subpath" in lower)
    assert parse(build(parsed)) == parsed


def test_every_type_that_is_asked_about_has_its_rules() -> None:
    assert set(OSV_ECOSYSTEMS) - {"bioconductor"} <= set(TYPES)


@given(
    st.sampled_from(sorted({*TYPES, *OSV_ECOSYSTEMS, "unheard-of"})),
    st.text(max_size=20),
    st.text(max_size=12),
    st.text(max_size=8),
    st.sampled_from(("known", "unknown")),
)
@settings(max_examples=400, deadline=None)
def test_what_is_written_for_a_package_is_canonical(
    kind: str, name: str, version: str, place: str, distribution: str
) -> None:
    package = Package(kind, name, version, "s", place, SourcePackage(name, version), module=place)
    text = package_purl(package, Distribution(place, version, "", "s") if distribution == "known" else None)
    assert build(parse(text)) == text


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=40))
@settings(max_examples=400, deadline=None)
def test_what_is_read_is_built_and_read_again_the_same(kind: str, rest: str) -> None:
    try:
        parsed = parse(f"pkg:{kind}/{rest}")
    except PurlError:
        return
    assert parse(build(parsed)) == parsed
