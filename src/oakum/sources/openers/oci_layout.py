"""Images in the layout of the OCI image specification: a folder of blobs with an index."""

import os
import platform

from oakum.kit.errors import DamagedError, UnreadableError, UsageError
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources.layout_places import layout_places
from oakum.sources.opener import LayerPlace, OpenedTarget, opener

_NAME = "org.opencontainers.image.ref.name"
_MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}
_NESTING = 4


@opener(example="oci-layout:build/image:latest", version=1, places=layout_places)
def oci_layout(target: Target) -> OpenedTarget:
    """An image in an OCI layout folder.

    ``index.json`` may name several images: a tag or a digest after a colon picks one, else
    the one for this machine's platform is taken, and its platform is shown. Manifest and
    configuration are held to their digests; the layers are when they are read.
    """
    root = target.path
    index = spec.decode(_small(root, "index.json"), spec.Manifest, "index.json")
    chosen = _choose(root, index, target.wanted, 0)
    manifest = spec.decode(_blob(root, chosen.digest), spec.Manifest, "the manifest")
    if manifest.config is None:
        raise UnreadableError("the manifest names no configuration: this is no image")
    config = spec.decode(_blob(root, manifest.config.digest), spec.Config, "the configuration")
    names = tuple(name for name in [(chosen.annotations or {}).get(_NAME, "")] if name)
    artifact = Artifact(
        reference=target.reference,
        kind="oci_layout",
        digest=chosen.digest,
        image_id=manifest.config.digest,
        names=names,
        platform=config.platform,
        layers=spec.layers_of(config, manifest.layers),
        config=config.run,
    )
    return OpenedTarget(artifact, tuple(_place(root, layer) for layer in manifest.layers))


def _choose(root: str, index: spec.Manifest, wanted: str, depth: int) -> spec.Descriptor:
    """The manifest that is meant, through indexes in the index.

    Raises:
        UsageError: several are there and nothing says which.
    """
    found = [entry for entry in index.manifests if not wanted or _is(entry, wanted)]
    if not found:
        there = ", ".join(_names(index)) or "no image"
        raise UsageError(f"the layout holds no image {wanted!r}", hint=f"it holds: {there}")
    machine = _MACHINES.get(platform.machine(), platform.machine())
    fitting = [entry for entry in found if _fits(entry.platform, machine)] or found
    if len({entry.digest for entry in fitting}) > 1:
        raise UsageError("the layout holds several images", hint=f"name one after a colon: {', '.join(_names(index))}")
    inner = spec.decode(_blob(root, fitting[0].digest), spec.Manifest, "the manifest")
    if not inner.manifests:
        return fitting[0]
    if depth >= _NESTING:
        raise DamagedError("indexes are nested too deep")
    return _choose(root, inner, "", depth + 1)


def _is(entry: spec.Descriptor, wanted: str) -> bool:
    return wanted in {entry.digest, (entry.annotations or {}).get(_NAME, "")}


def _fits(stated: spec.Platform | None, machine: str) -> bool:
    return stated is None or (stated.os in {"", "linux"} and stated.architecture in {"", machine})


def _names(index: spec.Manifest) -> list[str]:
    return [(entry.annotations or {}).get(_NAME) or entry.digest for entry in index.manifests][:20]


def _place(root: str, layer: spec.Descriptor) -> LayerPlace:
    path = os.path.join(root, "blobs", "sha256", spec.hex_of(layer.digest))
    try:
        size = os.stat(path).st_size
    except OSError as error:
        return LayerPlace(missing=f"its blob {layer.digest} cannot be opened: {error.strerror}")
    return LayerPlace(path=path, size=size, expected=layer.digest)


def _blob(root: str, digest: str) -> bytes:
    data = _small(root, os.path.join("blobs", "sha256", spec.hex_of(digest)))
    return spec.verified(data, digest, "a manifest or a configuration")


def _small(root: str, name: str) -> bytes:
    try:
        descriptor = os.open(os.path.join(root, name), os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableError(f"{os.path.join(root, name)}: {error.strerror}") from None
    try:
        return spec.read_small(descriptor, 0, os.fstat(descriptor).st_size, name)
    finally:
        os.close(descriptor)
