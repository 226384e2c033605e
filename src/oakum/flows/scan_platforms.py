"""Scan one target, or each of its images where it holds one for every platform and all were asked for."""

import re
from typing import Final

from msgspec import structs

from oakum.flows.scan_image import ScanAsked, ScanPorts, scan_image
from oakum.kit.errors import LimitError
from oakum.kit.limits import PLATFORMS
from oakum.model.report import Report
from oakum.ports.parsers import SeveralImagesError

_STATED: Final = r"(?:[\w.-]{1,64}(?:/[\w.-]{1,64}){0,2})?@sha256:[0-9a-f]{64}"


def scan_platforms(reference: str, ports: ScanPorts, asked: ScanAsked) -> list[Report]:
    """One report, or one for each platform in the order of the index.

    Raises:
        OakumError: as ``scan_image``; one platform that cannot be read ends the scan, so that none is missed.
    """
    try:
        return [scan_image(reference, ports, asked)]
    except SeveralImagesError as several:
        platforms = _checked(several.platforms)
    reports = []
    for number, platform in enumerate(platforms, 1):
        ports.reading.progress(f"platform {number} of {len(platforms)}: {platform.partition('@')[0] or platform}")
        reports.append(scan_image(reference, ports, structs.replace(asked, platform=platform)))
    return reports


def _checked(platforms: tuple[str, ...]) -> list[str]:
    """What the parser said of the platforms, each once; it read hostile bytes.

    Raises:
        LimitError: there are more than ``PLATFORMS``, or one is none.
    """
    if len(platforms) > PLATFORMS:
        raise LimitError(f"the target holds images for more than {PLATFORMS} platforms")
    for platform in platforms:
        if not re.fullmatch(_STATED, platform, re.ASCII):
            raise LimitError(f"the target names a platform that is none: {platform[:80]!r}")
    return list(dict.fromkeys(platforms))
