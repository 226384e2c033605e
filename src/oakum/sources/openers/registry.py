"""Images in a registry: a manifest that names its layers, which come through a pipe while they are downloaded."""

import platform
from typing import Final

from oakum.kit.errors import DamagedError, UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources.opener import LayerPlace, NeededError, OpenedTarget, opener

_MACHINES: Final = {"x86_64": "amd64", "aarch64": "arm64", "i686": "386", "armv7l": "arm", "armv6l": "arm"}
_NESTING: Final = 4
_SHOWN: Final = 30
_CONFIGS: Final = frozenset({
    "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json", "",
})  # fmt: skip
_LAYERS: Final = frozenset({
    "application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip",
    "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.docker.image.rootfs.diff.tar.gzip",
    "application/vnd.docker.image.rootfs.diff.tar", "application/vnd.docker.image.rootfs.diff.tar.zstd", "",
})  # fmt: skip


@opener(example="registry:registry.example/team/app:1.2", version=1, places=lambda _target: ())
def registry(target: Target) -> OpenedTarget:
    """An image in a registry, read while it is downloaded.

    ``Target.wanted`` is the digest of a manifest or of an index. An index names images of several
    platforms: the one that was asked for is taken, else the one for this machine, and a platform
    that is missing is an error that lists those that are there. Layers that lie elsewhere, that are
    encrypted or of an unknown kind are gaps.
    """
    digest, manifest = _manifest(target, target.wanted, -1, 0)
    config_at = manifest.config
    if config_at is None or config_at.media_type not in _CONFIGS:
        kind = (config_at.media_type if config_at else "") or "unknown"
        raise UnreadableError(f"{target.path} is no container image but an artifact of the type {kind[:200]!r}")
    config = spec.decode(_document(target, config_at.digest, config_at.size, manifest=False), spec.Config, "the config")
    _check_platform(target, config)
    artifact = Artifact(
        reference=target.reference,
        kind="registry",
        digest=digest,
        image_id=config_at.digest,
        names=(target.path,),
        platform=config.platform,
        layers=spec.layers_of(config, manifest.layers),
    )
    return OpenedTarget(artifact, tuple(_place(layer) for layer in manifest.layers))


def _manifest(target: Target, digest: str, size: int, depth: int) -> tuple[str, spec.Manifest]:
    """The manifest of one image, through indexes."""
    found = spec.decode(_document(target, digest, size, manifest=True), spec.Manifest, "the manifest")
    if found.schema_version == 1:
        hint = "push it again with a newer client: this form was given up in 2017"
        raise UnreadableError(
            f"{target.path} has a manifest of Docker's schema 1, which names no verifiable layers", hint
        )
    if found.manifests and (found.layers or found.config):
        raise DamagedError("the manifest is an index and an image at once (CVE-2021-41190)")
    if found.layers or found.config:
        return digest, found
    if depth >= _NESTING:
        raise DamagedError("indexes are nested too deep")
    chosen = _chosen(target, found)
    return _manifest(target, chosen.digest, chosen.size, depth + 1)


def _document(target: Target, digest: str, size: int, *, manifest: bool) -> bytes:
    spec.hex_of(digest)
    if digest not in target.documents:
        raise NeededError(digest, size, manifest=manifest)
    return spec.verified(target.documents[digest], digest, "a document of the image")


def _chosen(target: Target, index: spec.Manifest) -> spec.Descriptor:
    """The image for a platform.

    Raises:
        UnreadableError: the index has none for it.
    """
    if not index.manifests:
        raise UnreadableError(f"{target.path} is an index that names no image")
    wanted = _wanted(target.platform)
    fitting = [entry for entry in index.manifests if _fits(entry.platform, wanted)]
    if not fitting and len(index.manifests) == 1 and index.manifests[0].platform is None:
        fitting = index.manifests
    if not fitting:
        there = ", ".join(sorted({name for entry in index.manifests if (name := _name(entry.platform))})[:_SHOWN])
        asked = "/".join(part for part in wanted if part)
        raise UnreadableError(
            f"{target.path} has no image for {asked}", hint=f"--platform takes: {there or 'none is named'}"
        )
    exact = [entry for entry in fitting if entry.platform is None or entry.platform.variant == wanted[2]]
    return (exact or fitting)[0]


def _check_platform(target: Target, config: spec.Config) -> None:
    """A single image has its platform, whatever was asked for."""
    stated = (config.os, config.architecture, config.variant or _wanted(target.platform)[2])
    if target.platform and stated[: target.platform.count("/") + 1] != tuple(target.platform.split("/")):
        hint = f"--platform takes: {config.platform or 'nothing, as none is stated'}"
        raise UnreadableError(f"{target.path} has no image for {target.platform}", hint)


def _wanted(asked: str) -> tuple[str, str, str]:
    """Operating system, architecture and variant."""
    parts = asked.split("/") if asked else ["linux", _MACHINES.get(platform.machine(), platform.machine())]
    system, architecture, variant = (*parts, "", "")[:3]
    return system, architecture, variant


def _fits(stated: spec.Platform | None, wanted: tuple[str, str, str]) -> bool:
    if stated is None or (stated.os, stated.architecture) != wanted[:2]:
        return False
    return not wanted[2] or stated.variant == wanted[2]


def _name(stated: spec.Platform | None) -> str:
    if stated is None or stated.os == "unknown":  # what build tools attach to an image (attestations) has no platform
        return ""
    return "/".join(part for part in (stated.os, stated.architecture, stated.variant) if part)[:FIELD_CHARACTERS]


def _place(layer: spec.Descriptor) -> LayerPlace:
    kind = layer.media_type[:200]
    if layer.urls or "nondistributable" in kind or "foreign" in kind:
        return LayerPlace(missing=f"it lies outside the registry and was not fetched ({kind})")
    if kind.endswith("+encrypted"):
        return LayerPlace(missing="it is encrypted")
    if kind not in _LAYERS:
        return LayerPlace(missing=f"it is of an unknown kind ({kind!r})")
    if layer.size < 0:
        return LayerPlace(missing="the manifest does not say how large it is")
    return LayerPlace(size=layer.size, expected="sha256:" + spec.hex_of(layer.digest), streamed=True)
