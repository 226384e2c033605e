import msgspec
from tests.support.api import Api

from oakum.flows.replay_decision import replay, unpack_record
from oakum.kit.archive import zstd
from oakum.model.api import GateQuestion
from oakum.model.artifact import Artifact, ImageConfig
from oakum.model.inventory import Inventory
from oakum.testing.inventory import BOOKWORM, installed

QUESTION = GateQuestion(
    Artifact("docker:shop:1", "docker", image_id="sha256:" + "1" * 64, names=("shop:1",), config=ImageConfig()),
    Inventory(BOOKWORM, (installed("deb", "sudo", "1"),)),
)
POLICY = "oakum: policy/1\nname: no-sudo\ntitle: t\nseverity: low\nwhen: {package: {name: sudo}}\nthen: {build: deny}\n"
ASKED = {"reason": "the old image", "expires": "2026-12-31", "policy": "no-sudo", "images": ["shop:*"]}


def outcome(api: Api) -> tuple[str, str]:
    packed = zstd.compress(msgspec.msgpack.encode(QUESTION), 3)
    said = api.ask("POST", "/decisions", "gate", content=packed).json()
    return said["outcome"], said["id"]


def test_an_approved_waiver_counts_at_the_gate_and_in_the_replay(api: Api) -> None:
    api.ask("PUT", "/policies", json={"text": POLICY})
    asked = api.ask("POST", "/waivers", "gate", json=ASKED)
    assert asked.status_code == 201
    assert outcome(api)[0] == "deny"
    path = f"/waivers/{asked.json()['id']}/decision"
    assert api.ask("POST", path, "gate", json={"state": "approved"}).status_code == 403
    assert api.ask("POST", path, json={"state": "approved", "note": "until it is gone"}).status_code == 201
    said, id_ = outcome(api)
    assert said == "allow"
    record = unpack_record(api.ask("GET", f"/decisions/{id_}/record").content)
    assert (len(record.waivers), replay(record).differences) == (1, ())
    assert api.ask("POST", path, json={"state": "revoked"}).status_code == 201
    assert outcome(api)[0] == "deny"
    assert [one["state"] for one in api.get("/waivers?state=revoked")] == ["revoked"]


def test_the_same_person_with_every_right_cannot_do_both(api: Api) -> None:
    asked = api.ask("POST", "/waivers", json={**ASKED, "policy": "", "id": "CVE-2026-1"}).json()
    answer = api.ask("POST", f"/waivers/{asked['id']}/decision", json={"state": "approved"})
    assert answer.status_code == 403
    assert "somebody else" in answer.json()["detail"]


def test_what_is_no_waiver_is_refused_and_agents_ask_for_none(api: Api) -> None:
    for wrong in (
        {"expires": "soon"},
        {"expires": "2020-01-01"},
        {"policy": "none"},
        {"reason": ""},
        {"colour": "red"},
    ):
        assert api.ask("POST", "/waivers", json={**ASKED, **wrong}).status_code in {400, 422}, wrong
    assert api.ask("POST", "/waivers", "agent", json=ASKED).status_code == 403
    assert api.ask("POST", "/waivers/wvr-0/decision", json={"state": "approved"}).status_code == 404
    assert api.get("/waivers") == []
