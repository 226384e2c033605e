from pathlib import Path

import pytest

from oakum.model.reading import Target
from oakum.sources.openers.sbom import sbom


@pytest.mark.parametrize(
    ("name", "data", "seen"),
    [
        ("app.cdx.json", b"{}", "app.cdx.json"),
        ("APP.XML", b"<a/>", "APP.XML"),
        ("app.sbom", b'\xef\xbb\xbf {"a": 1}', "app.sbom.json"),
        ("bom", b"\n<bom/>", "bom.xml"),
        ("bom", b"SPDXVersion: SPDX-2.3", "bom.spdx"),
        ("empty", b"", "empty.spdx"),
    ],
)
def test_a_document_is_seen_under_a_name_that_says_its_form(tmp_path: Path, name: str, data: bytes, seen: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    opened = sbom.open(Target(f"sbom:{path}", "sbom", str(path)))
    (place,) = opened.places
    assert (place.file, place.name) == (str(path), seen)
    assert opened.artifact.kind == "sbom"
