"""Scan one target: take its inventory, match it with what the world knows, judge it."""

from collections.abc import Callable

from msgspec import Struct, structs

from oakum.flows.take_inventory import ReadingPorts, Taken, take_inventory, take_layers
from oakum.model.decision import GateAsked
from oakum.model.fact import Distribution
from oakum.model.report import Report
from oakum.model.waiver import Waiver
from oakum.ports.advisories import Advisories
from oakum.ports.clock import Clock

PACKAGES = "packages"
VULNERABILITIES = "vulnerabilities"
SCANNERS = (PACKAGES, VULNERABILITIES)
"""Everything that a scan can look for."""


class ScanAsked(Struct, frozen=True):
    """What a scan was asked for.

    Attributes:
        scanners: parts of ``SCANNERS``; packages are always read.
        gate: what a gate is to refuse.
        waivers: findings that somebody accepted.
        platform: which image of several, or empty for this machine's.
        exclude: globs of paths whose packages are left out.
        look_for: globs of files that policies ask for.
        distribution: whose packages these are, whatever os-release says; None: what it says.
    """

    scanners: tuple[str, ...] = SCANNERS
    gate: GateAsked = GateAsked()
    waivers: tuple[Waiver, ...] = ()
    platform: str = ""
    exclude: tuple[str, ...] = ()
    look_for: tuple[str, ...] = ()
    distribution: Distribution | None = None


class ScanPorts(Struct, frozen=True):
    """What a scan needs of the world; the advisories are opened when they are needed."""

    reading: ReadingPorts
    advisories: Callable[[], Advisories]
    clock: Clock


def scan_image(reference: str, ports: ScanPorts, asked: ScanAsked) -> Report:
    """Scan one target.

    Raises:
        OakumError: the target cannot be read, or the advisories cannot be used.
    """
    advisories = None
    if VULNERABILITIES in asked.scanners:
        ports.reading.progress("open the advisories")
        advisories = ports.advisories()  # before anything is read: a database that cannot be used is said at once
    taken = _taken(reference, ports.reading, asked)
    if asked.exclude:
        from oakum.flows.leave_out import leave_out  # noqa: PLC0415 - most scans leave nothing out

        taken = structs.replace(taken, inventory=leave_out(taken.inventory, asked.exclude))
    from oakum.flows import judge_inventory  # noqa: PLC0415 - loaded while the parser reads, not before it may begin

    if advisories is None:
        return judge_inventory.unjudged(taken, ports.clock, asked.scanners, asked.gate)
    ports.reading.progress("match with the advisories")
    asking = judge_inventory.JudgementAsked(asked.scanners, asked.gate, asked.waivers)
    return judge_inventory.judge(taken, advisories, ports.clock, asking)


def _taken(reference: str, ports: ReadingPorts, asked: ScanAsked) -> Taken:
    if not asked.look_for:
        return take_inventory(reference, ports, asked.platform, asked.distribution)
    from oakum.flows.look_for_files import look_for_files  # noqa: PLC0415 - for gates whose policies ask for files

    taken, layers = take_layers(reference, ports, asked.platform, asked.distribution)
    return structs.replace(taken, inventory=look_for_files(taken.inventory, layers, asked.look_for))
