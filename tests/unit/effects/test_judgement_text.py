from oakum.effects.format import Page
from oakum.effects.judgement_text import judgement_text
from oakum.model.judgement import Breach, Flip, Judgement, Proof, Upgrade

PROOFS = tuple(Proof(f"CVE-{number} (high) in zlib1g 1", layer=1, instruction="RUN install") for number in range(7))
BREACH = Breach("severe", "Nothing severe", "high", "deny", proofs=PROOFS, remediation="Rebuild.")


def judgement(outcome: str, *breaches: Breach, flip: Flip | None = None) -> Judgement:
    return Judgement("sha256:" + "a" * 64, "build", outcome, "s", "p", "w", "d", "2026-11-25", breaches, flip)


def test_a_refusal_says_why_and_what_passes() -> None:
    flip = Flip((Upgrade("zlib1g", "deb", "1", "2", 1, "RUN install", 3),))
    said = judgement_text(judgement("deny", BREACH, flip=flip), "shop:1", Page(width=120)).decode()
    assert said.startswith("shop:1: refused\n")
    assert "and 2 more" in said
    assert "To pass:\n  in RUN install (ends 3 findings):\n    - zlib1g 1 -> 2 (deb, ends 3)" in said


def test_what_no_upgrade_ends_is_told_apart() -> None:
    flip = Flip((Upgrade("zlib1g", "deb", "1", "2"),), ("severe: CVE-9",))
    said = judgement_text(judgement("deny", BREACH, flip=flip), "shop:1", Page()).decode()
    assert "Needed, but not enough:" in said
    assert "No upgrade ends this:\n  - severe: CVE-9" in said


def test_hostile_words_show_themselves() -> None:
    evil = Breach("p", "t", "high", "deny", unknown=True, proofs=(Proof("evil\x1b[31m\u202e"),))
    said = judgement_text(judgement("unknown", evil), "a\x1b", Page()).decode()
    assert "\x1b" not in said
    assert "not known to be safe" in said
