import msgspec
from tests.support.api import Api

from oakum.kit.archive import zstd
from oakum.model.api import GateQuestion
from oakum.model.artifact import Artifact, ImageConfig
from oakum.model.inventory import Inventory
from oakum.testing.inventory import BOOKWORM, installed

ID = "sha256:" + "1" * 64
QUESTION = GateQuestion(
    Artifact("docker:shop:1", "docker", image_id=ID, names=("shop:1",), config=ImageConfig()),
    Inventory(BOOKWORM, (installed("deb", "zlib1g", "1"),)),
)
ALLOWING = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nwhen: privileged\nthen: {deploy: deny}\n"
DENYING = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nwhen: {package: {name: zlib1g}}\nthen: {build: deny}\n"


def asked(api: Api) -> None:
    packed = zstd.compress(msgspec.msgpack.encode(QUESTION), 3)
    assert api.ask("POST", "/decisions", "gate", content=packed).status_code == 201


def test_the_server_decides_by_its_policies_and_keeps_the_decision_once(api: Api) -> None:
    for text, outcome in ((ALLOWING, "allow"), (DENYING, "deny"), (DENYING, "deny")):
        assert api.ask("PUT", "/policies", json={"text": text}).status_code == 200
        answer = api.ask("POST", "/decisions", "gate", content=zstd.compress(msgspec.msgpack.encode(QUESTION), 3))
        assert (answer.status_code, answer.json()["outcome"]) == (201, outcome)
    listed = api.get("/decisions", "gate")["items"]
    assert [one["outcome"] for one in listed] == ["deny", "allow"]
    assert api.get(f"/decisions?outcome=deny&image_id={ID}")["items"][0]["reference"] == "docker:shop:1"
    one = api.get(f"/decisions/{listed[0]['id']}")
    assert one["breaches"][0]["proofs"][0]["what"].startswith("zlib1g")
    assert api.get(f"/decisions/{listed[0]['id']}/subject")["stage"] == "build"
    assert sum(entry.action == "judgement.made" for entry in api.ledger.trail()) == 2


def test_a_gated_image_is_known_until_the_server_reads_it_itself(api: Api) -> None:
    asked(api)
    known = api.fleet.image(ID)
    assert known is not None
    assert known[0].source == "token:t-gate"


def test_what_is_no_question_is_refused(api: Api) -> None:
    for body in (b"", b"x", zstd.compress(b"\x93\x01", 3), zstd.compress(msgspec.msgpack.encode({"artifact": 1}), 3)):
        answer = api.ask("POST", "/decisions", "gate", content=body)
        assert answer.status_code == 400, body
        assert "Traceback" not in answer.text
    strange = msgspec.structs.replace(QUESTION, stage="moon")
    answer = api.ask("POST", "/decisions", "gate", content=zstd.compress(msgspec.msgpack.encode(strange), 3))
    assert "no stage is named" in answer.json()["detail"]
    assert api.ask("GET", "/decisions/nothing").status_code == 404
    assert api.ask("POST", "/decisions", "reader", content=b"").status_code == 403
