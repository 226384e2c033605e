"""The rules of the types of package URLs."""

import pytest

from oakum.model.ecosystems import OSV_ECOSYSTEMS
from oakum.model.purl import PurlError, build, check, parse
from oakum.model.purl_types import PROHIBITED, REQUIRED, TYPES


@pytest.mark.parametrize("kind", TYPES)
def test_a_namespace_is_there_as_the_type_says(kind: str) -> None:
    rules = TYPES[kind]
    qualifiers = "?" + "&".join(f"{key}=x" for key in rules.qualifiers) if rules.qualifiers else ""
    texts = {True: f"pkg:{kind}/some/one{qualifiers}", False: f"pkg:{kind}/one{qualifiers}"}
    allowed = {REQUIRED: (True,), PROHIBITED: (False,)}.get(rules.namespace, (True, False))
    for named, text in texts.items():
        if named in allowed:
            assert check(parse(text)).name == "one"
        else:
            with pytest.raises(PurlError, match="namespace"):
                check(parse(text))


@pytest.mark.parametrize("kind", TYPES)
def test_case_is_kept_or_not_as_the_type_says(kind: str) -> None:
    parsed = parse(f"pkg:{kind}/Some/One@V1")
    lower = TYPES[kind].lower
    assert (parsed.name == "one") is ("name" in lower)
    assert (parsed.namespace == "some") is ("namespace" in lower)
    assert (parsed.version == "v1") is ("version" in lower)
    assert parse(build(parsed)) == parsed


def test_every_type_that_is_asked_about_has_its_rules() -> None:
    assert set(OSV_ECOSYSTEMS) - {"bioconductor", "vcpkg"} <= set(TYPES)
