"""Make a snapshot for gates out of images that are scanned now."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from oakum.flows.gate_build import subject_of
from oakum.flows.scan_image import ScanAsked, ScanPorts, scan_image
from oakum.flows.verify_trust import without_bodies
from oakum.kit.errors import UsageError
from oakum.model.artifact import Artifact
from oakum.model.signature import Verified
from oakum.model.subject import Placement, Subject

_ANY: Final = ScanAsked()

Trust = Callable[[Artifact], Verified | None]
"""What vouches for an image; None where nobody can look."""


def scan_subjects(
    references: Iterable[str], ports: ScanPorts, asked: ScanAsked = _ANY, trust: Trust | None = None
) -> Iterator[Subject]:
    """The subject of each image, as a gate is to know it.

    Args:
        references: the images.
        ports: what scanning them needs.
        asked: which image of several, and the files that the gate's policies ask for.
        trust: looks for signatures; None: nobody does.

    Raises:
        UsageError: a target is no image, so that no gate would ever ask about it.
        OakumError: an image cannot be read, or the advisories cannot be used.
    """
    for reference in references:
        report = scan_image(reference, ports, asked)
        if not report.artifact.image_id:
            raise UsageError(f"{reference} is no image", hint="a gate decides on images alone")
        found = trust(report.artifact) if trust else None
        yield replace(subject_of(report, "deploy", Placement()), trust=without_bodies(found) if found else None)
