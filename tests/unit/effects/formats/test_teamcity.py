import re

from oakum.effects.format import Page
from oakum.effects.formats.teamcity import teamcity
from oakum.model.decision import Decision
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

MESSAGE = re.compile(r"##teamcity\[[a-zA-Z]+( [a-zA-Z]+='(?:\|[|'nr\[\]]|\|0x[0-9A-F]{4}|[^|'\[\]\n\r])*')+\]")


def lines(name: str = "zlib1g", outcome: str = "deny") -> list[str]:
    found = report(
        finding("CVE-1", installed("deb", name, "1"), rating="critical", fixed=("2",)),
        decision=Decision(outcome, asked=True, reasons=("deny: [it] is 'bad'|\n",)),
    )
    return teamcity.write(found, Page()).decode().splitlines()


def test_every_line_is_one_message_whatever_a_name_holds() -> None:
    hostile = "x'] ##teamcity[buildStop comment='|\n\r\u2028\U0001f600"
    assert [line for line in lines(hostile) if not MESSAGE.fullmatch(line)] == []
    assert "|0xD83D|0xDE00" in "".join(lines(hostile))


def test_a_refusal_is_a_problem_and_a_pass_is_none() -> None:
    (problem,) = [line for line in lines() if "buildProblem" in line]
    assert "Oakum: deny: |[it|] is |'bad|'||" in problem
    assert len(re.findall("identity='([^']+)'", problem)[0]) <= 60
    assert not [line for line in lines(outcome="allow") if "buildProblem" in line]


def test_every_rating_is_a_number_also_when_it_is_nought() -> None:
    numbers = [line for line in lines() if "buildStatisticValue" in line]
    assert "##teamcity[buildStatisticValue key='oakum.critical' value='1']" in numbers
    assert "##teamcity[buildStatisticValue key='oakum.unscored' value='0']" in numbers


def test_the_problem_stays_the_same_for_the_same_reasons() -> None:
    first, second = ([line for line in lines() if "buildProblem" in line] for _ in range(2))
    assert first == second
