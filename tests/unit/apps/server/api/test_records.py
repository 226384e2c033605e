import msgspec
from tests.support.api import Api

from oakum.flows.replay_decision import replay, unpack_record
from oakum.kit.archive import zstd
from oakum.model.api import GateQuestion
from oakum.model.artifact import Artifact, ImageConfig
from oakum.model.inventory import Inventory
from oakum.testing.inventory import BOOKWORM, installed

QUESTION = GateQuestion(
    Artifact("docker:shop:1", "docker", image_id="sha256:" + "1" * 64, config=ImageConfig()),
    Inventory(BOOKWORM, (installed("deb", "sudo", "1"),)),
)
OTHER = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nwhen: {package: {name: sudo}}\nthen: {build: deny}\n"


def test_a_decision_can_be_made_again_after_the_policies_were_changed(api: Api) -> None:
    packed = zstd.compress(msgspec.msgpack.encode(QUESTION), 3)
    made = api.ask("POST", "/decisions", "gate", content=packed).json()
    assert api.ask("PUT", "/policies", json={"text": OTHER}).status_code == 200
    denied = api.ask("POST", "/decisions", "gate", content=packed).json()
    assert (made["outcome"], denied["outcome"]) == ("unknown", "deny")
    for one in (made, denied):
        record = unpack_record(api.ask("GET", f"/decisions/{one['id']}/record", "reader").content)
        replayed = replay(record)
        assert (replayed.judgement.id, replayed.differences) == (one["id"], ())


def test_no_such_decision_is_said_and_agents_are_refused(api: Api) -> None:
    assert api.ask("GET", f"/decisions/sha256:{'0' * 64}/record").status_code == 404
    assert api.ask("GET", f"/decisions/sha256:{'0' * 64}/record", "agent").status_code == 403
