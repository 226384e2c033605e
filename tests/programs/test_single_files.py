"""One file as a target: known ones are read, others are refused with a word about what would be known."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.programs.conftest import Oakum

Refused = Callable[..., str]

_BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [{"type": "library", "name": "left-pad", "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0"}],
}


def _jar() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "META-INF/maven/org.example/shop/pom.properties", "groupId=org.example\nartifactId=shop\nversion=1.0\n"
        )
    return stream.getvalue()


@pytest.mark.parametrize("prefix", ["sbom:", "file:", ""])
def test_an_sbom(prefix: str, oakum: Oakum, tmp_path: Path) -> None:
    path = tmp_path / "made.json"
    path.write_text(json.dumps(_BOM))
    ended = oakum("sbom", f"{prefix}{path}")
    assert ended.code == 0, ended.err
    assert ended.packages() == {"pkg:npm/left-pad@1.3.0"}
    assert ended.document["artifact"]["reference"].startswith("file:" if prefix == "file:" else "sbom:")


@pytest.mark.parametrize("prefix", ["file:", ""])
def test_a_jar(prefix: str, oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "shop.jar").write_bytes(_jar())
    ended = oakum("sbom", f"{prefix}{tmp_path}/shop.jar")
    assert ended.packages() == {"pkg:maven/org.example/shop@1.0"}


def test_an_sbom_that_is_itself_made_into_one(oakum: Oakum, tmp_path: Path) -> None:
    (tmp_path / "made.json").write_text(json.dumps(_BOM))
    for form in ("cyclonedx-json", "spdx-json", "syft-json"):
        assert oakum("sbom", f"sbom:{tmp_path}/made.json", "-f", form, "-o", f"{tmp_path}/again.json").code == 0
        assert oakum("sbom", f"sbom:{tmp_path}/again.json").packages() == {"pkg:npm/left-pad@1.3.0"}


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"bomFormat": "CycloneDX", "specVersion": "9"}', "<a", "<a/>", "text"]
)
@pytest.mark.parametrize("prefix", ["sbom:", "file:"])
def test_what_is_no_sbom_is_refused(prefix: str, content: str, refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(content)
    assert "x.json" in refused(65, "scan", f"{prefix}{tmp_path}/x.json", "--scanners", "packages")


def test_a_file_that_nobody_knows_is_refused(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "notes.txt.bak").write_text("nothing")
    assert "nothing here knows such a file" in refused(65, "sbom", f"file:{tmp_path}/notes.txt.bak")


def test_places_that_are_no_file(refused: Refused, tmp_path: Path) -> None:
    assert "folder" in refused(65, "sbom", f"sbom:{tmp_path}")
    assert "no such file" in refused(65, "sbom", f"file:{tmp_path}/nothing")
