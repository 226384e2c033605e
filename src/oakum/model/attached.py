"""What stands in an index beside images: signatures, attestations, SBOMs that belong to one of them.

Sources: OCI image specification 1.1 (``artifactType``), OCI distribution specification 1.1 (referrers tag schema),
BuildKit's attestation storage, the tags and the layouts of cosign.
"""

import re
from collections.abc import Mapping
from typing import Final

IMAGE_TYPES: Final = frozenset(
    {"application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json"}
)
REF_NAMES: Final = ("io.containerd.image.name", "org.opencontainers.image.ref.name")
"""Annotations by which an image has a name in a layout."""
KIND: Final = "kind"
SIGNATURES: Final = "dev.cosignproject.cosign/sigs"
ATTESTATIONS: Final = "dev.cosignproject.cosign/atts"
"""Kinds of entries in the layouts that cosign writes."""

_BUILDKIT: Final = "vnd.docker.reference.type"
_TAG: Final = re.compile(r"sha256-[0-9a-f]{64}(\.\w{1,20})?")


def is_tag_of_attached(name: str) -> bool:
    """Whether a tag is one under which what belongs to an image is kept: ``sha256-...``, ``sha256-....sig``."""
    return _TAG.fullmatch(name) is not None


def is_attached(artifact_type: str, annotations: Mapping[str, object]) -> bool:
    """Whether an entry of an index is no image of its own."""
    names = [str(annotations[key]) for key in REF_NAMES if annotations.get(key)]
    return (
        bool(artifact_type and artifact_type not in IMAGE_TYPES)
        or _BUILDKIT in annotations
        or annotations.get(KIND) in {SIGNATURES, ATTESTATIONS}
        or any(map(is_tag_of_attached, names))
    )
