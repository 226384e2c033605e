"""From the inventory to findings, in two pure steps around the flow's one look-up.

``advisory_keys`` says what to ask, the flow looks it up, ``match`` compares. The same two
steps over stored facts judge an old scan by new advisories.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from oakum.findings.matcher import Matcher, left_to_owner
from oakum.findings.merge import Affecting, merge
from oakum.findings.ranges import Compared, Verdict, judge
from oakum.model.advisory import Advisory, AdvisoryKey, Exploited
from oakum.model.ecosystems import ordering
from oakum.model.fact import Distribution, Gap
from oakum.model.finding import Finding, Suppressed
from oakum.model.gaps import NO_ADVISORY_DATA, UNCOMPARABLE_VERSION
from oakum.model.inventory import Installed, Inventory
from oakum.model.scheme import Scheme

Known = Mapping[AdvisoryKey, Sequence[Advisory]]


class Question(Struct, frozen=True):
    """What one matcher asks about one package."""

    installed: Installed
    key: AdvisoryKey
    matcher: str


class Asked(Struct, frozen=True):
    """All questions about an inventory, and what needs none or cannot be asked.

    Attributes:
        questions: in the inventory's order.
        suppressed: packages that are deliberately not asked about.
        gaps: packages that cannot be asked about, equal ones counted together.
    """

    questions: tuple[Question, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    gaps: tuple[Gap, ...] = ()

    @property
    def keys(self) -> frozenset[AdvisoryKey]:
        """What to look up, each once."""
        return frozenset(question.key for question in self.questions)

    @property
    def ecosystems(self) -> tuple[str, ...]:
        """Whose advisories are asked, sorted."""
        return tuple(sorted({question.key.ecosystem for question in self.questions}))


class Matched(Struct, frozen=True):
    """What came of the questions.

    Attributes:
        findings: worst first.
        suppressed: packages that were deliberately not asked about.
        gaps: packages that could not be asked about or compared.
    """

    findings: tuple[Finding, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    gaps: tuple[Gap, ...] = ()


def advisory_keys(inventory: Inventory, matchers: Sequence[Matcher]) -> Asked:
    """What to ask the advisories about an inventory."""
    by_type: dict[str, list[Matcher]] = {}
    for one in matchers:
        for purl_type in one.types:
            by_type.setdefault(purl_type, []).append(one)
    questions: list[Question] = []
    suppressed: list[Suppressed] = []
    gaps: list[Gap] = []
    for installed in inventory.packages:
        asking = by_type.get(installed.package.type, ())
        if not asking and installed.owner:
            suppressed.append(left_to_owner(installed))
        elif not asking:
            gaps.append(_unasked(installed))
        for one in asking:
            _sort_answers(installed, one, inventory.distribution, (questions, suppressed, gaps))
    return Asked(tuple(questions), tuple(suppressed), _counted(gaps))


def match(asked: Asked, known: Known, schemes: Mapping[str, Scheme]) -> Matched:
    """The findings among what was looked up.

    Args:
        asked: from ``advisory_keys``.
        known: what the look-up gave.
        schemes: version schemes by ecosystem without its release.
    """
    compared = {ecosystem: Compared(found) for ecosystem, found in schemes.items()}
    findings: list[Finding] = []
    gaps = list(asked.gaps)
    for (_, kin, _), together in groupby(asked.questions, _same_package):
        questions = [question for question in together if known.get(question.key)]
        if not questions:
            continue
        versions = compared.get(kin)
        if versions is None:
            gaps.append(_uncompared(questions[0], f"no version scheme of {questions[0].key.ecosystem} is known"))
            continue
        judged = [_judge(question, known[question.key], versions) for question in questions]
        findings.extend(merge(questions[0].installed, [one for affecting, _ in judged for one in affecting], versions))
        unknown = [one for _, unclear in judged for one in unclear]
        if unknown:
            gaps.append(_uncompared(questions[0], _reason(unknown)))
    return Matched(worst_first(findings), asked.suppressed, tuple(gaps))


def cve_ids(findings: Sequence[Finding]) -> frozenset[str]:
    """The ids to look up in the catalogues of exploited vulnerabilities."""
    return frozenset(name for finding in findings for name in _names(finding) if name.startswith("CVE-"))


def with_exploited(findings: Sequence[Finding], exploited: Mapping[str, Exploited]) -> tuple[Finding, ...]:
    """The findings with what is known of their exploitation, worst first."""
    return worst_first([_exploited(finding, exploited) for finding in findings])


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings by rating, then known exploited ones, then by score, EPSS, package and id."""
    return tuple(sorted(findings, key=_badness))


def _unasked(installed: Installed) -> Gap:
    """A cataloger may come before the matcher of its packages: listed, but judged by nobody, is not clean."""
    what = f"nothing judges packages of the type {installed.package.type}"
    return Gap(NO_ADVISORY_DATA, what, installed.package.path)


def _sort_answers(
    installed: Installed,
    one: Matcher,
    distribution: Distribution | None,
    into: tuple[list[Question], list[Suppressed], list[Gap]],
) -> None:
    questions, suppressed, gaps = into
    for answer in one.ask(installed, distribution):
        if isinstance(answer, AdvisoryKey):
            questions.append(Question(installed, answer, one.id))
        elif isinstance(answer, Suppressed):
            suppressed.append(answer)
        else:
            gaps.append(answer)


def _counted(gaps: Sequence[Gap]) -> tuple[Gap, ...]:
    """Gaps that say the same become one with their number; its path is the first one's, as an example."""
    same: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        same.setdefault((gap.kind, gap.what), []).append(gap)
    return tuple(
        group[0] if len(group) == 1 else Gap(kind, f"{what} ({len(group)} packages)", group[0].path, group[0].layer)
        for (kind, what), group in same.items()
    )


def _same_package(question: Question) -> tuple[int, str, str]:
    """A package may be asked about by several names; what they answer is about one vulnerability or the other."""
    return id(question.installed), ordering(question.key.ecosystem), question.key.version


def _judge(
    question: Question, advisories: Sequence[Advisory], versions: Compared
) -> tuple[list[Affecting], list[tuple[Advisory, Verdict]]]:
    affecting: list[Affecting] = []
    unknown: list[tuple[Advisory, Verdict]] = []
    for advisory in advisories:
        verdict = judge(advisory, question.key.version, versions)
        if verdict.affected:
            affecting.append(Affecting(advisory, question.key, question.matcher, verdict.words))
        elif verdict.affected is None:
            unknown.append((advisory, verdict))
    return affecting, unknown


def _reason(unknown: Sequence[tuple[Advisory, Verdict]]) -> str:
    advisory, verdict = unknown[0]
    more = f" and {len(unknown) - 1} more" if len(unknown) > 1 else ""
    return f"{advisory.id}{more}: {verdict.words}"


def _uncompared(question: Question, reason: str) -> Gap:
    what = f"{question.key.name} {question.key.version or '(no version)'} cannot be compared: {reason}"
    return Gap(UNCOMPARABLE_VERSION, what, question.installed.package.path)


def _names(finding: Finding) -> Iterator[str]:
    yield finding.id
    yield from finding.aliases


def _exploited(finding: Finding, exploited: Mapping[str, Exploited]) -> Finding:
    """The id's own entry first; an alias is asked only where the id has none."""
    found = next((exploited[name] for name in _names(finding) if name in exploited), None)
    return finding if found is None else replace(finding, exploited=found)


def _badness(finding: Finding) -> tuple[object, ...]:
    package = finding.installed.package
    return (
        -finding.severity.rank,
        not finding.exploited.kev,
        -(finding.severity.score or 0.0),
        -(finding.exploited.epss or 0.0),
        package.name,
        package.version,
        package.path,
        finding.installed.layer,
        finding.id,
    )
