"""Images as ``docker save`` writes them: ``manifest.json`` names a configuration and layers."""

import hashlib
import os
from collections.abc import Mapping

from msgspec import Struct

from oakum.kit.archive.tar_header import clean
from oakum.kit.archive.tar_index import Member
from oakum.kit.archive.unpack import compression
from oakum.kit.errors import UnreadableError, UsageError
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources.archive_members import followed
from oakum.sources.opener import LayerPlace, OpenedTarget
from oakum.sources.platforms import check_platform

MANIFEST = "manifest.json"


class Saved(Struct, frozen=True, rename="pascal"):
    """One image of ``manifest.json``."""

    config: str
    layers: list[str] = []
    repo_tags: list[str] | None = None


def open_saved(target: Target, descriptor: int, found: Mapping[str, Member]) -> OpenedTarget:
    """The image that is meant, in an archive of ``docker save``.

    Raises:
        UsageError: several are there and nothing says which, or none of the name.
        UnreadableError: it cannot be read, or is for another platform.
    """
    saved = _choose(spec.decode(_read(descriptor, found, MANIFEST), list[Saved], MANIFEST), target.wanted)
    raw = _read(descriptor, found, clean(saved.config))
    config = spec.decode(raw, spec.Config, "the configuration")
    check_platform(target.platform, config, target.path)
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


def _place(descriptor: int, found: Mapping[str, Member], name: str, diff_id: str) -> LayerPlace:
    """Where a layer lies and which digest its stored bytes must have."""
    member = followed(found, name)
    if member is None:
        return LayerPlace(expected=diff_id, missing=f"the archive has no {name!r}")
    packed = compression(os.pread(descriptor, 4, member.offset))
    folder, _, base = name.rpartition("/")
    named = f"sha256:{base}" if folder.endswith("blobs/sha256") else ""
    expected = named if packed else diff_id
    return LayerPlace(descriptor=descriptor, offset=member.offset, size=member.size, expected=expected)


def _read(descriptor: int, found: Mapping[str, Member], name: str) -> bytes:
    member = followed(found, name)
    if member is None:
        hint = "try oci-archive:" if "index.json" in found else "try tar:"
        raise UnreadableError(f"the archive has no {name!r}: it was not written by docker save", hint)
    return spec.read_small(descriptor, member.offset, member.size, name)
