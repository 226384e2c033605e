"""An OCI layout as a repository: found, put, held to digests, and safe from what a hostile one says."""

import hashlib
import json
import os
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from oakum.adapters.clock import MachineClock
from oakum.adapters.layout_repository import LayoutRepository
from oakum.adapters.pem_keys import private_key, public_key
from oakum.flows.sign_image import attest_image, sign_image
from oakum.flows.verify_image import verify_image
from oakum.flows.verify_signature import Trusted
from oakum.kit.errors import DamagedError, LimitError, TryLaterError, UnreadableError, UsageError
from oakum.model.signature import SIGNATURE
from oakum.testing.images import Layer, oci_layout
from oakum.testing.keys import pem_pair

PRIVATE, PUBLIC = pem_pair()
KEY = private_key(PRIVATE.encode(), None, "key")
TRUSTED = Trusted((public_key(PUBLIC.encode(), "key"),))
CORPUS = Path(__file__).parents[2] / "corpus" / "cosign"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    place = f"{tmp_path}/layout"
    oci_layout(place, [Layer(files={"x": b"x"})])
    return place


def index(folder: str) -> dict[str, Any]:
    with open(f"{folder}/index.json", encoding="utf-8") as file:
        read: dict[str, Any] = json.load(file)
    return read


def write(folder: str, entries: list[dict[str, Any]]) -> None:
    with open(f"{folder}/index.json", "w", encoding="utf-8") as file:
        json.dump({"schemaVersion": 2, "manifests": entries}, file)


def put(folder: str, data: bytes) -> str:
    name = hashlib.sha256(data).hexdigest()
    Path(f"{folder}/blobs/sha256/{name}").write_bytes(data)
    return f"sha256:{name}"


def test_the_only_image_is_meant_and_stays_so_when_it_is_signed(folder: str) -> None:
    layout = LayoutRepository(folder)
    digest = layout.resolve("")
    assert verify_image(layout, digest, TRUSTED).signed == ()
    sign_image(layout, digest, KEY, MachineClock(), "app")
    attest_image(layout, (digest, "app"), ("https://example.com/x", {"a": 1}), KEY, MachineClock())
    assert layout.resolve("") == digest
    found = LayoutRepository(folder)
    assert {one.predicate for one in verify_image(found, digest, TRUSTED).signed} == {
        SIGNATURE,
        "https://example.com/x",
    }
    assert found.resolve("") == digest
    assert not [name for name in os.listdir(folder) if name.endswith(".new")]


def test_names_digests_and_several_images(folder: str) -> None:
    one = index(folder)["manifests"][0]
    other = {**one, "digest": put(folder, b"{}"), "annotations": {"org.opencontainers.image.ref.name": "b"}}
    named = {**one, "annotations": {"io.containerd.image.name": "r.example/app:1"}}
    write(folder, [named, other])
    layout = LayoutRepository(folder)
    assert layout.resolve("r.example/app:1") == one["digest"] == layout.resolve(one["digest"])
    assert layout.resolve("b") == other["digest"]
    with pytest.raises(UsageError) as raised:
        layout.resolve("")
    assert raised.value.hint == "name one after a colon: r.example/app:1, b"
    with pytest.raises(UnreadableError, match="holds no c"):
        layout.resolve("c")


def test_what_cosign_saved_is_found_by_its_tags_and_by_its_kinds(folder: str) -> None:
    digest = "sha256:fb0116fffc04785405f416829d62fc3d70c049d499fed0e2f63a4a2b801cc8d0"
    payload = put(folder, (CORPUS / "simple.json").read_bytes())
    signature = (CORPUS / "simple.signature").read_text().strip()
    layer = {"mediaType": "application/vnd.dev.cosign.simplesigning.v1+json", "digest": payload, "size": 1}
    layer["annotations"] = {"dev.cosignproject.cosign/signature": signature}
    signatures = put(folder, json.dumps({"layers": [layer]}).encode())
    trusted = Trusted((public_key((CORPUS / "cosign.pub").read_bytes(), "key"),))
    tag = digest.replace(":", "-") + ".sig"
    image = {"digest": digest, "annotations": {"kind": "dev.cosignproject.cosign/image"}}
    for annotations in ({"org.opencontainers.image.ref.name": tag}, {"kind": "dev.cosignproject.cosign/sigs"}):
        write(folder, [image, {"digest": signatures, "annotations": annotations}])
        layout = LayoutRepository(folder)
        assert layout.resolve("") == digest
        assert [one.form for one in verify_image(layout, digest, trusted).signed] == ["tag"]


def test_two_who_sign_at_once_lose_nothing(folder: str) -> None:
    digest = LayoutRepository(folder).resolve("")

    def sign(number: int) -> None:
        said: tuple[str, dict[str, str]] = (f"https://example.com/{number}", {})
        attest_image(LayoutRepository(folder), (digest, "app"), said, KEY, MachineClock())

    threads = [threading.Thread(target=sign, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(verify_image(LayoutRepository(folder), digest, TRUSTED).signed) == 12


def test_a_blob_that_is_another_and_a_link_are_not_believed(folder: str, tmp_path: Path) -> None:
    layout = LayoutRepository(folder)
    digest = layout.resolve("")
    path = Path(f"{folder}/blobs/sha256/{digest[7:]}")
    whole = path.read_bytes()
    path.write_bytes(whole + b" ")
    with pytest.raises(DamagedError, match="holds something else"):
        layout.document(digest, manifest=True)
    path.unlink()
    (tmp_path / "elsewhere").write_bytes(whole)
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnreadableError, match="cannot be read"):
        layout.document(digest, manifest=True)
    for name in ("sha256:../../x", "sha512:0", ""):
        with pytest.raises(DamagedError, match="is no digest"):
            layout.document(name, manifest=True)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(UnreadableError, match="is no file"):
        layout.document(digest, manifest=True)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"manifests": 7}', '{"manifests": [1, null, []]}', '{"manifests": [{"digest": 7}]}', "[" * 9999],
)
def test_a_hostile_index_gives_an_error_and_never_a_signature(folder: str, text: str) -> None:
    Path(f"{folder}/index.json").write_text(text)
    layout = LayoutRepository(folder)
    with pytest.raises((DamagedError, UnreadableError)):
        layout.document(layout.resolve(""), manifest=True)


def test_a_list_that_is_too_long_and_an_index_that_is_too_large(folder: str) -> None:
    write(folder, [{}] * 10_001)
    with pytest.raises(LimitError, match="lists more than 10000"):
        LayoutRepository(folder).resolve("")
    Path(f"{folder}/index.json").write_bytes(b" " * (4 << 20) + b"{}")
    with pytest.raises(LimitError, match="is larger than"):
        LayoutRepository(folder).resolve("")


def test_what_refers_in_a_circle_or_cannot_be_read_refers_to_nothing(folder: str) -> None:
    digest = LayoutRepository(folder).resolve("")
    circle = put(folder, json.dumps({"subject": {"digest": "sha256:" + "0" * 64}}).encode())
    write(
        folder,
        [{"digest": digest}, *({"digest": one, "artifactType": "x/y"} for one in (circle, "sha256:" + "1" * 64))],
    )
    layout = LayoutRepository(folder)
    assert json.loads(layout.referrers(digest) or b"")["manifests"] == []
    assert verify_image(layout, digest, TRUSTED).signed == ()


def test_a_layout_that_cannot_be_written_says_so(folder: str) -> None:
    layout = LayoutRepository(folder)
    shutil.rmtree(f"{folder}/blobs/sha256")
    with pytest.raises(TryLaterError, match="cannot be written: No such file"):
        layout.put_blob("sha256:" + hashlib.sha256(b"x").hexdigest(), 1, b"x")
