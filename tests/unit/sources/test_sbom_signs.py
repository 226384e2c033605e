import os
from pathlib import Path

import pytest

from oakum.model.reading import Target
from oakum.sources.reference import find
from oakum.sources.sbom_signs import looks_like_sbom


@pytest.mark.parametrize(
    ("name", "data", "opener"),
    [
        ("a.json", b'{"bomFormat": "CycloneDX"}', "sbom"),
        ("a.cdx", b'{"bomFormat": "CycloneDX"}', "sbom"),
        ("a.xml", b'<bom xmlns="http://cyclonedx.org/schema/bom/1.5"/>', "sbom"),
        ("a.spdx", b"SPDXVersion: SPDX-2.3", "sbom"),
        ("a.spdx.json", b'{"SPDXID": "SPDXRef-DOCUMENT"}', "sbom"),
        ("a.jar", b"PK\x03\x04", "file"),
        ("program", b"\x7fELF", "file"),
        ("a.tar", b"", "tar"),
        ("bom", b'{"bomFormat": "CycloneDX"}', "sbom"),
        ("notes", b'see "bomFormat"', "file"),
    ],
)
def test_a_file_without_prefix_is_taken_for_what_it_begins_as(
    tmp_path: Path, name: str, data: bytes, opener: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = find(str(tmp_path / name))
    assert isinstance(found, Target)
    assert found.opener == opener
    assert found.reference.startswith(opener.replace("_", "-") + ":")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.json")
    assert not looks_like_sbom(str(tmp_path / "a.json"))
    assert not looks_like_sbom(str(tmp_path / "nothing.json"))
    assert not looks_like_sbom(str(tmp_path))
