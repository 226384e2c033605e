from oakum.decisions.criteria.trusted import trusted
from oakum.model.inventory import Inventory
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.subject import Subject
from oakum.model.trust import TrustRule
from oakum.testing.policies import made

RULE = TrustRule("ours", ("r.example/**",), ("PEM",))


def of(found: Verified | None) -> Subject:
    return Subject("build", inventory=Inventory(), findings=(), trust=found)


def test_a_rule_and_all_that_it_wants() -> None:
    signed = (Signed(SIGNATURE, "key:1", "bundle"),)
    assert made(trusted)(of(Verified("sha256:1", signed, ruled=True, rule=RULE))) is True
    assert made(trusted)(of(Verified("sha256:1", (), ruled=True, rule=RULE))) is False
    assert made(trusted)(of(Verified("sha256:1", signed, ruled=True))) is False
    assert made(trusted)(of(Verified("sha256:1", signed))) is None
    assert made(trusted)(of(None)) is None
