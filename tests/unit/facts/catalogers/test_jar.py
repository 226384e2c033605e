import io
import zipfile

import pytest

from oakum.facts.catalogers.jar import jar
from oakum.kit import limits
from oakum.kit.errors import DamagedError
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read

MANIFEST = "META-INF/MANIFEST.MF"


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in entries.items():
            writer.writestr(name, data)
    return buffer.getvalue()


def pom(group: str, artifact: str, version: str) -> dict[str, bytes]:
    text = f"# made by Maven\nversion={version}\ngroupId = {group}\nartifactId={artifact}\n"
    return {f"META-INF/maven/{group}/{artifact}/pom.properties": text.encode()}


def packages(facts: list[Fact]) -> list[tuple[str, str]]:
    return [(fact.name, fact.version) for fact in facts if isinstance(fact, Package)]


def seen(name: str, entries: dict[str, bytes]) -> list[tuple[str, str]]:
    return packages(read(jar, {name: archive(entries)}))


def test_the_pom_that_fits_the_file_name_is_the_archive_itself() -> None:
    entries = pom("z", "shaded", "1") | pom("org.x", "log", "9") | pom("org.x", "log-core", "2.1")
    assert seen("log-core-2.1.jar", entries) == [("org.x:log-core", "2.1"), ("z:shaded", "1"), ("org.x:log", "9")]


def test_words_may_be_joined_in_another_way() -> None:
    assert seen("a-b-1.3-spec.jar", pom("g", "a_b_1.3_spec", "1.3")) == [("g:a_b_1.3_spec", "1.3")]


def test_poms_of_others_do_not_name_the_archive() -> None:
    assert seen("app-1.0.jar", pom("z", "shaded", "1")) == [("app", "1.0"), ("z:shaded", "1")]


@pytest.mark.parametrize(
    ("name", "manifest", "expected"),
    [
        ("a-b-1.2.jar", "", ("a-b", "1.2")),
        ("spire_2.12-0.17.0.jar", "Implementation-Vendor-Id: org.typelevel", ("org.typelevel:spire_2.12", "0.17.0")),
        ("log4j-1.2-api-2.17.1.jar", "Implementation-Version: 2.17.1", ("log4j-1.2-api", "2.17.1")),
        ("lib.jar", "Bundle-Version: 3", ("lib", "3")),
        ("bson-3.6.jar", "Bundle-SymbolicName: org.mongodb.bson;x=y", ("org.mongodb:bson", "3.6")),
        ("logging-1.2.jar", "Implementation-Vendor-Id: org.apache", ("logging", "1.2")),
        ("lib.war", "Implementation-Version: 1.\n 5\n\nImplementation-Version: 9", ("lib", "1.5")),
        ("lib.ear", "", ("lib", "")),
    ],
)
def test_without_pom_the_manifest_and_the_name_have_to_do(name: str, manifest: str, expected: tuple[str, str]) -> None:
    assert seen(name, {MANIFEST: manifest.encode()}) == [expected]


def test_nested_archives_name_their_way() -> None:
    inner = archive(pom("g", "inner", "1"))
    facts = read(jar, {"opt/app-2.jar": archive({"BOOT-INF/lib/inner-1.jar": inner})})
    assert packages(facts) == [("app", "2"), ("g:inner", "1")]
    assert facts[1].path == "opt/app-2.jar!/BOOT-INF/lib/inner-1.jar"


def test_nesting_has_an_end() -> None:
    data = archive({})
    for _ in range(limits.NESTING + 1):
        data = archive({"a-1.jar": data})
    facts = read(jar, {"a-1.jar": data})
    assert len(packages(facts)) == limits.NESTING
    assert isinstance(facts[-1], Gap)
    assert facts[-1].kind == gaps.LIMIT


def test_a_bomb_inside_is_a_gap() -> None:
    data = archive({"bomb.jar": b"\0" * (limits.NESTED_ARCHIVE_BYTES + 1), "good-1.jar": archive({})})
    facts = read(jar, {"app-1.jar": data})
    assert packages(facts) == [("app", "1"), ("good", "1")]
    assert [fact.kind for fact in facts if isinstance(fact, Gap)] == [gaps.LIMIT]


def test_entries_that_lie_over_one_another_are_unpacked_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each counts with what it claims, also where it turns out to be damaged."""
    data = bytearray(archive({f"{number}.jar": b"\0" * 1000 for number in range(10)}))
    monkeypatch.setattr(limits, "HELD_BYTES", 5000)
    facts = read(jar, {"app-1.jar": bytes(data)})
    assert [fact.kind for fact in facts if isinstance(fact, Gap)] == [gaps.UNREADABLE_FILE] * 5 + [gaps.LIMIT]


def test_a_damaged_archive_raises_and_a_damaged_nested_one_is_a_gap() -> None:
    with pytest.raises(DamagedError):
        read(jar, {"a.jar": b"PK\x03\x04 and no end"})
    facts = read(jar, {"a-1.jar": archive({"b.jar": b"nothing"})})
    assert isinstance(facts[1], Gap)
