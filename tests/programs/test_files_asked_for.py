"""Policies that ask for files of an image, as a gate judges them: cold, from the cache, and where nobody can say."""

import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.testing.images import Layer, entry, oci_layout

Oakum = Callable[..., Any]
POLICIES = """oakum: policy/1
name: no-key
title: no key
severity: high
when: {file_present: {matches: ["/root/.ssh/id_*", "**/*.pem"]}}
then: {build: deny}
---
oakum: policy/1
name: no-setuid
title: no setuid
severity: high
when: {setuid_file: {but: ["usr/bin/su"]}}
then: {build: deny}
"""


def gated(oakum: Oakum, folder: Path, target: str, *more: str) -> dict[str, Any]:
    (folder / "p.yaml").write_text(POLICIES)
    ended = oakum("gate", target, "-p", f"{folder}/p.yaml", "-f", "json", *more)
    assert ended.code in {0, 1, 2}, ended.err
    said: dict[str, Any] = json.loads(ended.out)
    return {one["policy"]: one for one in said["breaches"]} | {"outcome": said["outcome"]}


@pytest.mark.parametrize("more", [(), ("--no-cache",)])
def test_what_is_there_is_named_with_the_layer_that_brought_it(
    oakum: Oakum, tmp_path: Path, more: tuple[str, ...]
) -> None:
    special = [(entry("usr/bin/su", mode=0o4755), b""), (entry("opt/helper", tarfile.REGTYPE, mode=0o4755), b"")]
    base = Layer(files={"root/.ssh/id_ed25519": b"x", "etc/gone.pem": b"x", "etc/kept.pem": b"x"})
    oci_layout(f"{tmp_path}/bad", [base, Layer(raw=special, whiteouts=("etc/gone.pem",))])
    for _ in range(2):  # the second time out of the cache
        said = gated(oakum, tmp_path, f"oci-layout:{tmp_path}/bad", *more)
        assert said["outcome"] == "deny"
        assert "(etc/kept.pem, root/.ssh/id_ed25519)" in said["no-key"]["proofs"][0]["what"]
        assert said["no-key"]["proofs"][0]["layer"] == 0
        assert "(opt/helper)" in said["no-setuid"]["proofs"][0]["what"]
        assert said["no-setuid"]["proofs"][0]["layer"] == 1


def test_an_image_without_them_passes_and_what_cannot_say_is_unknown(oakum: Oakum, tmp_path: Path) -> None:
    oci_layout(f"{tmp_path}/good", [Layer(files={"root/.ssh/id_x/y": b"x", "a.pem.txt": b""})])
    assert gated(oakum, tmp_path, f"oci-layout:{tmp_path}/good")["outcome"] == "allow"
    (tmp_path / "sbom.json").write_text('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": []}')
    said = gated(oakum, tmp_path, f"sbom:{tmp_path}/sbom.json")
    assert said["outcome"] == "unknown"
    assert said["no-key"]["unknown"]
    assert said["no-setuid"]["unknown"]
