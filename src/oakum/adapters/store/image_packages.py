"""Packages, each once, and what is found in them; which images hold them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy.engine import Connection

from oakum.adapters.store.database import bulk
from oakum.adapters.store.tables import FINDING, IMAGE_PACKAGE, PACKAGE
from oakum.adapters.store.values import digest_of, key, pack, some, storable
from oakum.model.ecosystems import OSV_ECOSYSTEMS, normalised
from oakum.model.finding import Finding
from oakum.model.fleet import FleetPackage, fleet_package
from oakum.model.inventory import Inventory

finding_of: Final = msgspec.msgpack.Decoder(Finding).decode
package_of: Final = msgspec.msgpack.Decoder(FleetPackage).decode

Pairs = set[tuple[int, str]]
"""Numbers of packages, with ids of findings."""


def keep_packages(connection: Connection, image: int, inventory: Inventory) -> dict[str, int]:
    """Keep what an image holds, each package at its lowest layer; give the packages' numbers by their ids."""
    held: dict[str, FleetPackage] = {}
    layers: dict[str, int] = {}
    for installed in inventory.packages:
        package = fleet_package(installed, inventory.distribution)
        held.setdefault(package.id, package)
        layers[package.id] = min(installed.layer, layers.get(package.id, installed.layer))
    numbers = numbers_of(connection, list(held))
    new = [package for id_, package in held.items() if id_ not in numbers]
    statement = (
        "insert into package (id, type, name, source, known_as, body) values (?, ?, ?, ?, ?, ?) on conflict do nothing"
    )
    bulk(connection, statement, [_row(package) for package in new])
    numbers |= numbers_of(connection, [package.id for package in new])
    connection.execute(IMAGE_PACKAGE.delete().where(IMAGE_PACKAGE.c.image == image))
    rows = [(numbers[id_], image, layer) for id_, layer in layers.items()]
    bulk(connection, "insert into image_package (package, image, layer) values (?, ?, ?)", rows)
    return numbers


def keep_findings(connection: Connection, judged: Mapping[int, Sequence[Finding]]) -> Pairs:
    """Make these all findings of these packages; give those that are new."""
    said = {(number, key(one.id)): one for number, findings in judged.items() for one in findings}
    bodies = {pair: pack(_of_package(one)) for pair, one in said.items()}
    digests = {pair: digest_of(body) for pair, body in bodies.items()}
    had = _digests(connection, list(judged))
    changed = [pair for pair, digest in digests.items() if had.get(pair) != digest]
    stale = [pair for pair in had if digests.get(pair) != had[pair]]
    for table in ("finding", "finding_name"):
        bulk(connection, f"delete from {table} where package = ? and id = ?", stale)  # noqa: S608 - two words of ours
    rows = [(*pair, digests[pair], bodies[pair], said[pair].severity.rating) for pair in changed]
    bulk(connection, "insert into finding (package, id, digest, body, rating) values (?, ?, ?, ?, ?)", rows)
    names = [
        (name, *pair)
        for pair in changed
        for name in dict.fromkeys(map(key, (said[pair].id, *said[pair].aliases)))
    ]  # fmt: skip
    bulk(connection, "insert into finding_name (name, package, id) values (?, ?, ?)", names)
    return set(digests) - set(had)


def by_package(
    findings: Iterable[Finding], numbers: Mapping[str, int], inventory: Inventory
) -> dict[int, list[Finding]]:
    """Findings of an image by the numbers of its packages; a package without any has an empty list."""
    sorted_: dict[int, list[Finding]] = {number: [] for number in numbers.values()}
    for one in findings:
        number = numbers.get(fleet_package(one.installed, inventory.distribution).id)
        if number is not None:
            sorted_[number].append(one)
    return sorted_


def findings_in(connection: Connection, image: int, inventory: Inventory) -> list[Finding]:
    """The findings of an image, in the order of its packages, each with the image's own layer and paths."""
    joined = IMAGE_PACKAGE.join(FINDING, IMAGE_PACKAGE.c.package == FINDING.c.package).join(
        PACKAGE, PACKAGE.c.number == FINDING.c.package
    )
    asked = sa.select(PACKAGE.c.id, FINDING.c.body).select_from(joined).where(IMAGE_PACKAGE.c.image == image)
    found: dict[str, list[Finding]] = {}
    for id_, body in connection.execute(asked.order_by(FINDING.c.package, FINDING.c.id)):
        found.setdefault(id_, []).append(finding_of(body))
    return [
        replace(one, installed=installed)
        for installed in (inventory.packages if found else ())
        for one in found.get(fleet_package(installed, inventory.distribution).id, ())
    ]


def numbers_of(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    """The numbers of packages by their ids; those that are not known are left out."""
    found: dict[str, int] = {}
    for part in some(ids):
        asked = sa.select(PACKAGE.c.id, PACKAGE.c.number).where(PACKAGE.c.id.in_(part))
        found.update((row.id, row.number) for row in connection.execute(asked))
    return found


def named(name: str) -> "sa.ColumnElement[bool]":
    """Which packages bear a name, their own or their source's, as any ecosystem spells it."""
    spelled = sorted({key(normalised(ecosystem, name)) for ecosystem in OSV_ECOSYSTEMS.values()})
    return (PACKAGE.c.name == key(name)) | (PACKAGE.c.source == key(name)) | PACKAGE.c.known_as.in_(spelled)


def _of_package(finding: Finding) -> Finding:
    """A finding without what is the image's own."""
    return replace(finding, installed=fleet_package(finding.installed, None).installed)


def _row(package: FleetPackage) -> tuple[str | bytes, ...]:
    own = package.installed.package
    known_as = normalised(OSV_ECOSYSTEMS.get(own.type, ""), own.name)
    source = own.source.name if own.source else ""
    return (package.id, storable(own.type), key(own.name), key(source), key(known_as), pack(package))


def _digests(connection: Connection, packages: Sequence[int]) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = {}
    for part in some(packages):
        asked = sa.select(FINDING.c.package, FINDING.c.id, FINDING.c.digest).where(FINDING.c.package.in_(part))
        found.update(((row.package, row.id), row.digest) for row in connection.execute(asked))
    return found
