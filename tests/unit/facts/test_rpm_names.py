"""Versions and source packages as rpm writes them."""

import pytest

from oakum.facts.rpm_names import rpm_source, rpm_version
from oakum.model.fact import SourcePackage


@pytest.mark.parametrize(
    ("epoch", "release", "version"), [(None, "2.el9", "1-2.el9"), (0, "2", "1-2"), (7, "2", "7:1-2"), (7, "", "7:1")]
)
def test_an_epoch_of_zero_is_none(epoch: int | None, release: str, version: str) -> None:
    assert rpm_version(epoch, "1", release) == version


@pytest.mark.parametrize(
    ("file_name", "source"),
    [
        ("java-1.8.0-openjdk-1.8.0.302-3.el9.src.rpm", SourcePackage("java-1.8.0-openjdk", "1.8.0.302-3.el9")),
        ("a-1-2.nosrc.rpm", SourcePackage("a", "1-2")),
        ("a-1-2.x86_64.rpm", None),
        ("a-1.src.rpm", None),
        ("", None),
    ],
)
def test_the_source_is_in_its_file_name(file_name: str, source: SourcePackage | None) -> None:
    assert rpm_source(file_name, "9-9") == source


def test_the_epoch_is_taken_with_the_version_alone() -> None:
    assert rpm_source("bind-9.11-3.src.rpm", "32:9.11-3") == SourcePackage("bind", "32:9.11-3")
    assert rpm_source("perl-5.26-3.src.rpm", "4:1.2-3") == SourcePackage("perl", "5.26-3")
