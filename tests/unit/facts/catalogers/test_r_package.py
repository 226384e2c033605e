from oakum.facts.catalogers.r_package import r_package
from oakum.model.fact import Package
from oakum.testing.files import read

PATH = "usr/lib/R/library/a/DESCRIPTION"
BUILT = b"Built: R 4.2.2; ; 2023-01-20 18:24:19 UTC; unix\n"


def test_sources_and_other_descriptions_are_not_installed() -> None:
    assert read(r_package, {PATH: b"Package: a\nVersion: 1\n"}) == []
    assert read(r_package, {PATH: b"A text\n\nwith two paragraphs"}) == []


def test_lines_that_go_on_and_bioconductor() -> None:
    text = b"Package: a\nDescription: of\n Built: no\n  Package: b\nVersion: 1.2-3\nbiocViews: X\n" + BUILT
    assert read(r_package, {PATH: text}) == [Package("bioconductor", "a", "1.2-3", PATH)]
