"""Hold policies to the examples that their authors wrote below them: what they must match, and what not.

The examples are short forms of subjects: what a test does not name is as a sound image has it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final, Literal

from msgspec import Struct, ValidationError, convert
from msgspec.structs import replace

from oakum.decisions.files import rooted
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.facts.purl_package import package_of
from oakum.facts.stated import StatedPackage
from oakum.flows.read_policies import Written, criteria_of
from oakum.kit.errors import ConfigurationError
from oakum.model.advisory import Exploited
from oakum.model.artifact import Artifact, ImageConfig, Layer
from oakum.model.cve import Ssvc
from oakum.model.fact import Distribution, Gap, Package
from oakum.model.finding import Evidence, Finding
from oakum.model.inventory import ImageFile, Installed, Inventory
from oakum.model.severity import Severity
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.subject import STAGES, Change, Placement, Subject
from oakum.model.trust import TrustRule
from oakum.model.workload import ContainerSpec, Workload

BREACH: Final = "breach"
NOTHING: Final = "pass"
UNKNOWN: Final = "unknown"

_DAY: Final = "2026-11-01"
_PURL: Final = "pkg:deb/debian/zlib1g@1"


class _Ssvc(Struct, frozen=True, forbid_unknown_fields=True):
    exploitation: str = ""
    automatable: str = ""
    impact: str = ""


class _Finding(Struct, frozen=True, forbid_unknown_fields=True):
    """A vulnerability: a high one in a package of Debian, unless told."""

    id: str = "CVE-2026-1"
    aliases: tuple[str, ...] = ()
    package: str = _PURL
    severity: str = "high"
    score: float | None = None
    origin: str = "source"
    source: str = "osv:Debian"
    fixed: tuple[str, ...] = ()
    kev: bool = False
    epss: float | None = None
    published: str = ""
    cwes: tuple[str, ...] = ()
    ssvc: _Ssvc | None = None
    rejected: str = ""
    in_baseline: bool | None = None


class _Package(Struct, frozen=True, forbid_unknown_fields=True):
    purl: str
    licenses: tuple[str, ...] = ()
    scope: str = ""
    path: str = "var/lib/dpkg/status"
    guessed: str = ""
    layer: int = 0


class _Layer(Struct, frozen=True, forbid_unknown_fields=True):
    instruction: str = "RUN true"
    size: int = 1


class _Image(Struct, frozen=True, forbid_unknown_fields=True):
    """An image: one with a user of its own, unless told."""

    reference: str = "registry:registry.example/app:1"
    user: str = "app"
    created: str = ""
    platform: str = "linux/amd64"
    labels: dict[str, str] = {}
    environment: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    health: bool = False
    layers: tuple[_Layer, ...] = ()
    layer_count: int = 1


class _Container(ContainerSpec, frozen=True, forbid_unknown_fields=True):
    """A container; what is not named was not seen."""


class _Signed(Struct, frozen=True, forbid_unknown_fields=True):
    """What a key vouches for: a signature, unless told."""

    by: str
    predicate: str = SIGNATURE


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the image; with a mode when it has a special bit."""

    path: str
    mode: int = -1
    layer: int = 0


class _Workload(Struct, frozen=True, forbid_unknown_fields=True):
    kind: str = "Deployment"
    name: str = "app"
    account: str = ""
    token: bool | None = None
    asked_by: str = ""


class _Distribution(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    version: str = ""


class _Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """What is judged; a part that is not named was not collected, save that the image was read."""

    image: _Image | None = None
    distribution: _Distribution | None = None
    packages: tuple[_Package, ...] = ()
    findings: tuple[_Finding, ...] | None = None
    gaps: tuple[str, ...] = ()
    workload: _Workload = _Workload()
    containers: tuple[_Container, ...] | None = None
    changes: tuple[Change, ...] | None = None
    environment: str = ""
    cluster: str = ""
    namespace: str = ""
    labels: dict[str, str] = {}
    data: str = _DAY
    scanned: str = _DAY
    trust: tuple[_Signed, ...] | None = None
    trust_rule: TrustRule | None = None
    files: tuple[_File, ...] | None = None
    looked_for: tuple[str, ...] = ()


class _Test(Struct, frozen=True, forbid_unknown_fields=True):
    """One example.

    Attributes:
        expect: what the policy must say.
        name: of the example, for people.
        subject: what is judged.
        stage: where; by default the first that the policy names.
        today: the day on which it is judged.
    """

    expect: Literal["breach", "pass", "unknown"]
    subject: _Subject = _Subject()
    name: str = ""
    stage: Literal["build", "registry", "deploy", "run"] | None = None
    today: str = _DAY


class ExampleResult(Struct, frozen=True):
    """How one example went.

    Attributes:
        policy: whose it is.
        test: its name, or its number.
        place: file, line and column.
        expected: what the author wrote.
        found: what the policy says.
        why: the reason, where a criterion could not be computed.
    """

    policy: str
    test: str
    place: str
    expected: str
    found: str
    why: str = ""

    @property
    def passed(self) -> bool:
        """Whether the policy says what its author wrote."""
        return self.expected == self.found


def run_policy_tests(written: Iterable[Written]) -> Iterator[ExampleResult]:
    """Every example of every policy.

    Raises:
        ConfigurationError: an example has a mistake, with its place.
    """
    for one in written:
        rules = Rules((replace(one.policy, unknown="deny"),), criteria_of((one.policy,)))
        for number, test in enumerate(one.tests):
            place = one.place(f".tests[{number}]")
            said = _read(test, place)
            first = next(stage for stage in STAGES if stage in one.policy.then)
            found, why = _found(rules, said.stage or first, said, place)
            yield ExampleResult(one.policy.name, said.name or f"test {number + 1}", place, said.expect, found, why)


def _read(test: dict[str, Any], place: str) -> _Test:
    try:
        return convert(test, _Test, strict=False)
    except ValidationError as error:
        raise ConfigurationError(f"{place}: {error}") from None


def _found(rules: Rules, stage: str, test: _Test, place: str) -> tuple[str, str]:
    try:
        now = datetime.fromisoformat(f"{test.today}T12:00:00").replace(tzinfo=UTC)
    except ValueError:
        raise ConfigurationError(f"{place}: today is a day as 2026-11-01") from None
    breaches = judge(_subject(test.subject, stage, place), rules, now, advise=False).breaches
    if not breaches:
        return NOTHING, ""
    first = breaches[0]
    return UNKNOWN if first.unknown else BREACH, first.proofs[0].what if first.failed else ""


def _subject(said: _Subject, stage: str, place: str) -> Subject:
    findings = None if said.findings is None else tuple(_finding(one, place) for one in said.findings)
    packages = [*(_installed(one, place) for one in said.packages), *(one.installed for one in findings or ())]
    known = said.distribution
    distribution = Distribution(known.id, known.version, known.id, "etc/os-release") if known else None
    work = said.workload
    return Subject(
        stage=stage,
        artifact=_artifact(said.image) if said.image else None,
        inventory=_inventory(said, distribution, tuple(dict.fromkeys(packages))) if said.scanned else None,
        findings=findings,
        gaps=tuple(Gap(kind, "as the test says") for kind in said.gaps),
        workload=None
        if said.containers is None
        else Workload(work.kind, work.name, said.namespace, said.containers, work.asked_by, work.account, work.token),
        changes=said.changes,
        placement=Placement(said.environment, said.cluster, said.namespace, said.labels),
        data=said.data,
        scanned=said.scanned,
        trust=None
        if said.trust is None
        else Verified(
            "",
            tuple(Signed(one.predicate, one.by, "bundle") for one in said.trust),
            ruled=said.trust_rule is not None,
            rule=said.trust_rule,
        ),
    )


def _inventory(said: _Subject, distribution: Distribution | None, packages: tuple[Installed, ...]) -> Inventory:
    known = None if said.files is None else tuple(ImageFile(one.path, one.layer, one.mode) for one in said.files)
    special = None if known is None else tuple(one for one in known if one.mode >= 0)
    return Inventory(
        distribution, packages, special=special, looked_for=tuple(map(rooted, said.looked_for)), files=known or ()
    )


def _artifact(said: _Image) -> Artifact:
    shown = said.layers or (_Layer(),) * min(said.layer_count, 1_000)
    config = ImageConfig(
        said.user, said.ports, said.labels, said.entrypoint, said.command, said.created, said.environment, said.volumes,
        said.health,
    )  # fmt: skip
    layers = tuple(Layer(f"sha256:{number:064x}", "", one.instruction, one.size) for number, one in enumerate(shown))
    return Artifact(said.reference, "registry", platform=said.platform, layers=layers, config=config)


def _finding(said: _Finding, place: str) -> Finding:
    installed = _installed(_Package(said.package), place)
    severity = Severity(said.severity, "" if said.severity == "unscored" else said.origin, said.score)
    package = installed.package
    evidence = Evidence(said.id, said.source, "", "test", "", "", package.name, package.version, "", said.fixed)
    return Finding(
        said.id,
        said.aliases,
        installed,
        severity,
        said.fixed,
        Exploited("2026-01-01" if said.kev else "", said.epss, said.epss),
        (evidence,),
        published=said.published,
        ssvc=Ssvc(said.ssvc.exploitation, said.ssvc.automatable, said.ssvc.impact) if said.ssvc else None,
        cwes=said.cwes,
        rejected=said.rejected,
        in_baseline=said.in_baseline,
    )


def _installed(said: _Package, place: str) -> Installed:
    package = package_of(StatedPackage("", "", purl=said.purl, licenses=said.licenses, scope=said.scope), said.path)
    if not isinstance(package, Package):
        raise ConfigurationError(f"{place}: {said.purl[:100]!r} is no purl with a name")
    package = replace(package, licenses=said.licenses, guessed=said.guessed)
    return Installed(package, said.purl, said.layer, (said.path,))
