import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packageurl import PackageURL

from oakum.model.purl import Purl, PurlError, build, parse

NAMES = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=12)


@given(
    st.sampled_from(("deb", "apk", "npm", "maven")),
    st.lists(NAMES.filter(lambda text: "/" not in text), max_size=3),
    NAMES.filter(lambda text: "/" not in text),
    NAMES,
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9._-]{0,5}", fullmatch=True), NAMES, max_size=3),
)
@settings(max_examples=150, deadline=None)
def test_parts_survive_and_agree_with_the_reference(
    kind: str, namespace: list[str], name: str, version: str, qualifiers: dict[str, str]
) -> None:
    text = build(Purl(kind, name, "/".join(namespace), version, tuple(qualifiers.items())))
    parsed = parse(text)
    assert build(parsed) == text
    reference = PackageURL.from_string(text)
    assert (reference.version, reference.qualifiers) == (parsed.version, dict(parsed.qualifiers))
    if (parsed.name + parsed.namespace).isascii() and (kind != "pypi" or not namespace):  # where none may stand
        assert (reference.namespace or "", reference.name) == (parsed.namespace, parsed.name)


@pytest.mark.parametrize(
    "text", ["", "pkg:", "pkg:deb", "pkg:deb/", "http://a/b", "pkg:1/a", "pkg:a/b?=c", "pkg:" + "a/" * 9_000]
)
def test_what_is_no_purl_is_refused(text: str) -> None:
    with pytest.raises(PurlError):
        parse(text)


def test_an_unescaped_npm_scope_is_read() -> None:
    assert parse("pkg:npm/@babel/core@7.0.0") == Purl("npm", "core", "@babel", "7.0.0")


def test_parts_that_make_no_purl_are_refused() -> None:
    with pytest.raises(PurlError):
        build(Purl("deb", ""))
    with pytest.raises(PurlError):
        build(Purl("deb", "a", qualifiers=(("a b", "c"),)))
