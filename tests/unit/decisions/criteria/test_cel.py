import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions import expressions
from oakum.decisions.answers import Failed
from oakum.decisions.criteria.cel import Cel, cel
from oakum.kit.errors import ConfigurationError
from oakum.model.inventory import Inventory
from oakum.model.subject import Placement, Subject
from oakum.testing.inventory import installed
from oakum.testing.policies import deployed, image, made, spec
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1", layer=1)
BAD = image(finding("CVE-1", ZLIB, rating="high", fixed=("2",)))
MANY = replace(BAD, inventory=Inventory(packages=tuple(installed("deb", f"p{n}", "1") for n in range(110))))


@pytest.mark.parametrize(
    ("expression", "subject", "answer"),
    [
        ("findings.exists(f, f.installed.package.name == 'zlib1g' && f.installed.layer == 1)", BAD, True),
        ("findings.exists(f, f.severity.rating == 'critical')", BAD, False),
        ("stage == 'build' && artifact.config.user == '1000'", BAD, True),
        ("artifact.layers[1].instruction.startsWith('RUN')", BAD, True),
        ("workload == null && changes == null && trust == null && database == null", BAD, True),
        ("workload != null && workload.name == 'x'", BAD, False),
        ("workload.containers.all(c, c.privileged == true)", deployed(spec(privileged=True)), True),
        ("has(placement.labels.team) && placement.labels.team == 'web'", BAD, False),
        ("placement.labels.team == 'web'", replace(BAD, placement=Placement(labels={"team": "web"})), True),
        ("data < today", replace(BAD, data="2026-11-24"), True),
        ("today == '2026-11-25'", BAD, True),
        ("gaps.size() > 0", BAD, False),
    ],
)
def test_an_expression_says_yes_or_no_of_the_parts(
    expression: str,
    subject: Subject,
    answer: bool,  # noqa: FBT001 - a column
) -> None:
    assert made(cel, expression=expression)(subject) is answer


@pytest.mark.parametrize(
    ("expression", "subject", "why"),
    [
        ("workload.kind == 'Pod'", BAD, "Applying SELECT to non-message type (not collected: workload)"),
        ("findings.exists(f, true)", replace(BAD, findings=None), "(not collected: findings)"),
        ("data < '2026-01-01'", BAD, "(not collected: data)"),
        ("findings.all(f, f.severity.rank == 1)", BAD, 'Key not found in map : "rank"'),
        ("artifact.layers[7].size > 0", BAD, "index=7"),
        ("9223372036854775807 - -findings.size() > 0", BAD, "integer overflow"),
        ("1 / gaps.size() > 0", BAD, "divide by zero"),
        ("stage.matches('[')", BAD, "invalid regular expression"),
        ("inventory.packages.all(a, inventory.packages.all(b, true))", MANY, "Iteration budget exceeded"),
    ],
)
def test_what_cannot_be_computed_fails_with_its_reason(expression: str, subject: Subject, why: str) -> None:
    said = made(cel, expression=expression)(subject)
    assert isinstance(said, Failed)
    assert why in said.why


def test_all_loops_of_an_evaluation_have_one_budget() -> None:
    """The engine's: an update that takes it away must not pass."""
    loop = "[0,1,2,3,4,5,6,7,8,9]"
    thousand = f"{loop}.all(a, {loop}.all(b, {loop}.all(c, a * b * c >= 0)))"
    few, many = " && ".join([thousand] * 7), " && ".join([thousand] * 10)
    assert made(cel, expression=few)(BAD) is True
    assert made(cel, expression=many)(BAD) == Failed("Iteration budget exceeded")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("stage ==", "does not compile: 1:9: Syntax error"),
        ("true &&\n  stages == 'build'", "does not compile: 2:3: undeclared reference to 'stages'"),
        ("stage == 1", "does not compile: 1:7: found no matching overload for '_==_' applied to '(string, int)'"),
        ("stage + stage == 'a'", "does not compile: 1:7: + is left out"),
        ("(" * 300 + "true" + ")" * 300, "does not compile: Expression recursion limit exceeded"),
        ("stage", "gives string, not bool"),
        ("2 - 1", "gives int, not bool"),
        ("workload.token", "gives dyn, not bool"),
    ],
)
def test_what_is_no_expression_that_gives_a_bool_is_refused(expression: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match="expression") as caught:
        made(cel, expression=expression)
    assert message in str(caught.value)


def test_without_the_engine_the_hint_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    expressions._environment.cache_clear()  # noqa: SLF001 - as in a process that asked for none yet
    with pytest.raises(ConfigurationError, match="the engine of CEL is not installed") as caught:
        made(cel, expression="true")
    assert caught.value.hint == "pip install 'oakum[cel]'"


def test_texts_that_the_engine_cannot_take_fail() -> None:
    broken = replace(BAD, placement=Placement(cluster="\ud800"))
    assert isinstance(made(cel, expression="placement.cluster == 'x'")(broken), Failed)


def test_each_subject_and_each_day_is_prepared_anew() -> None:
    ready: Any = made(cel, expression="stage == 'build' && today == '2026-11-25'")
    other: Any = cel.make(Cel("stage == 'build' && today == '2026-11-25'"), datetime(2026, 11, 26, tzinfo=UTC))
    assert [ready(BAD), other(BAD), ready(replace(BAD, stage="run")), ready(BAD)] == [True, False, False, True]
