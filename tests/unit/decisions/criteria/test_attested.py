from oakum.decisions.criteria.attested import attested
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.subject import Subject
from oakum.testing.policies import made

SLSA = "https://slsa.dev/provenance/v1"


def of(*signed: Signed) -> Subject:
    return Subject("build", trust=Verified("sha256:1", signed))


def test_the_type_is_what_counts() -> None:
    assert made(attested, matches=["https://slsa.dev/**"])(of(Signed(SLSA, "key:1", "bundle"))) is True
    assert made(attested, matches=["https://slsa.dev/**"])(of(Signed(SIGNATURE, "key:1", "tag"))) is False
    assert made(attested, matches=["**"])(Subject("build")) is None
