"""One record of the CVE list: only the needed fields are decoded, and each is bounded.

The format is the CVE record format, 5.0 to 5.2: a container of the numbering authority (CNA),
and containers of authorised data publishers (ADP), of which CISA is one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.intel.osv_record import Unusable, clean, date
from oakum.intel.severity_words import score_of, severity
from oakum.kit import limits
from oakum.model.cve import CveRecord, Ssvc
from oakum.model.severity import Severity

CISA: Final = "CISA-ADP"

_CVE: Final = re.compile(r"CVE-[0-9]{4}-[0-9]{4,19}")
_CWE: Final = re.compile(r"CWE-[0-9]{1,6}")
_DAY: Final = len("2026-01-01")
_NAME_CHARACTERS: Final = 60
_NO_REASON: Final = "the record gives no reason"
_SSVC: Final = {
    "Exploitation": frozenset({"none", "poc", "active"}),
    "Automatable": frozenset({"no", "yes"}),
    "Technical Impact": frozenset({"partial", "total"}),
}
"""The decision points that CISA answers for every record, with the answers there are (SSVC 2.0.3)."""


class _Cvss(Struct, frozen=True):
    vectorString: str = ""  # noqa: N815 - the format's own word
    baseScore: Any = None  # noqa: N815 - the format's own word


class _Other(Struct, frozen=True):
    type: str = ""
    content: Any = None


class _Metric(Struct, frozen=True):
    cvssV4_0: _Cvss | None = None  # noqa: N815 - the format's own word
    cvssV3_1: _Cvss | None = None  # noqa: N815 - the format's own word
    cvssV3_0: _Cvss | None = None  # noqa: N815 - the format's own word
    cvssV2_0: _Cvss | None = None  # noqa: N815 - the format's own word
    other: _Other | None = None


class _Description(Struct, frozen=True):
    cweId: str = ""  # noqa: N815 - the format's own word


class _Problem(Struct, frozen=True):
    descriptions: list[_Description] = []


class _Provider(Struct, frozen=True):
    shortName: str = ""  # noqa: N815 - the format's own word


class _Reason(Struct, frozen=True):
    value: str = ""


class _Container(Struct, frozen=True):
    providerMetadata: _Provider = _Provider()  # noqa: N815 - the format's own word
    title: str = ""
    metrics: list[_Metric] = []
    problemTypes: list[_Problem] = []  # noqa: N815 - the format's own word
    rejectedReasons: list[_Reason] = []  # noqa: N815 - the format's own word
    replacedBy: list[str] = []  # noqa: N815 - the format's own word


class _Containers(Struct, frozen=True):
    cna: _Container = _Container()
    adp: list[_Container] = []


class _About(Struct, frozen=True):
    cveId: str  # noqa: N815 - the format's own word
    state: str
    assignerShortName: str = ""  # noqa: N815 - the format's own word
    datePublished: str = ""  # noqa: N815 - the format's own word
    dateUpdated: str = ""  # noqa: N815 - the format's own word


class _Record(Struct, frozen=True):
    cveMetadata: _About  # noqa: N815 - the format's own word
    containers: _Containers


_decode: Final = msgspec.json.Decoder(_Record).decode


def cve_record(document: bytes) -> tuple[CveRecord, str]:
    """A record, and the date on which CISA added it to its catalog of exploited ones (or nothing).

    Raises:
        Unusable: it is no CVE record.
    """
    try:
        raw = _decode(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unusable(str(error)) from error
    about, cna = raw.cveMetadata, raw.containers.cna
    if not _CVE.fullmatch(about.cveId) or about.state not in {"PUBLISHED", "REJECTED"}:
        raise Unusable("it has no id, or a state that there is not")
    cisa = [one for one in raw.containers.adp if one.providerMetadata.shortName == CISA]
    asides = [metric.other for one in cisa for metric in _metrics(one) if metric.other]
    record = CveRecord(
        cve=about.cveId,
        cna=_severity([cna], "cna"),
        adp=_severity(cisa, "adp"),
        assigner=clean(about.assignerShortName or cna.providerMetadata.shortName, _NAME_CHARACTERS),
        ssvc=_ssvc(asides),
        cwes=_cwes([cna, *cisa]),
        title=clean(cna.title, limits.SUMMARY_CHARACTERS),
        published=date(about.datePublished)[:_DAY],
        modified=date(about.dateUpdated)[:_DAY],
    )
    return (record, _kev(asides)) if about.state == "PUBLISHED" else (_rejected(record, cna), "")


def _rejected(record: CveRecord, cna: _Container) -> CveRecord:
    """A rejected record: why, and which ids are meant instead, as the record lists them or its reason names them."""
    reasons = " ".join(reason.value for reason in cna.rejectedReasons[: limits.CVE_METRICS])
    named = [*cna.replacedBy[: limits.CVE_METRICS], *_CVE.findall(reasons[: limits.FIELD_CHARACTERS])]
    instead = dict.fromkeys(one for one in named if _CVE.fullmatch(one) and one != record.cve)
    reason = clean(" ".join(reasons.split()), limits.SUMMARY_CHARACTERS) or _NO_REASON
    return CveRecord(record.cve, published=record.published, modified=record.modified, assigner=record.assigner,
                     rejected=reason, instead=tuple(instead))  # fmt: skip


def _metrics(container: _Container) -> Sequence[_Metric]:
    return container.metrics[: limits.CVE_METRICS]


def _severity(containers: Sequence[_Container], origin: str) -> Severity:
    """The rating of a party: its word where it has one, else its newest CVSS; among several vectors the worst."""
    metrics = [metric for container in containers for metric in _metrics(container)]
    if not metrics:
        return Severity()
    rated = [(kind, cvss) for metric in metrics for kind, cvss in _vectors(metric)]
    worst = sorted(rated, key=lambda one: score_of(one[0], one[1].vectorString) or 0.0)
    numbers = [cvss.baseScore for _, cvss in rated]
    words = [word for metric in metrics if metric.other for word in _words(metric.other)]
    found = severity(words, [(kind, cvss.vectorString) for kind, cvss in worst], numbers)
    return replace(found, origin=origin) if found.origin else found


def _vectors(metric: _Metric) -> Iterator[tuple[str, _Cvss]]:
    for kind, cvss in (
        ("CVSS_V4", metric.cvssV4_0),
        ("CVSS_V3", metric.cvssV3_1),
        ("CVSS_V3", metric.cvssV3_0),
        ("CVSS_V2", metric.cvssV2_0),
    ):
        if cvss is not None and len(cvss.vectorString) <= limits.VECTOR_CHARACTERS:
            yield kind, cvss


def _words(other: _Other) -> Iterator[str]:
    """A CNA's own word (``Red Hat severity rating``, ``Textual description of severity``)."""
    if "severity" in other.type.lower() and isinstance(other.content, dict):
        for key in ("value", "text"):
            if isinstance(word := other.content.get(key), str):
                yield word


def _ssvc(asides: Sequence[_Other]) -> Ssvc | None:
    """The answers of the first decision tree; an answer that the tree does not have is left out."""
    for other in asides:
        options = other.content.get("options") if other.type == "ssvc" and isinstance(other.content, dict) else None
        if isinstance(options, list):
            given = {point: word for one in options if isinstance(one, dict) for point, word in one.items()}
            return Ssvc(*(_answer(given.get(point), known) for point, known in _SSVC.items()))
    return None


def _answer(word: object, known: frozenset[str]) -> str:
    return word.lower() if isinstance(word, str) and word.lower() in known else ""


def _kev(asides: Sequence[_Other]) -> str:
    for other in asides:
        added = other.content.get("dateAdded") if other.type == "kev" and isinstance(other.content, dict) else None
        if isinstance(added, str) and date(added):
            return date(added)[:_DAY]
    return ""


def _cwes(containers: Sequence[_Container]) -> tuple[str, ...]:
    problems = [one for container in containers for one in container.problemTypes[: limits.CVE_METRICS]]
    ids = (description.cweId for one in problems for description in one.descriptions[: limits.CVE_METRICS])
    return tuple(dict.fromkeys(one for one in ids if _CWE.fullmatch(one)))[: limits.CVE_METRICS]
