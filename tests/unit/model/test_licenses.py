"""SPDX licence expressions out of what packages declare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.licenses import canonicalize_license_expression

from oakum.model.license_names import ADDRESSES, DEBIAN, NAMES
from oakum.model.licenses import expression, spdx


@pytest.mark.parametrize(
    ("purl_type", "statement", "told"),
    [
        ("npm", "MIT", "MIT"),
        ("npm", "(MIT OR Apache-2.0)", "(MIT OR Apache-2.0)"),
        ("apk", "GPL-2.0-or-later AND MIT", "GPL-2.0-or-later AND MIT"),
        ("apk", "gpl-2.0-only and (mit or bsd-3-clause)", "GPL-2.0-only AND (MIT OR BSD-3-Clause)"),
        ("rpm", "GPLv2+ and ASL 2.0", "GPL-2.0-or-later AND Apache-2.0"),
        ("rpm", "GPL-2.0-or-later WITH classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("npm", "GPL-2.0", "GPL-2.0-only"),
        ("npm", "LGPL-2.1+", "LGPL-2.1-or-later"),
        ("cargo", "MIT/Apache-2.0", "MIT OR Apache-2.0"),
        ("deb", "Expat", "MIT"),
        ("deb", "Perl and Expat", "(Artistic-1.0-Perl OR GPL-1.0-or-later) AND MIT"),
        ("deb", "GPL-2+", "GPL-2.0-or-later"),
        ("deb", "LGPL-2.1", "LGPL-2.1-only"),
        ("deb", "GFDL-1.3+", "GFDL-1.3-or-later"),
        ("pypi", "License :: OSI Approved :: MIT License", "MIT"),
        ("pypi", "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("pypi", "License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
        ("pypi", "BSD 3-Clause License", "BSD-3-Clause"),
        ("maven", "The Apache Software License, Version 2.0", "Apache-2.0"),
        ("maven", "Apache License, Version 2.0", "Apache-2.0"),
        ("maven", "https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("maven", "http://www.opensource.org/licenses/mit-license.php", "MIT"),
        ("maven", "https://spdx.org/licenses/EPL-2.0.html", "EPL-2.0"),
        ("maven", "https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
        ("npm", "LicenseRef-Ours", "LicenseRef-Ours"),
    ],
)
def test_what_is_certain_becomes_an_expression(purl_type: str, statement: str, told: str) -> None:
    assert spdx(statement, purl_type) == told


@pytest.mark.parametrize(
    "statement",
    [
        "", "BSD", "GPL", "Apache Software License", "custom", "SEE LICENSE IN LICENSE.md", "MIT AND", "AND MIT",
        "MIT MIT AND", "(MIT", "MIT)", "()", "MIT Apache-2.0", "MIT WITH nothing", "(MIT) WITH Classpath-exception-2.0",
        "MIT/Apache-2.0", "(" * 900, "( MIT " * 150, "MIT WITH GPL-2.0-only", "https://example.org/licenses/MIT",
        "License :: OSI Approved :: BSD License", "Expat", "UNLICENSED", "x" * 2000, "MIT\u0130",
        "GPL-2.0-only WITH Classpath-exception-2.0 WITH Classpath-exception-2.0",
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_as_it_is(statement: str) -> None:
    assert spdx(statement, "npm") is None


def test_several_licences_are_joined_only_where_their_ecosystem_says_how() -> None:
    assert expression(["MIT", "GPL-2.0-only"], "composer") == "MIT OR GPL-2.0-only"
    assert expression(["Expat", "Perl"], "deb") == "MIT AND (Artistic-1.0-Perl OR GPL-1.0-or-later)"
    assert expression(["MIT", "MIT"], "gem") == "MIT"
    assert expression(["MIT", "Ruby"], "gem") is None
    assert expression(["MIT", "mine"], "composer") is None
    assert expression([], "npm") is None


def test_every_name_that_is_known_means_a_valid_licence() -> None:
    for known in {*NAMES.values(), *DEBIAN.values(), *ADDRESSES.values()}:
        assert canonicalize_license_expression(known) == known


_WORDS = st.sampled_from(["MIT", "mit", "GPL-2.0+", "and", "OR", "with", "(", ")", "Classpath-exception-2.0", "x", "/"])


@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join)), st.sampled_from(["npm", "cargo"]))
def test_whatever_is_declared_gives_a_valid_expression_or_none(statement: str, purl_type: str) -> None:
    found = spdx(statement, purl_type)
    assert found is None or canonicalize_license_expression(found) == found
