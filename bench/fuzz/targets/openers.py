"""What names an image: indexes, manifests and configurations, in a layout, an archive of docker, a registry."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator

from bench.fuzz.target import Case, Target, single
from bench.fuzz.targets.archives import memory_file, tar_sums

from oakum.kit.errors import OakumError, UsageError
from oakum.model import reading
from oakum.sources import image_spec
from oakum.sources.image_name import image_name
from oakum.sources.opener import OPENERS, NeededError
from oakum.testing.images import Layer, config_of, docker_archive, oci_archive, oci_index, oci_layout, tar_of

_LAYER = Layer(files={"etc/os-release": b"ID=debian\n"})
_WORDS = (
    b"sha256:",
    b"application/vnd.oci.image.index.v1+json",
    b'"manifests":[]',
    b'"size":-1',
    b'"platform":null',
    b'"urls":["http://x"]',
    b"+encrypted",
    b"foreign",
)


_Shape = type[image_spec.Manifest] | type[image_spec.Config]
_SHAPES: tuple[tuple[str, _Shape], ...] = (("manifest", image_spec.Manifest), ("config", image_spec.Config))


def targets() -> Iterator[Target]:
    """Those of this module."""
    for name, shape in _SHAPES:
        yield single(f"image-{name}", _documents, _decoded(shape), (OakumError,), words=_WORDS)
    yield single(
        "image-name", lambda: [b"registry.example:5000/team/app:1.2@sha256:" + b"a" * 64], _name, (UsageError,)
    )
    yield single(
        "opener-docker_archive",
        _archives,
        _opened("docker_archive"),
        (OakumError,),
        words=(b"manifest.json",),
        mend=tar_sums,
    )
    words = (b"index.json", *_WORDS)
    yield single("opener-oci_archive", _oci_archives, _opened("oci_archive"), (OakumError,), words=words, mend=tar_sums)
    yield single("opener-tar", _tars, _opened("tar"), (OakumError,), words=(b"etc/", b"manifest.json"), mend=tar_sums)
    yield Target("opener-oci_layout", _layouts, _layout, (OakumError,), _WORDS)
    yield Target("opener-registry", _layouts, _registry, (OakumError,), _WORDS)


def _documents() -> list[bytes]:
    case = _layouts()[0]
    run: dict[str, object] = {
        "User": "0",
        "ExposedPorts": {"80/tcp": {}},
        "Labels": {"a": "b"},
        "Cmd": ["x"],
        "Entrypoint": None,
    }
    return [*case.values(), json.dumps({**json.loads(case["config"]), "config": run, "created": "x"}).encode()]


def _decoded(shape: _Shape) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        found: image_spec.Manifest | image_spec.Config = image_spec.decode(data, shape, "it")
        if isinstance(found, image_spec.Config):
            return found.run, found.platform, image_spec.layers_of(found, [image_spec.Descriptor("sha256:x", 1)] * 3)
        return [image_spec.hex_of(layer.digest) for layer in found.layers]

    return run


def _name(data: bytes) -> object:
    return image_name("x", data.decode("utf-8", "replace"), "registry.example/library")


def _archives() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a.tar")
        for blobs in (True, False):
            docker_archive(path, {"app:1": [_LAYER, _LAYER]}, blobs=blobs)
            with open(path, "rb") as file:
                yield file.read()


def _oci_archives() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path, layout = os.path.join(folder, "a.tar"), os.path.join(folder, "layout")
        oci_layout(layout, [_LAYER, _LAYER])
        oci_archive(path, layout)
        with open(path, "rb") as file:
            yield file.read()
        oci_index(layout, {"linux/amd64": [_LAYER], "linux/arm64/v8": [_LAYER]})
        oci_archive(path, layout)
        with open(path, "rb") as file:
            yield file.read()


def _tars() -> Iterator[bytes]:
    yield tar_of(_LAYER)
    yield from _archives()
    yield from _oci_archives()


def _opened(opener: str) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        descriptor = memory_file(data)
        try:
            return OPENERS.load(opener).open(reading.Target("x", opener, "x", descriptor)).artifact
        finally:
            os.close(descriptor)

    return run


def _layouts() -> list[Case]:
    """Documents that name each other by ``@name@``, which stands for the digest."""
    layer = {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:" + "a" * 64, "size": 5}
    config = {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "@config@", "size": 9}
    manifest = {"schemaVersion": 2, "config": config, "layers": [layer, layer]}
    platform = {"os": "linux", "architecture": "amd64"}
    pointer = {"digest": "@manifest@", "size": 9, "platform": platform, "annotations": {"a": "b"}}
    index = {"schemaVersion": 2, "manifests": [{**pointer, "digest": "@inner@"}]}
    inner = {"schemaVersion": 2, "manifests": [pointer, {**pointer, "platform": {"os": "unknown", "architecture": ""}}]}
    documents = {"index.json": index, "inner": inner, "manifest": manifest}
    written = {name: json.dumps(document).encode() for name, document in documents.items()}
    return [{**written, "config": config_of([_LAYER, _LAYER])}]


def _stored(case: Case) -> dict[str, bytes]:
    """Every document by its digest, the index by its name."""
    found: dict[str, bytes] = {}
    known: list[tuple[bytes, bytes]] = []
    for name in ("config", "manifest", "inner", "index.json"):
        data = case.get(name, b"")
        for placeholder, meant in known:
            data = data.replace(placeholder, meant)
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        known.append((b"@%b@" % name.encode(), digest.encode()))
        found["index.json" if name == "index.json" else digest] = data
    return found


def _layout(case: Case) -> object:
    with tempfile.TemporaryDirectory() as folder:
        blobs = os.path.join(folder, "blobs", "sha256")
        os.makedirs(blobs)
        for name, data in _stored(case).items():
            place = os.path.join(blobs, name[7:]) if name.startswith("sha256:") else os.path.join(folder, name)
            with open(place, "wb") as file:
                file.write(data)
        artifact = OPENERS.load("oci_layout").open(reading.Target("x", "oci_layout", folder)).artifact
        return artifact.layers, artifact.platform


def _registry(case: Case) -> object:
    documents = _stored(case)
    index = documents.pop("index.json")
    top = "sha256:" + hashlib.sha256(index).hexdigest()
    target = reading.Target("x", "registry", "x", wanted=top, documents={**documents, top: index})
    try:
        return OPENERS.load("registry").open(target)
    except NeededError as needed:
        return needed.digest
