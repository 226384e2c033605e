"""What the advisories of a language's packages are asked."""

import pytest

from oakum.findings.matchers.language import language
from oakum.model.advisory import AdvisoryKey
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.gaps import UNIDENTIFIED_PACKAGE
from oakum.testing.inventory import BOOKWORM, installed


@pytest.mark.parametrize(
    ("purl_type", "name", "version", "key"),
    [
        ("pypi", "Zope.Interface__x", "1.0", AdvisoryKey("PyPI", "zope-interface-x", "1.0")),
        ("npm", "@scope/name", "1.0.0", AdvisoryKey("npm", "@scope/name", "1.0.0")),
        ("golang", "golang.org/x/net", "v0.17.0", AdvisoryKey("Go", "golang.org/x/net", "0.17.0")),
        ("golang", "stdlib", "go1.21.3", AdvisoryKey("Go", "stdlib", "1.21.3")),
        ("golang", "stdlib", "1.24.1 X:boringcrypto", AdvisoryKey("Go", "stdlib", "1.24.1")),
        ("golang", "example.org/tool", "(devel)", AdvisoryKey("Go", "example.org/tool", "(devel)")),
        ("maven", "org.example:app", "1.0", AdvisoryKey("Maven", "org.example:app", "1.0")),
    ],
)
def test_a_package_is_asked_about_by_its_ecosystem_s_identity(
    purl_type: str, name: str, version: str, key: AdvisoryKey
) -> None:
    assert list(language.ask(installed(purl_type, name, version), BOOKWORM)) == [key]


def test_an_owned_package_follows_its_distribution() -> None:
    (answer,) = language.ask(installed("pypi", "six", "1.16.0", owner="pkg:deb/debian/python3-six@1.16.0-4"), BOOKWORM)
    assert isinstance(answer, Suppressed)
    assert "pkg:deb/debian/python3-six@1.16.0-4" in answer.reason


@pytest.mark.parametrize("name", ["app", ":app", "org.example:"])
def test_a_jar_without_a_group_is_not_guessed_at(name: str) -> None:
    (answer,) = language.ask(installed("maven", name, "1.0"), None)
    assert isinstance(answer, Gap)
    assert answer.kind == UNIDENTIFIED_PACKAGE
