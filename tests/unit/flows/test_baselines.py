from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.decisions.waivers import waive
from oakum.flows.baselines import bare, baseline_of, known, marked
from oakum.flows.kinds import CRITERIA
from oakum.model.policy import Check
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding, report

ROOT = policy("root", Check("runs_as_root"))
NAMED = policy("named", Check("package", {"name": "zlib1g"}))
RULES = Rules((ROOT, NAMED), {name: CRITERIA.load(name) for name in ("runs_as_root", "package")})


@given(
    st.sampled_from(["deb", "npm", "maven"]),
    st.sampled_from(["zlib1g", "@scope/name", "org.apache:log4j"]),
    st.sampled_from(["1", "2.0-1+b1"]),
    st.sampled_from(["1", "3"]),
    st.integers(0, 3),
)
def test_a_finding_is_the_same_after_a_rebuild_whatever_its_version_layer_and_file(
    kind: str, name: str, before: str, after: str, layer: int
) -> None:
    old = finding("CVE-1", installed(kind, name, before))
    new = finding("CVE-1", replace(installed(kind, name, after, layer=layer), paths=("elsewhere/x",)))
    other = finding("CVE-2", installed(kind, name, after))
    baseline = baseline_of(report(old), judge(image(old), RULES, NOW))
    accepted = waive([new, other], known(baseline, "b"), NOW)
    assert [one.advisory for one in accepted.suppressed] == ["CVE-1"]
    assert [one.in_baseline for one in marked(report(new, other), baseline).findings] == [True, False]


def test_an_alias_is_the_same_vulnerability() -> None:
    old = replace(finding("CVE-1", installed("deb", "zlib1g", "1")), aliases=("GHSA-1",))
    new = finding("GHSA-1", installed("deb", "zlib1g", "1"))
    baseline = baseline_of(report(old), judge(image(old), RULES, NOW))
    assert waive([new], known(baseline, "b"), NOW).findings == ()


def test_what_policies_said_before_is_known_too_and_nothing_else() -> None:
    before = image(finding("CVE-1", installed("deb", "zlib1g", "1")), user="0")
    judgement = judge(before, RULES, NOW)
    baseline = baseline_of(report(*before.findings or ()), judgement)
    assert [(one.policy, one.package) for one in baseline.breaches] == [("named", "pkg:deb/zlib1g"), ("root", "")]
    only_new = Rules(RULES.policies, RULES.criteria, known(baseline, "b"))
    assert judge(before, only_new, NOW).outcome == "allow"
    more = image(finding("CVE-1", installed("deb", "zlib1g", "2")), user="0")
    assert judge(more, only_new, NOW).outcome == "allow"
    assert judge(more, RULES, NOW).outcome == "deny"


def test_a_purl_without_its_version() -> None:
    assert bare("pkg:npm/%40scope/name@1.0?x=y") == "pkg:npm/%40scope/name"
    assert bare("pkg:deb/debian/zlib1g") == "pkg:deb/debian/zlib1g"
    assert bare("") == ""
