from oakum.decisions.criteria.signed_by import signed_by
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.subject import Subject
from oakum.testing.policies import made

SLSA = "https://slsa.dev/provenance/v1"


def of(*signed: Signed) -> Subject:
    return Subject("build", trust=Verified("sha256:1", signed))


def test_a_signature_by_the_key_counts_and_an_attestation_is_none() -> None:
    assert made(signed_by, matches=["key:1"])(of(Signed(SIGNATURE, "key:1", "tag"))) is True
    assert made(signed_by, matches=["key:2"])(of(Signed(SIGNATURE, "key:1", "tag"))) is False
    assert made(signed_by, matches=["key:*"])(of(Signed(SLSA, "key:1", "bundle"))) is False
    assert made(signed_by, matches=["key:*"])(Subject("build")) is None
