"""What gates and sensors are given: reviews of Kubernetes, records of the kernel, databases that others pushed."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from bench.fuzz.target import Target, single

from oakum.facts.record import RECORDS, read_head
from oakum.flows.kinds import CRITERIA
from oakum.flows.review_admission import review_admission
from oakum.intel.database_artifact import config_of, manifest_of, read_config, read_manifest
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError, OakumError
from oakum.model.advisory import DatabaseInfo
from oakum.model.policy import Check
from oakum.testing.policies import image, policy
from oakum.testing.records import ancestors, file, made, parts, scene
from oakum.testing.snapshots import door_of

_POD = {"containers": [{"name": "a", "image": "x@sha256:d", "securityContext": {"privileged": True, "runAsUser": 0}}]}
_KINDS = {"Pod": {"spec": _POD}, "Deployment": {"spec": {"template": {"spec": _POD}}}}


def targets() -> Iterator[Target]:
    """Those of this module."""
    words = (b'"initContainers":', b'"image":3', b'"CronJob"', b'"operation":"UPDATE"', b"\xff", b'"object":null')
    yield single("gate-admission", _reviews, _review, UNDECODABLE, words=words)
    yield single("gate-database_manifest", _manifests, lambda data: read_manifest(data, "x"), (OakumError,))
    yield single("gate-database_config", lambda: [_config()], lambda data: read_config(data, "x"), (OakumError,))
    for name, entry in RECORDS.index().items():
        yield single(f"kernel-{name}", _records(entry["number"]), _record(name), (DamagedError,), words=(b"\xff" * 4,))


def _reviews() -> list[bytes]:
    said = []
    for kind, thing in _KINDS.items():
        user = {"username": "ann"}
        asked = {"uid": "u", "kind": {"kind": kind}, "operation": "CREATE", "object": thing, "userInfo": user}
        said.append(json.dumps({"apiVersion": "admission.k8s.io/v1", "request": asked}).encode())
    return said


def _review(data: bytes) -> object:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    door = door_of({"sha256:d": image()}, (policy("p", Check("privileged"), deploy="deny"),), CRITERIA, now)
    return json.loads(review_admission(data, door))["response"]["allowed"]


def _config() -> bytes:
    return config_of(DatabaseInfo("sha256:" + "a" * 64, "2026-01-01T00:00:00Z", 1), "sha256:" + "b" * 64, 9)


def _manifests() -> list[bytes]:
    return [manifest_of(_config(), "sha256:" + "c" * 64, 9, "2026-01-01T00:00:00Z")]


def _records(number: int) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        body = ancestors() + file(42, 9, 0x800001)
        return [made(number, body + bytes(64)), made(number, body + parts("/usr/bin/ls") + b"ls\0-l\0" + bytes(32))]

    return seeds


def _record(name: str) -> Callable[[bytes], object]:
    decode = RECORDS.load(name).decode

    def run(data: bytes) -> object:
        return decode(read_head(data), data, scene())

    return run
