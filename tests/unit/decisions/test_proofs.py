from oakum.decisions.proofs import not_collected, proof, proof_of_subject
from oakum.model.policy import All, Check, Not
from oakum.model.subject import Subject
from oakum.testing.inventory import installed
from oakum.testing.policies import image, policy
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1", layer=1)


def test_each_kind_of_candidate_has_its_sentence() -> None:
    subject = image(finding("CVE-1", ZLIB))
    package = proof(ZLIB, subject)
    assert package is not None
    assert (package.what, package.purl, package.instruction) == ("zlib1g 1", ZLIB.purl, "RUN install")
    unfixed = proof(finding("CVE-1", ZLIB), subject)
    assert unfixed is not None
    assert unfixed.remedy == "no fix is known"
    assert proof(subject, subject) is None


def test_the_subject_as_a_whole_is_proved_by_the_criteria() -> None:
    condition = All((Check("runs_as_root"), Check("known_for", {"days": 3})))
    assert proof_of_subject(policy("x", condition), Subject("build")).what == "holds: runs_as_root, known_for (days: 3)"
    turned = All((Not(Check("trusted")), Not(Not(Check("privileged")))))
    assert proof_of_subject(policy("x", turned), Subject("build")).what == "holds: not trusted, privileged"
    assert not_collected("finding").what == "not known: vulnerabilities"
