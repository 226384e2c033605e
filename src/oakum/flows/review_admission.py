"""Review what a Kubernetes API server is asked to admit: every container of every kind that makes pods.

The answer is the one that the other gates give: the same snapshot, the same pure function. A
request that cannot be read is refused, never let pass.
"""

from typing import Any, Final

import msgspec
from msgspec import Struct

from oakum.flows.admit_workload import Admission, Door, admit_workload
from oakum.flows.pod_containers import UnreadableError, pod_containers, token_mounted
from oakum.kit.decoding import UNDECODABLE
from oakum.model.workload import Workload

_TEMPLATES: Final = {
    "Pod": ("spec",),
    "PodTemplate": ("template", "spec"),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    **dict.fromkeys(
        ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController"),
        ("spec", "template", "spec"),
    ),
}
"""Where each kind keeps the specification of its pods."""

_JUDGED: Final = frozenset({"CREATE", "UPDATE"})
_MESSAGE: Final = 4_000

Node = dict[str, Any]


class _Kind(Struct, frozen=True):
    kind: str = ""


class _User(Struct, frozen=True):
    username: str = ""


class _Request(Struct, frozen=True, rename="camel"):
    """The question of an AdmissionReview (admission.k8s.io/v1)."""

    uid: str
    kind: _Kind = _Kind()
    operation: str = ""
    name: str = ""
    namespace: str = ""
    sub_resource: str = ""
    user_info: _User = _User()
    object: msgspec.Raw = msgspec.Raw(b"null")


class _Review(Struct, frozen=True, rename="camel"):
    """An AdmissionReview."""

    request: _Request
    api_version: str = "admission.k8s.io/v1"


_review = msgspec.json.Decoder(_Review).decode
_object = msgspec.json.Decoder(dict[str, Any]).decode


def review_admission(body: bytes, door: Door) -> bytes:
    """Answer one AdmissionReview.

    Raises:
        MsgspecError, UnicodeDecodeError, RecursionError: it is none (``UNDECODABLE``); the API server gets an error
            then, and its failure policy decides.
    """
    review = _review(body)
    request = review.request
    try:
        workload = _workload(request, door)
    except (*UNDECODABLE, UnreadableError) as error:
        return _answer(review, allowed=False, message=f"oakum: the object cannot be read: {error}")
    if workload is None:
        return _answer(review, allowed=True)
    admission = admit_workload(workload, door)
    message = "" if admission.outcome == "allow" else f"oakum: {admission.reason}"
    return _answer(review, allowed=admission.admitted, message=message, admission=admission)


def _workload(request: _Request, door: Door) -> Workload | None:
    """What would run; None for what starts nothing."""
    path = _TEMPLATES.get(request.kind.kind)
    if path is None or request.operation not in _JUDGED:
        return None
    found: Any = _object(request.object)
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, dict):
        raise UnreadableError(f"a {request.kind.kind} without {'.'.join(path)}")
    snapshot = door.snapshots.newest()
    containers = tuple(pod_containers(found, snapshot.digest_of if snapshot else _nothing))
    if not containers:
        raise UnreadableError(f"a {request.kind.kind} without containers")
    asked_by = f"kubernetes:{request.user_info.username}" if request.user_info.username else ""
    account = found.get("serviceAccountName")
    return Workload(
        request.kind.kind,
        request.name,
        request.namespace,
        containers,
        asked_by,
        account if isinstance(account, str) else "",
        token_mounted(found),
    )


def _nothing(_: str) -> str:
    return ""


def _answer(review: _Review, *, allowed: bool, message: str = "", admission: Admission | None = None) -> bytes:
    """The response; a warning reaches whoever asked, and the decision is noted for the API server's audit log."""
    response: Node = {"uid": review.request.uid, "allowed": allowed}
    if not allowed:
        response["status"] = {"code": 403, "message": message[:_MESSAGE], "reason": "Forbidden"}
    elif message:
        response["warnings"] = [message[:256]]
    if admission is not None:
        response["auditAnnotations"] = {
            "decision": " ".join(judgement.id for judgement in admission.judgements)[:1000],
            "outcome": admission.outcome,
            "snapshot": admission.snapshot,
        }
    return msgspec.json.encode({"apiVersion": review.api_version, "kind": "AdmissionReview", "response": response})
