"""Images of the OCI image specification, wherever their blobs lie: from the index to the places of the layers."""

from typing import Final, Protocol

from oakum.kit.errors import DamagedError, UnreadableError, UsageError
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources import platforms
from oakum.sources.opener import LayerPlace, OpenedTarget

_NAME: Final = "org.opencontainers.image.ref.name"
_FULL_NAME: Final = "io.containerd.image.name"
"""Annotation by which containerd and Docker keep an image's whole name in what they export."""

_NESTING: Final = 4
_SHOWN: Final = 20


class Blobs(Protocol):
    """Where the blobs of a layout lie."""

    def document(self, digest: str) -> bytes:
        """A small blob, held to its digest.

        Raises:
            UnreadableError: it is not there, is too large or is another.
        """
        ...

    def holds(self, digest: str) -> bool:
        """Whether it is there."""
        ...

    def place(self, layer: spec.Descriptor) -> LayerPlace:
        """Where a layer lies, or why it does not."""
        ...


def open_image(target: Target, kind: str, index: bytes, blobs: Blobs) -> OpenedTarget:
    """The image that is meant by the name and the platform of a target.

    Args:
        target: its ``wanted`` is a name or a digest, its ``platform`` one of several.
        kind: id of the opener.
        index: ``index.json``.
        blobs: gives the rest.

    Raises:
        UsageError: several are there and nothing says which, or none of the name.
        SeveralError: every platform was asked for.
        UnreadableError: it cannot be read, or is for other platforms.
    """
    chosen = _choose(target, spec.decode(index, spec.Manifest, "index.json"), blobs)
    manifest = _manifest(blobs, chosen.digest)
    for _ in range(_NESTING):
        if not manifest.manifests:
            break
        there = [entry for entry in manifest.manifests if blobs.holds(entry.digest)] or manifest.manifests
        inner = platforms.image_for(target.platform, there, target.path)
        chosen = spec.Descriptor(inner.digest, annotations=chosen.annotations)
        manifest = _manifest(blobs, chosen.digest)
    if manifest.manifests:
        raise DamagedError("indexes are nested too deep")
    return _opened(target, kind, chosen, manifest, blobs)


def _opened(target: Target, kind: str, chosen: spec.Descriptor, manifest: spec.Manifest, blobs: Blobs) -> OpenedTarget:
    if manifest.config is None:
        raise UnreadableError("the manifest names no configuration: this is no image")
    config = spec.decode(blobs.document(manifest.config.digest), spec.Config, "the configuration")
    platforms.check_platform(target.platform, config, target.path)
    artifact = Artifact(
        reference=target.reference,
        kind=kind,
        digest=chosen.digest,
        image_id=manifest.config.digest,
        names=tuple(dict.fromkeys(_names_of(chosen))),
        platform=config.platform,
        layers=spec.layers_of(config, manifest.layers),
        config=config.run,
    )
    return OpenedTarget(artifact, tuple(blobs.place(layer) for layer in manifest.layers))


def _choose(target: Target, index: spec.Manifest, blobs: Blobs) -> spec.Descriptor:
    """The entry of ``index.json``: it may be one image, one for several platforms, or several images."""
    entries = platforms.images(index.manifests)
    found = [entry for entry in entries if not target.wanted or _is(entry, target.wanted)]
    if not found:
        there = ", ".join(_names(entries)) or "no image"
        raise UsageError(f"the layout holds no image {target.wanted!r}", hint=f"it holds: {there}")
    if len({entry.digest for entry in found}) == 1:
        return found[0]  # its configuration, or the index behind it, says for what platform it is
    held = [entry for entry in found if blobs.holds(entry.digest)] or found
    if all(entry.platform for entry in found) and len({_names_of(entry)[:1] for entry in found}) == 1:
        return platforms.image_for(target.platform, held, target.path)
    wanted = platforms.parts("" if target.platform == platforms.ALL else target.platform.partition("@")[0])
    fitting = [entry for entry in held if entry.platform is None or platforms.fits(entry.platform, wanted)]
    if len({entry.digest for entry in fitting}) != 1:
        hint = f"name one after a colon: {', '.join(_names(fitting or found))}"
        raise UsageError("the layout holds several images", hint)
    return fitting[0]


def _is(entry: spec.Descriptor, wanted: str) -> bool:
    return wanted == entry.digest or wanted in _names_of(entry)


def _names(entries: list[spec.Descriptor]) -> list[str]:
    return list(dict.fromkeys((_names_of(entry) or (entry.digest,))[-1] for entry in entries))[:_SHOWN]


def _names_of(entry: spec.Descriptor) -> tuple[str, ...]:
    said = entry.annotations or {}
    return tuple(name for key in (_FULL_NAME, _NAME) if (name := said.get(key, "")))


def _manifest(blobs: Blobs, digest: str) -> spec.Manifest:
    manifest = spec.decode(blobs.document(digest), spec.Manifest, "the manifest")
    if manifest.manifests and (manifest.layers or manifest.config):
        raise DamagedError("the manifest is an index and an image at once (CVE-2021-41190)")
    return manifest
