import pytest

from oakum.facts.catalogers.gradle_lockfile import gradle_lockfile
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read


def seen(text: str, path: str = "gradle.lockfile") -> list[Fact]:
    return read(gradle_lockfile, {path: text.encode()})


@pytest.mark.parametrize(
    ("configurations", "scope"),
    [
        ("runtimeClasspath", ""),
        ("compileClasspath,testCompileClasspath", ""),
        ("testCompileClasspath,testRuntimeClasspath", "dev"),
        ("debugUnitTestRuntimeClasspath", "dev"),
    ],
)
def test_configurations_of_tests_are_for_development(configurations: str, scope: str) -> None:
    assert seen(f"a.b:c:1.0={configurations}\n") == [Package("maven", "a.b:c", "1.0", "gradle.lockfile", scope=scope)]


def test_what_builds_is_for_development() -> None:
    (fact,) = seen("a.b:c:1.0=classpath\nempty=\n", "x/buildscript-gradle.lockfile")
    assert isinstance(fact, Package)
    assert fact.scope == "dev"


def test_older_files_are_named_after_their_configuration() -> None:
    path = "gradle/dependency-locks/runtimeClasspath.lockfile"
    assert seen("a.b:c:1.0\n", path) == [Package("maven", "a.b:c", "1.0", path)]


def test_lines_that_name_nothing_are_counted() -> None:
    (gap,) = seen("a:b=x\n::=x\na:b:c:d=x\n")
    assert isinstance(gap, Gap)
    assert gap.what.startswith("3 ")
