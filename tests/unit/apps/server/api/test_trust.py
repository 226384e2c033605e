from tests.support.api import Api

from oakum.model.artifact import Artifact
from oakum.model.fleet import FleetImage, ImageTrust
from oakum.model.inventory import Inventory
from oakum.model.signature import SIGNATURE, Signed, Verified
from oakum.model.trust import TrustRule
from oakum.testing.keys import pem_pair

RULE = {"name": "ours", "images": ["r.example/**"], "keys": [pem_pair()[1]]}


def test_nobody_is_trusted_until_somebody_sets_rules(api: Api) -> None:
    assert api.get("/trust", "gate") == {"rules": [], "root": "", "digest": ""}
    changed = api.ask("PUT", "/trust", json={"rules": [RULE]})
    assert changed.status_code == 200
    assert api.get("/trust") == changed.json()
    (entry,) = [one for one in api.ledger.trail() if one.action == "trust.set"]
    assert entry.detail == {"digest": changed.json()["digest"], "rules": ["ours"]}
    assert api.ask("PUT", "/trust", json={"rules": []}).json()["digest"] == ""
    assert api.ledger.setting("trust") == ""


def test_what_cannot_be_used_is_refused_and_changes_nothing(api: Api) -> None:
    api.ask("PUT", "/trust", json={"rules": [RULE]})
    before = api.get("/trust")
    for rules, said in (
        ([{**RULE, "keys": ["no key"]}], "trust rule 'ours' holds no public key"),
        ([RULE, RULE], "two trust rules have the name 'ours'"),
    ):
        answer = api.ask("PUT", "/trust", json={"rules": rules})
        assert (answer.status_code, said in answer.json()["detail"]) == (422, True)
    root = api.ask("PUT", "/trust", json={"rules": [RULE], "root": "{}"})
    assert (root.status_code, "no trusted root" in root.json()["detail"]) == (422, True)
    assert api.ask("PUT", "/trust", json={"rules": [{**RULE, "images": []}]}).status_code == 400
    assert api.ask("PUT", "/trust", "reader", json={"rules": [RULE]}).status_code == 403
    assert api.get("/trust") == before


def test_an_image_shows_its_verdict_as_far_as_it_was_found_by_these_rules(api: Api) -> None:
    digest = api.ask("PUT", "/trust", json={"rules": [RULE]}).json()["digest"]
    artifact = Artifact(
        "registry:r.example/app:1", "registry", "sha256:d", f"sha256:{1:064}", names=("r.example/app:1",)
    )
    api.fleet.keep_image(FleetImage(artifact, Inventory(), "2026-11-25T10:00:00Z"), [])
    assert api.get(f"/images/{artifact.image_id}")["trust"] is None
    signed = (Signed(SIGNATURE, "key:1", "bundle"),)
    rule = TrustRule("ours", ("r.example/**",), ("PEM",))
    api.fleet.keep_trust(artifact.image_id, ImageTrust(Verified("sha256:d", signed, ruled=True, rule=rule), digest))
    shown = api.get(f"/images/{artifact.image_id}")["trust"]
    assert (shown["trusted"], shown["parts"][1]) == (True, {"part": "signature", "holds": True, "why": "by key:1"})
    api.ask("PUT", "/trust", json={"rules": [{**RULE, "name": "others"}]})
    assert api.get(f"/images/{artifact.image_id}")["trust"] is None
