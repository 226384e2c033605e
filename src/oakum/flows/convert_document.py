"""Convert a document: a report of ours, or an SBOM, as the report that every format writes."""

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import structs

from oakum.decisions.gate import decide
from oakum.effects.json_document import Document
from oakum.effects.report_of_document import report_of
from oakum.flows.take_inventory import ReadingPorts, take_inventory
from oakum.kit.errors import UnreadableError
from oakum.model.decision import GateAsked
from oakum.model.fact import Gap
from oakum.model.inventory import Installed, Inventory
from oakum.model.report import Report
from oakum.ports.clock import Clock


class _Sign(msgspec.Struct):
    schema: Any = None


def convert_document(path: str, data: bytes, reading: Callable[[], ReadingPorts], clock: Clock) -> Report:
    """The report that a document makes.

    Args:
        path: of the file.
        data: what is in it; only a report of ours is decoded here, an SBOM is left to the parser's process.
        reading: gives what reads an SBOM.
        clock: tells the time for what has none.

    Raises:
        UnreadableError: it is neither.
    """
    if _is_report(data):
        try:
            return report_of(msgspec.json.decode(data, type=Document))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            why = f"{path}: the report cannot be read: {error}"[:300]
            raise UnreadableError(why, hint="was it written by another version of oakum?") from None
    ports = reading()
    try:
        taken = take_inventory(f"sbom:{path}", ports)
    finally:
        ports.parser.close()
    inventory = _as_stated(taken.inventory)
    return Report(
        artifact=taken.artifact,
        inventory=inventory,
        gaps=inventory.gaps,
        decision=decide((), inventory.gaps, GateAsked()),
        created=clock.now().isoformat(),
        scanners=("packages",),
        confinement=taken.confinement,
    )


def _is_report(data: bytes) -> bool:
    if b'"oakum.report/' not in data:
        return False
    try:
        sign = msgspec.json.decode(data, type=_Sign).schema
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False
    return isinstance(sign, str) and sign.startswith("oakum.report/")


def _as_stated(inventory: Inventory) -> Inventory:
    """The paths as the document has them, without the document's own name before them."""
    begin = inventory.documents[0].path + "!/" if inventory.documents else "\0"
    packages = tuple(_placed(one, begin) for one in inventory.packages)
    gaps = tuple(Gap(gap.kind, gap.what, gap.path.removeprefix(begin), gap.layer) for gap in inventory.gaps)
    return structs.replace(inventory, packages=packages, gaps=gaps)


def _placed(installed: Installed, begin: str) -> Installed:
    paths = tuple(path.removeprefix(begin) for path in installed.paths)
    package = structs.replace(installed.package, path=installed.package.path.removeprefix(begin))
    return structs.replace(installed, package=package, paths=paths)
