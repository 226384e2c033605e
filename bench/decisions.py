"""What a decision costs: python -m bench.decisions.

One image with 20,000 findings against 60 policies, a fleet with 200,000, and one admission of an image that a gate
knows, each against the limit that it is built for.
"""

import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from typing import Final

from msgspec.structs import replace

from oakum.apps.policy_files import builtin_names, policy_files
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.admit_workload import Door, admit_workload
from oakum.flows.kinds import CRITERIA
from oakum.flows.read_policies import criteria_of, read_policies
from oakum.model.advisory import Exploited
from oakum.model.artifact import Artifact
from oakum.model.finding import Finding
from oakum.model.inventory import Installed
from oakum.model.policy import Policy
from oakum.model.severity import Severity
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec, Workload
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image
from oakum.testing.report import finding
from oakum.testing.snapshots import door_of

_POLICIES: Final = 60
_RUNS: Final = 5
_ADMISSIONS: Final = 2_000
_ID: Final = "sha256:" + "1" * 64


def main() -> None:
    """Print what each costs, and how much of its limit that is."""
    chance = random.Random(1)  # noqa: S311 - the same findings each time
    policies = _policies()
    rules = Rules(policies, criteria_of(policies))
    large = image(*_findings(20_000, chance))
    fleet = [image(*_findings(1_000, chance)) for _ in range(200)]
    starter = read_policies(policy_files(["starter"]))
    _print("20,000 findings of one image", _times(lambda: judge(large, rules, NOW), _RUNS), 1.0)
    _print("200,000 findings of 200 images", _times(lambda: _all(fleet, rules), _RUNS), 3.0)
    for name, chosen in (("starter set", starter), (f"{len(policies)} policies", policies)):
        door = _door(chosen, chance)
        _print(f"one admission, {name}", _times(partial(admit_workload, _POD, door), _ADMISSIONS), 300e-6)


_POD: Final = Workload(
    "Deployment", "shop", "default", (ContainerSpec("web", "shop:1", _ID, privileged=False, user="1000"),)
)


def _policies() -> tuple[Policy, ...]:
    """What comes along, each judging every stage that it can."""
    found = read_policies(policy_files(builtin_names()))[:_POLICIES]
    return tuple(replace(one, then={"build": "deny", "deploy": "deny"}) for one in found)


def _findings(count: int, chance: random.Random) -> list[Finding]:
    packages = [installed("deb", f"package{number}", "1.0-1", layer=1) for number in range(400)]
    return [_finding(number, packages[number % len(packages)], chance) for number in range(count)]


def _finding(number: int, package: Installed, chance: random.Random) -> Finding:
    rating = chance.choice(["unscored", "low", "medium", "high", "critical"])
    found = finding(f"CVE-2026-{number}", package, rating=rating, fixed=chance.choice([(), ("1.0-2",)]))
    score = None if rating == "unscored" else chance.uniform(1, 10)
    return replace(
        found,
        severity=Severity(rating, found.severity.origin, score),
        exploited=Exploited("2026-01-01" if chance.random() < 0.01 else "", chance.random() ** 8),  # noqa: PLR2004
        published=chance.choice(["", "2026-11-20", "2026-01-01"]),
        cwes=chance.choice([(), ("CWE-79",), ("CWE-502",)]),
    )


def _door(policies: Sequence[Policy], chance: random.Random) -> Door:
    known = image(*_findings(300, chance), stage="deploy")
    artifact = replace(known.artifact or Artifact("", ""), image_id=_ID, names=("shop:1",))
    return door_of({_ID: replace(known, artifact=artifact)}, tuple(policies), CRITERIA, NOW)


def _all(fleet: Sequence[Subject], rules: Rules) -> None:
    for subject in fleet:
        judge(subject, rules, NOW, advise=False)


def _times(run: Callable[[], object], runs: int) -> list[float]:
    run()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return times


def _print(what: str, times: Sequence[float], limit: float) -> None:
    middle = median(times)
    print(f"{what:34} {_shown(middle):>10}   {middle / limit:5.2f} of the limit of {_shown(limit)}")


def _shown(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} us" if seconds < 1e-3 else f"{seconds:.2f} s"  # noqa: PLR2004


if __name__ == "__main__":
    main()
