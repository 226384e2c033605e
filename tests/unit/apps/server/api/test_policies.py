from tests.support.api import Api

from oakum.model.artifact import Artifact
from oakum.model.fleet import FleetImage
from oakum.model.inventory import Inventory
from oakum.testing.inventory import BOOKWORM, installed

GOOD = "oakum: policy/1\nname: mine\ntitle: t\nseverity: low\nwhen: privileged\nthen: {deploy: deny}\n"
NAMED = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nwhen: {package: {name: zlib1g}}\nthen: {build: deny}\n"


def test_the_starter_set_is_on_until_somebody_sets_another(api: Api) -> None:
    assert "known-exploited" in api.get("/policies", "gate")["text"]
    changed = api.ask("PUT", "/policies", json={"text": GOOD})
    assert changed.status_code == 200
    assert api.get("/policies") == changed.json()
    (entry,) = [one for one in api.ledger.trail() if one.action == "policies.set"]
    assert entry.detail["policies"] == ["mine"]


def test_a_mistake_is_refused_with_its_line_and_changes_nothing(api: Api) -> None:
    before = api.get("/policies")
    answer = api.ask("PUT", "/policies", json={"text": GOOD.replace("privileged", "privilege")})
    assert answer.status_code == 422
    assert "policies:5" in answer.json()["detail"]
    lone = api.ask("PUT", "/policies", content=b'{"text": "\\ud800"}', headers={"content-type": "application/json"})
    assert lone.status_code in {400, 422}
    assert api.ask("PUT", "/policies", "reader", json={"text": GOOD}).status_code == 403
    assert api.get("/policies") == before


def test_a_trial_says_whom_other_policies_would_hit_and_changes_nothing(api: Api) -> None:
    zlib = installed("deb", "zlib1g", "1")
    for number, name in ((1, "shop:1"), (2, "blog:1")):
        artifact = Artifact(f"docker:{name}", "docker", image_id=f"sha256:{number:064}", names=(name,))
        api.fleet.keep_image(FleetImage(artifact, Inventory(BOOKWORM, (zlib,) if number == 1 else ())), ())
    before = api.get("/policies")
    trial = api.ask("POST", "/policies/trials", "reader", json={"text": NAMED, "stage": "build"})
    assert trial.status_code == 200
    said = trial.json()
    assert (said["images"], said["stage"]) == (2, "build")
    (hit,) = [one for one in said["changes"] if one["after"] == "deny"]
    assert (hit["names"], hit["breaches"][0]["policy"]) == (["shop:1"], "p")
    assert api.get("/policies") == before


def test_a_trial_of_what_is_no_policy_is_refused_with_its_place(api: Api) -> None:
    answer = api.ask("POST", "/policies/trials", json={"text": NAMED.replace("package", "pakage")})
    assert answer.status_code == 422
    assert "policies:5" in answer.json()["detail"]
    assert api.ask("POST", "/policies/trials", json={"text": NAMED, "stage": "moon"}).status_code == 400
    assert api.ask("POST", "/policies/trials", "agent", json={"text": NAMED}).status_code == 403
