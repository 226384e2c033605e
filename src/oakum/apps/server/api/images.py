"""Resource ``images``."""

from collections.abc import Sequence

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct

from oakum.apps.server.auth.doors import READERS, ROLES
from oakum.apps.server.backing import Backing, trust_at
from oakum.apps.server.resource import After, Id, Limit, Page, Text, resource
from oakum.decisions.trust import verdict
from oakum.effects.json_document import Document
from oakum.effects.report_document import report_document
from oakum.flows.current_names import current_names
from oakum.model.api import ImageRow
from oakum.model.fleet import Container, FleetImage, TagMove
from oakum.model.judgement import Judgement
from oakum.model.report import Report
from oakum.model.subject import Subject
from oakum.model.trust import TrustVerdict

_JUDGEMENTS = 20


class ImageWhole(Struct, frozen=True):
    """One image with all that is known of it.

    Attributes:
        report: what is in it and what is wrong with it, in the form of ``oakum scan -f json``.
        source: who read it: ``server``, or ``token:NAME`` of the gate that said so.
        tags: that point at it now.
        containers: that run of it now.
        judgements: of it, the newest first.
        trust: whether the trust rules trust it, and why; None where there are none, or nobody looked yet.
    """

    report: Document
    source: str
    tags: tuple[TagMove, ...] = ()
    containers: tuple[Container, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    trust: TrustVerdict | None = None


@resource(version=1)
def images(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Images: what is in them, and what runs of them."""
    fleet, ledger = backing.fleet, backing.ledger

    @get("/images", opt={ROLES: READERS}, sync_to_thread=True, summary="Images, by name")
    def listed(search: Text = "", after: After = "", limit: Limit = 100) -> Page[ImageRow]:
        found, following = fleet.images(after=after, limit=limit, search=search)
        return Page(rows(backing, found), following)

    @get("/images/{image_id:path}", opt={ROLES: READERS}, sync_to_thread=True, summary="One image, whole")
    def whole(image_id: Id) -> ImageWhole:
        known = fleet.image(image_id.lstrip("/"))
        if known is None:
            raise NotFoundException("no image is known by this")
        image, findings = known
        artifact = image.artifact
        report = Report(artifact, image.inventory, tuple(findings), created=image.assessed)
        id_ = artifact.image_id
        running, _ = fleet.containers(image_id=id_, limit=500)
        judgements, _ = ledger.judgements(image_id=id_, limit=_JUDGEMENTS)
        tags = tuple(fleet.tags(id_))
        found = trust_at(backing, id_)
        subject = Subject(
            "deploy", artifact, image.inventory, tuple(findings), scanned=image.assessed[:10], trust=found
        )
        trust = verdict(subject) if found else None
        return ImageWhole(report_document(report), image.source, tags, tuple(running), tuple(judgements), trust)

    return listed, whole


def rows(backing: Backing, found: Sequence[FleetImage]) -> list[ImageRow]:
    """Images as a list shows them."""
    ids = [image.artifact.image_id for image in found]
    counts, outcomes = backing.fleet.counts(ids), backing.ledger.outcomes(ids)
    made = []
    for image in found:
        artifact = image.artifact
        counted = counts.get(artifact.image_id)
        names = current_names(backing.fleet, artifact)
        row = ImageRow(
            artifact.image_id,
            next(iter(names), artifact.reference),
            names=names,
            digest=artifact.digest,
            platform=artifact.platform,
            packages=counted.packages if counted else 0,
            findings=counted.findings if counted else {},
            running=counted.running if counted else 0,
            outcome=outcomes.get(artifact.image_id, ""),
            assessed=image.assessed,
        )
        made.append(row)
    return made
