"""Images as ``docker save`` writes them: a tar with ``manifest.json``."""

import hashlib
import os
import posixpath

from msgspec import Struct

from oakum.kit.archive.tar_header import clean
from oakum.kit.archive.tar_index import Member, members
from oakum.kit.archive.unpack import compression
from oakum.kit.errors import DamagedError, UnreadableError, UsageError
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources.opener import LayerPlace, OpenedTarget, opener


class Saved(Struct, frozen=True, rename="pascal"):
    """One image of ``manifest.json``."""

    config: str
    layers: list[str] = []
    repo_tags: list[str] | None = None


@opener(example="docker-archive:app.tar", version=1)
def docker_archive(target: Target) -> OpenedTarget:
    """An image in a tar of ``docker save``, ``podman save`` or ``skopeo``.

    A layer that is stored unpacked is held to the diff id of the configuration; one that lies
    under ``blobs/sha256`` is held to its name as well. With several images in the archive a tag
    after a second colon picks one.
    """
    descriptor = target.descriptor if target.descriptor >= 0 else _open(target.path)
    if compression(os.pread(descriptor, 4, 0)):
        raise UnreadableError(f"{target.path}: the archive is compressed", hint="unpack it first: gunzip or zstd -d")
    try:
        found = members(descriptor)
    except DamagedError as error:
        raise UnreadableError(f"{target.path}: {error}") from None
    saved = _choose(spec.decode(_read(descriptor, found, "manifest.json"), list[Saved], "manifest.json"), target.wanted)
    raw = _read(descriptor, found, clean(saved.config))
    config = spec.decode(raw, spec.Config, "the configuration")
    places = [_place(descriptor, found, clean(name), diff_id) for name, diff_id in _pairs(saved, config)]
    stored = [spec.Descriptor(place.expected, place.size) for place in places]
    artifact = Artifact(
        reference=target.reference,
        kind="docker_archive",
        image_id="sha256:" + hashlib.sha256(raw).hexdigest(),
        names=tuple(saved.repo_tags or ()),
        platform=config.platform,
        layers=spec.layers_of(config, stored),
        config=config.run,
    )
    return OpenedTarget(artifact, tuple(places))


def _open(path: str) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}") from None


def _choose(saved: list[Saved], wanted: str) -> Saved:
    fitting = [image for image in saved if not wanted or wanted in (image.repo_tags or ())]
    tags = ", ".join(tag for image in saved for tag in image.repo_tags or ())[:500]
    if not fitting:
        raise UsageError(
            f"the archive holds no image {wanted!r}" if wanted else "the archive holds no image", hint=tags
        )
    if len(fitting) > 1:
        raise UsageError("the archive holds several images", hint=f"name one after a second colon: {tags}")
    return fitting[0]


def _pairs(saved: Saved, config: spec.Config) -> list[tuple[str, str]]:
    claimed = config.rootfs.diff_ids
    if len(claimed) != len(saved.layers):
        raise UnreadableError("manifest.json and the configuration disagree about the number of layers")
    return list(zip(saved.layers, claimed, strict=True))


def _place(descriptor: int, found: dict[str, Member], name: str, diff_id: str) -> LayerPlace:
    """Where a layer lies and which digest its stored bytes must have."""
    member = _follow(found, name)
    if member is None:
        return LayerPlace(expected=diff_id, missing=f"the archive has no {name!r}")
    packed = compression(os.pread(descriptor, 4, member.offset))
    folder, _, base = name.rpartition("/")
    named = f"sha256:{base}" if folder.endswith("blobs/sha256") else ""
    expected = named if packed else diff_id
    return LayerPlace(descriptor=descriptor, offset=member.offset, size=member.size, expected=expected)


def _follow(found: dict[str, Member], name: str) -> Member | None:
    """A member, through the links by which old engines stored equal layers once."""
    for _ in range(8):
        member = found.get(name)
        if member is None or not member.link:
            return member
        name = clean(posixpath.join("./" + posixpath.dirname(name), member.link))
    return None


def _read(descriptor: int, found: dict[str, Member], name: str) -> bytes:
    member = _follow(found, name)
    if member is None:
        raise UnreadableError(f"the archive has no {name!r}: it was not written by docker save", hint="try oci-layout:")
    return spec.read_small(descriptor, member.offset, member.size, name)
