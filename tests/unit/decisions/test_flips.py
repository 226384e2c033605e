from oakum.decisions.flips import flip
from oakum.model.judgement import Breach, Proof
from oakum.testing.inventory import installed
from oakum.testing.policies import image
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1", layer=1)
MENDED = finding("CVE-1", ZLIB, fixed=("2",))
OPEN = finding("CVE-2", ZLIB)


def breach(*names: str, action: str = "deny") -> Breach:
    proofs = tuple(Proof(name, name, ZLIB.purl, 1, "RUN install") for name in names)
    return Breach("severe", "t", "high", action, proofs=proofs)


def test_what_has_a_fix_is_an_upgrade_and_what_has_none_stays_open() -> None:
    found = flip(image(MENDED, OPEN), [breach("CVE-1", "CVE-2")])
    assert [(one.package, one.take, one.instruction) for one in found.upgrades] == [("zlib1g", "2", "RUN install")]
    assert found.open == ("severe: CVE-2",)


def test_warnings_ask_for_nothing() -> None:
    assert flip(image(MENDED), [breach("CVE-1", action="warn")]).upgrades == ()
