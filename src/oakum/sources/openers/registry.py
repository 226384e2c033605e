"""Images in a registry: a manifest that names its layers, which come through a pipe while they are downloaded."""

from typing import Final

from oakum.kit.errors import DamagedError, UnreadableError
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources import platforms
from oakum.sources.opener import LayerPlace, NeededError, OpenedTarget, opener

_NESTING: Final = 4
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
    platforms.check_platform(target.platform, config, target.path)
    artifact = Artifact(
        reference=target.reference,
        kind="registry",
        digest=digest,
        image_id=config_at.digest,
        names=(target.path,),
        platform=config.platform,
        layers=spec.layers_of(config, manifest.layers),
        config=config.run,
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
    chosen = platforms.image_for(target.platform, found.manifests, target.path)
    return _manifest(target, chosen.digest, chosen.size, depth + 1)


def _document(target: Target, digest: str, size: int, *, manifest: bool) -> bytes:
    spec.hex_of(digest)
    if digest not in target.documents:
        raise NeededError(digest, size, manifest=manifest)
    return spec.verified(target.documents[digest], digest, "a document of the image")


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
