"""Make a snapshot for gates out of images that are scanned now."""

from collections.abc import Iterable, Iterator

from oakum.flows.gate_build import subject_of
from oakum.flows.scan_image import ScanAsked, ScanPorts, scan_image
from oakum.kit.errors import UsageError
from oakum.model.subject import Placement, Subject


def scan_subjects(
    references: Iterable[str], ports: ScanPorts, platform: str = "", look_for: tuple[str, ...] = ()
) -> Iterator[Subject]:
    """The subject of each image, as a gate is to know it.

    Args:
        references: the images.
        ports: what scanning them needs.
        platform: which image of several, or empty for this machine's.
        look_for: globs of files that the gate's policies ask for.

    Raises:
        UsageError: a target is no image, so that no gate would ever ask about it.
        OakumError: an image cannot be read, or the advisories cannot be used.
    """
    for reference in references:
        report = scan_image(reference, ports, ScanAsked(platform=platform, look_for=look_for))
        if not report.artifact.image_id:
            raise UsageError(f"{reference} is no image", hint="a gate decides on images alone")
        yield subject_of(report, "deploy", Placement())
