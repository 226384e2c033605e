"""Builds images from dictionaries, as OCI layouts and as archives of ``docker save``; also broken ones."""

import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from oakum.kit.archive import zstd

_TYPES = {
    "": "application/vnd.oci.image.layer.v1.tar",
    "gzip": "application/vnd.oci.image.layer.v1.tar+gzip",
    "zstd": "application/vnd.oci.image.layer.v1.tar+zstd",
}
_NAME = "org.opencontainers.image.ref.name"


class Layer(Struct, frozen=True, kw_only=True):
    """One layer.

    Attributes:
        files: content by path.
        whiteouts: paths that the layer removes.
        opaque: folders whose lower content it hides.
        links: symbolic links: path -> where it points.
        hard_links: path -> path of the file that it is.
        raw: any other entries, each with its content.
        tar: these bytes instead of all of the above.
        packing: ``gzip``, ``zstd`` or empty.
    """

    files: Mapping[str, bytes] = {}
    whiteouts: Sequence[str] = ()
    opaque: Sequence[str] = ()
    links: Mapping[str, str] = {}
    hard_links: Mapping[str, str] = {}
    raw: Sequence[tuple[tarfile.TarInfo, bytes]] = ()
    tar: bytes | None = None
    packing: str = "gzip"

    def unpacked(self) -> bytes:
        """The layer's tar."""
        return tar_of(self) if self.tar is None else self.tar

    def packed(self) -> bytes:
        """The layer as it is stored."""
        if self.packing == "gzip":
            return gzip.compress(self.unpacked(), 6, mtime=0)
        return zstd.compress(self.unpacked()) if self.packing else self.unpacked()


def entry(path: str, kind: bytes = tarfile.REGTYPE, link: str = "", mode: int = 0o644) -> tarfile.TarInfo:
    """An entry of a tar for ``Layer.raw``."""
    info = tarfile.TarInfo(path)
    info.type, info.linkname, info.mode = kind, link, mode
    return info


def tar_of(layer: Layer) -> bytes:
    """The tar of a layer, removals first, always the same for the same layer."""
    gone = [os.path.join(os.path.dirname(path), ".wh." + os.path.basename(path)) for path in layer.whiteouts]
    gone += [os.path.join(path, ".wh..wh..opq") for path in layer.opaque]
    entries = [
        *((entry(path), b"") for path in gone),
        *((entry(path), data) for path, data in layer.files.items()),
        *((entry(path, tarfile.SYMTYPE, to), b"") for path, to in layer.links.items()),
        *((entry(path, tarfile.LNKTYPE, to), b"") for path, to in layer.hard_links.items()),
        *layer.raw,
    ]
    return written(entries)


def written(entries: Iterable[tuple[tarfile.TarInfo, bytes]], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Entries as a tar."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
        for info, data in entries:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def digest_of(data: bytes) -> str:
    """``sha256:…``."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def config_of(layers: Sequence[Layer], architecture: str = "amd64") -> bytes:
    """The configuration of an image with these layers; each was made by ``RUN step N``."""
    document = {
        "architecture": architecture,
        "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": [digest_of(layer.unpacked()) for layer in layers]},
        "history": [{"created_by": f"RUN step {number}"} for number in range(1, len(layers) + 1)],
    }
    return json.dumps(document, sort_keys=True).encode()


def oci_layout(folder: str, layers: Sequence[Layer], *, tag: str = "latest", architecture: str = "amd64") -> str:
    """Write an OCI layout, or add an image to one; give the manifest's digest."""
    stored = [layer.packed() for layer in layers]
    config = config_of(layers, architecture)
    manifest = {
        "schemaVersion": 2,
        "config": descriptor(config, "application/vnd.oci.image.config.v1+json"),
        "layers": [descriptor(data, _TYPES[layer.packing]) for data, layer in zip(stored, layers, strict=True)],
    }
    for data in (config, *stored):
        put_blob(folder, data)
    pointer = put_json(folder, manifest, "application/vnd.oci.image.manifest.v1+json")
    pointer |= {"annotations": {_NAME: tag}, "platform": {"os": "linux", "architecture": architecture}}
    path = os.path.join(folder, "index.json")
    before = _read(path)["manifests"] if os.path.exists(path) else []
    put_index(folder, [*before, pointer])
    return str(pointer["digest"])


def oci_archive(path: str, folder: str) -> None:
    """Write a layout as one tar, as ``skopeo copy oci-archive:`` does; a name in ``.gz`` or ``.zst`` packs it."""
    members = []
    for inside, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            with open(os.path.join(inside, name), "rb") as stream:
                members.append((entry(os.path.relpath(os.path.join(inside, name), folder)), stream.read()))
    data = written(members)
    data = gzip.compress(data, 1) if path.endswith(".gz") else data
    _write(path, zstd.compress(data) if path.endswith(".zst") else data)


def oci_index(folder: str, platforms: Mapping[str, Sequence[Layer]], *, tag: str = "latest") -> dict[str, str]:
    """Write a layout of one index with an image for each platform and an attestation; give each manifest's digest."""
    entries: list[dict[str, Any]] = []
    for platform, layers in platforms.items():
        system, architecture, *variant = platform.split("/")
        oci_layout(folder, layers, architecture=architecture)
        made = _read(os.path.join(folder, "index.json"))["manifests"][-1]
        stated = {"os": system, "architecture": architecture, **({"variant": variant[0]} if variant else {})}
        entries.append({key: made[key] for key in ("mediaType", "digest", "size")} | {"platform": stated})
    about = {"vnd.docker.reference.type": "attestation-manifest", "vnd.docker.reference.digest": entries[0]["digest"]}
    nobody = {"os": "unknown", "architecture": "unknown"}
    attached = {**entries[0], "platform": nobody, "annotations": about}
    index = {"schemaVersion": 2, "manifests": [*entries, attached]}
    pointer = put_json(folder, index, "application/vnd.oci.image.index.v1+json")
    put_index(folder, [pointer | {"annotations": {_NAME: tag}}])
    return dict(zip(platforms, (entry["digest"] for entry in entries), strict=True))


def put_index(folder: str, manifests: Sequence[Mapping[str, Any]]) -> None:
    """Write a layout's ``index.json`` and its marker file."""
    _write(os.path.join(folder, "oci-layout"), b'{"imageLayoutVersion":"1.0.0"}')
    _write(os.path.join(folder, "index.json"), json.dumps({"schemaVersion": 2, "manifests": manifests}).encode())


def put_blob(folder: str, data: bytes) -> str:
    """Store a blob under its digest; give its path."""
    path = os.path.join(folder, "blobs", "sha256", digest_of(data)[7:])
    _write(path, data)
    return path


def put_json(folder: str, document: Mapping[str, Any], media_type: str) -> dict[str, Any]:
    """Store a document as a blob; give the descriptor that points to it."""
    data = json.dumps(document).encode()
    put_blob(folder, data)
    return descriptor(data, media_type)


def descriptor(data: bytes, media_type: str) -> dict[str, Any]:
    """What points to a blob."""
    return {"mediaType": media_type, "digest": digest_of(data), "size": len(data)}


def docker_archive(path: str, images: Mapping[str, Sequence[Layer]], *, blobs: bool = True) -> None:
    """Write what ``docker save`` writes: tag -> layers.

    Args:
        path: of the archive.
        images: layers by tag.
        blobs: the form of Docker 25 and later (``blobs/sha256/…``, each layer packed as it says),
            else the older one (``ID/layer.tar``, never packed, equal layers as links to the first).
    """
    members: dict[str, tuple[tarfile.TarInfo, bytes]] = {}
    saved = []
    for tag, layers in images.items():
        config = config_of(layers)
        name = f"blobs/sha256/{digest_of(config)[7:]}" if blobs else digest_of(config)[7:] + ".json"
        members[name] = (entry(name), config)
        names = [_member(members, layer, number, blobs=blobs) for number, layer in enumerate(layers)]
        saved.append({"Config": name, "RepoTags": [tag], "Layers": names})
    members["manifest.json"] = (entry("manifest.json"), json.dumps(saved).encode())
    _write(path, written(members.values()))


def _member(members: dict[str, tuple[tarfile.TarInfo, bytes]], layer: Layer, number: int, *, blobs: bool) -> str:
    data = layer.packed() if blobs else layer.unpacked()
    if blobs:
        name = f"blobs/sha256/{digest_of(data)[7:]}"
        members[name] = (entry(name), data)
        return name
    name = f"{digest_of(data + bytes([number]))[7:]}/layer.tar"
    same = next((other for other, (_, stored) in members.items() if stored == data and other != name), "")
    members[name] = (entry(name, tarfile.SYMTYPE, f"../{same}"), b"") if same else (entry(name), data)
    return name


def _read(path: str) -> Any:  # noqa: ANN401 - any JSON document
    with open(path, "rb") as stream:
        return json.load(stream)


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(data)
