"""The JSON report as a document: its fields, in their order, and the schema that they give.

The document has structs of its own, so that the nouns may change without changing what
programs read. A field is added freely; one that is renamed or removed raises ``SCHEMA``.
"""

from typing import Any, Final

import msgspec
from msgspec import Struct

SCHEMA: Final = "oakum.report/1"


class Tool(Struct, frozen=True):
    """What wrote the report."""

    name: str
    version: str


class LayerRow(Struct, frozen=True):
    """A layer of the artifact, from the base upward."""

    index: int
    digest: str
    diff_id: str
    instruction: str


class LayerPlace(Struct, frozen=True):
    """The layer that brought a package."""

    index: int
    digest: str
    instruction: str


class ArtifactPart(Struct, frozen=True):
    """What was opened."""

    reference: str
    kind: str
    digest: str
    image_id: str
    names: tuple[str, ...]
    platform: str
    layers: tuple[LayerRow, ...]


class DistributionPart(Struct, frozen=True):
    """What os-release says."""

    id: str
    version: str
    name: str
    codename: str
    like: tuple[str, ...]
    path: str


class SourceRow(Struct, frozen=True):
    """A distribution's source package."""

    name: str
    version: str


class PackageRow(Struct, frozen=True):
    """An installed package; ``owner`` is the purl of the distribution's package that owns it.

    ``depends`` is what it needs by name, or by name and version, where its source says so.
    """

    type: str
    name: str
    version: str
    purl: str
    arch: str
    source: SourceRow | None
    licenses: tuple[str, ...]
    paths: tuple[str, ...]
    layer: LayerPlace | None
    owner: str
    depends: tuple[str, ...] = ()
    scope: str = ""
    module: str = ""
    guessed: str = ""


class PackageName(Struct, frozen=True):
    """Which package a finding is about."""

    name: str
    version: str
    type: str
    purl: str


class SeverityPart(Struct, frozen=True):
    """A rating and who gave it: ``source``, ``cvss``, ``cna``, ``adp`` or nobody."""

    rating: str
    origin: str
    score: float | None
    vector: str


class RatingRow(Struct, frozen=True):
    """What one party says: ``by`` is the advisory with its source, the CVE record's authority, or ``CISA-ADP``."""

    rating: str
    origin: str
    by: str
    score: float | None
    vector: str


class SsvcPart(Struct, frozen=True):
    """CISA's answers: exploitation none, poc, active; automatable no, yes; impact partial, total; empty: not said."""

    exploitation: str
    automatable: str
    technical_impact: str


class Epss(Struct, frozen=True):
    """FIRST EPSS: probability of exploitation within 30 days, and its percentile."""

    probability: float
    percentile: float | None


class EvidenceRow(Struct, frozen=True):
    """What one record says, and what was compared."""

    advisory: str
    source: str
    modified: str
    matcher: str
    scheme: str
    ecosystem: str
    name: str
    version: str
    range: str
    fixed: tuple[str, ...]
    severity: SeverityPart
    url: str


class VulnerabilityRow(Struct, frozen=True):
    """A vulnerability in a package; ``kev`` is the date on which CISA listed it.

    ``ratings`` are what everybody says, the taken one first; ``rejected`` is why the CVE list withdrew the id.
    """

    id: str
    aliases: tuple[str, ...]
    package: PackageName
    severity: SeverityPart
    fixed_versions: tuple[str, ...]
    kev: str | None
    epss: Epss | None
    layer: LayerPlace | None
    paths: tuple[str, ...]
    evidence: tuple[EvidenceRow, ...]
    summary: str
    published: str
    ratings: tuple[RatingRow, ...]
    ssvc: SsvcPart | None
    cwes: tuple[str, ...]
    rejected: str | None
    take: str = ""


class SuppressedRow(Struct, frozen=True):
    """What was deliberately not counted, and why; ``waiver`` is where somebody accepted it."""

    package: PackageName
    reason: str
    advisory: str
    evidence: EvidenceRow | None
    waiver: str


class GapRow(Struct, frozen=True):
    """What is unknown; ``blind`` when a part of the artifact was not judged at all.

    ``stage`` says where it was seen: ``reading`` the artifact, or ``judging`` its packages.
    """

    kind: str
    blind: bool
    what: str
    path: str
    layer: str
    stage: str = "reading"


class Counts(Struct, frozen=True):
    """Findings by rating."""

    critical: int
    high: int
    medium: int
    low: int
    negligible: int
    unscored: int


class Summary(Struct, frozen=True):
    """The report in numbers; ``fixable`` and ``kev`` count findings."""

    severities: Counts
    fixable: int
    kev: int
    gaps: int
    packages: int


class AskedPart(Struct, frozen=True):
    """The gate's word; ``asked`` is false where no gate was asked for."""

    outcome: str
    asked: bool
    reasons: tuple[str, ...]


class DataSource(Struct, frozen=True):
    """A source of the advisories at the revision that was used."""

    name: str
    revision: str
    records: int
    newest: str
    skipped: int
    taken: str


class EcosystemRow(Struct, frozen=True):
    """What the data knows of an ecosystem; ``fixed_only``: the unfixed are unknown."""

    ecosystem: str
    records: int
    fixed_only: bool
    newest: str


class DatabasePart(Struct, frozen=True):
    """The advisories that the report rests on."""

    digest: str
    built: str
    schema: int
    starter: bool
    sources: tuple[DataSource, ...]
    ecosystems: tuple[EcosystemRow, ...]
    checked: str


class ConfinementPart(Struct, frozen=True):
    """How the process that read the artifact was confined; ``network`` is ``none``, ``no-tcp`` or ``open``."""

    landlock: int
    seccomp: bool
    network: str
    weaknesses: tuple[str, ...]


class StatedRow(Struct, frozen=True):
    """An SBOM that the packages were read from, where the target is one."""

    form: str
    path: str
    tool: str
    subject: str
    version: str
    digest: str


class Document(Struct, frozen=True):
    """A report of Oakum."""

    schema: str
    tool: Tool
    created: str
    scanners: tuple[str, ...]
    artifact: ArtifactPart
    distribution: DistributionPart | None
    packages: tuple[PackageRow, ...]
    vulnerabilities: tuple[VulnerabilityRow, ...]
    suppressed: tuple[SuppressedRow, ...]
    gaps: tuple[GapRow, ...]
    summary: Summary
    decision: AskedPart
    database: DatabasePart | None
    confinement: ConfinementPart | None
    documents: tuple[StatedRow, ...] = ()


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the document (draft 2020-12), as docs/reference/report-schema.json has it."""
    schema = msgspec.json.schema(Document)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}


def schema_text() -> str:
    """The schema as its file in the documentation holds it; a test compares the two."""
    return msgspec.json.format(msgspec.json.encode(json_schema(), order="sorted"), indent=2).decode() + "\n"
