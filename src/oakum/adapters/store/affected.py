"""From packages and findings to images, and on to the containers that run now."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from msgspec import Struct
from sqlalchemy.engine import Connection

from oakum.adapters.store.image_packages import Pairs, finding_of, package_of
from oakum.adapters.store.images import artifact_of
from oakum.adapters.store.tables import CONTAINER, FINDING, FINDING_NAME, IMAGE, IMAGE_PACKAGE, PACKAGE
from oakum.adapters.store.values import key, some
from oakum.model.finding import Finding
from oakum.model.fleet import Affected

_HELD: Final = sa.select(IMAGE_PACKAGE.c.package, IMAGE_PACKAGE.c.image, IMAGE_PACKAGE.c.layer)


class _Image(Struct, frozen=True):
    """What is said of an image in each of its rows."""

    image_id: str
    name: str
    owner: str
    instructions: tuple[str, ...]


def pairs_of(connection: Connection, packages: Collection[str], finding: str) -> Pairs:
    """Which packages are meant, with the finding where one was asked about."""
    numbers: set[int] = set()
    for part in some(sorted(packages)):
        numbers.update(connection.execute(sa.select(PACKAGE.c.number).where(PACKAGE.c.id.in_(part))).scalars())
    if not finding:
        return {(number, "") for number in numbers}
    asked = sa.select(FINDING_NAME.c.package, FINDING_NAME.c.id).where(FINDING_NAME.c.name == key(finding))
    rows = connection.execute(asked).all()
    return {(row.package, row.id) for row in rows if not packages or row.package in numbers}


def affected_by(connection: Connection, pairs: Pairs) -> list[Affected]:
    """The images that hold these packages, with the containers that run now; sorted by image and package."""
    numbers = sorted({number for number, _ in pairs})
    held = [
        tuple(row)
        for part in some(numbers)
        for row in connection.execute(_HELD.where(IMAGE_PACKAGE.c.package.in_(part)))
    ]
    images = _images(connection, sorted({image for _, image, _ in held}))
    running = _running(connection, sorted(images))
    packages = _packages(connection, numbers)
    findings = _findings(connection, pairs)
    asked: dict[int, list[str]] = {}
    for number, id_ in sorted(pairs):
        asked.setdefault(number, []).append(id_)
    rows = [
        _row(images[image], packages[number], layer, findings.get((number, id_)), running.get(image, ()))
        for number, image, layer in held
        for id_ in asked[number]
    ]
    return sorted(rows, key=lambda row: (row.image, row.image_id, row.package, row.purl, row.finding))


def _row(
    image: _Image, package: tuple[str, str], layer: int, finding: Finding | None, running: Sequence[tuple[str, str]]
) -> Affected:
    known = 0 <= layer < len(image.instructions)
    return Affected(
        image.image_id,
        image.name,
        purl=package[0],
        package=package[1],
        finding=finding.id if finding else "",
        fixed_versions=finding.fixed_versions if finding else (),
        layer=layer,
        instruction=image.instructions[layer] if known else "",
        owner=image.owner,
        containers=tuple(sorted({container for container, _ in running})),
        hosts=tuple(sorted({host for _, host in running})),
    )


def _images(connection: Connection, numbers: Sequence[int]) -> dict[int, _Image]:
    columns = (IMAGE.c.number, IMAGE.c.owner, IMAGE.c.head)
    found = {}
    for row in _in(connection, columns, IMAGE.c.number, numbers):
        artifact = artifact_of(row.head)
        name = next(iter(artifact.names), artifact.reference)
        layers = tuple(layer.instruction for layer in artifact.layers)
        found[row.number] = _Image(artifact.image_id, name, row.owner, layers)
    return found


def _running(connection: Connection, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Containers that run an image: by its id, or by its digest, which is what some engines know it by."""
    found: dict[int, list[tuple[str, str]]] = {}
    columns = (IMAGE.c.number, CONTAINER.c.id, CONTAINER.c.host)
    for mine, its in ((IMAGE.c.image_id, CONTAINER.c.image_id), (IMAGE.c.digest, CONTAINER.c.digest)):
        joined = IMAGE.join(CONTAINER, (mine == its) & (CONTAINER.c.runs == 1) & (mine != ""))
        for part in some(numbers):
            asked = sa.select(*columns).select_from(joined).where(IMAGE.c.number.in_(part))
            for number, id_, host in connection.execute(asked).all():
                found.setdefault(number, []).append((id_, host))
    return found


def _packages(connection: Connection, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    found = {}
    for row in _in(connection, (PACKAGE.c.number, PACKAGE.c.body), PACKAGE.c.number, numbers):
        installed = package_of(row.body).installed
        found[row.number] = (installed.purl, f"{installed.package.name} {installed.package.version}".strip())
    return found


def _findings(connection: Connection, pairs: Pairs) -> dict[tuple[int, str], Finding]:
    numbers = sorted({number for number, id_ in pairs if id_})
    columns = (FINDING.c.package, FINDING.c.id, FINDING.c.body)
    rows = _in(connection, columns, FINDING.c.package, numbers)
    return {(row.package, row.id): finding_of(row.body) for row in rows if (row.package, row.id) in pairs}


def _in(
    connection: Connection, columns: tuple["sa.Column[Any]", ...], column: "sa.Column[int]", numbers: Sequence[int]
) -> Iterable[Any]:
    for part in some(numbers):
        yield from connection.execute(sa.select(*columns).where(column.in_(part)))
