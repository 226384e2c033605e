import pytest
from msgspec.structs import replace

from oakum.effects.subject import facts_of, subject
from oakum.model.artifact import Artifact, Layer
from oakum.model.fact import Document
from oakum.model.inventory import Inventory
from oakum.model.report import Report

_DIGEST = "sha256:" + "a" * 64
_IMAGE = Artifact("registry:r.example:5000/team/shop:1.0", "registry", _DIGEST, names=("r.example:5000/team/shop:1.0",))


def test_an_image_has_the_purl_of_its_type() -> None:
    found = subject(Report(_IMAGE, Inventory()))
    assert (found.kind, found.name, found.version, found.digest) == (
        "image", "r.example:5000/team/shop", "1.0", "a" * 64,
    )  # fmt: skip
    assert found.purl == f"pkg:oci/shop@{_DIGEST}?repository_url=r.example:5000%2Fteam%2Fshop&tag=1.0"


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("shop", ("shop", "")),
        ("r:5000/shop", ("r:5000/shop", "")),
        ("shop@sha256:aa", ("shop", "")),
        (":x", (":x", "")),
    ],
)
def test_a_name_without_a_tag_has_the_digest_as_version(name: str, split: tuple[str, str]) -> None:
    found = subject(Report(replace(_IMAGE, names=(name,)), Inventory()))
    assert (found.name, found.version) == (split[0], split[1] or _DIGEST)


@pytest.mark.parametrize(("kind", "what"), [("dir", "folder"), ("rootfs", "folder"), ("file", "file")])
def test_what_is_no_image_has_a_name_alone(kind: str, what: str) -> None:
    found = subject(Report(Artifact("dir:.", kind, layers=(Layer(""),)), Inventory()))
    assert (found.kind, found.name, found.purl) == (what, "dir:.", "")


def test_of_a_document_it_is_what_the_document_is_about() -> None:
    stated = Document("SPDX 2.3", "x.json", subject="shop:1.0", digest=_DIGEST)
    shown = Report(Artifact("sbom:x.json", "sbom", layers=(Layer(""),)), Inventory(documents=(stated,)))
    assert subject(shown).name == "shop"
    named = replace(shown, inventory=Inventory(documents=(replace(stated, digest="", subject="shop", version="2"),)))
    assert (subject(named).kind, subject(named).version) == ("file", "2")


def test_layers_without_digests_are_none() -> None:
    assert facts_of(Artifact("dir:.", "dir", layers=(Layer(""),))) == [("oakum:reference", "dir:.")]
