"""Sign an image, or say something of it under a signature: a Sigstore bundle that refers to it."""

import hashlib
from base64 import b64encode
from typing import Any, Final

import msgspec

from oakum.intel import envelopes
from oakum.kit.errors import UnreadableError
from oakum.model.signature import SIGNATURE, to_sign
from oakum.ports.clock import Clock
from oakum.ports.keys import PrivateKey
from oakum.ports.registries import Repository

MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
INDEX: Final = "application/vnd.oci.image.index.v1+json"

_EMPTY: Final = b"{}"
_EMPTY_TYPE: Final = "application/vnd.oci.empty.v1+json"


def sign_image(repository: Repository, digest: str, key: PrivateKey, clock: Clock, name: str) -> str:
    """Sign an image; give the digest of the signature's manifest.

    Raises:
        OakumError: the registry does not take it.
    """
    return attest_image(repository, (digest, name), (SIGNATURE, {}), key, clock)


def attest_image(
    repository: Repository, image: tuple[str, str], said: tuple[str, Any], key: PrivateKey, clock: Clock
) -> str:
    """Say something of an image under a signature; give the digest of its manifest.

    Args:
        repository: where the image lies.
        image: digest of its manifest, and its name.
        said: type of the predicate, and the predicate.
        key: signs.
        clock: tells the time.

    Raises:
        OakumError: the registry does not take it.
    """
    digest, name = image
    predicate, body = said
    payload = envelopes.statement_of(predicate, digest, name, body)
    hint = b64encode(bytes.fromhex(key.public.name.removeprefix("key:"))).decode()
    bundle = envelopes.bundle_of(payload, key.sign(to_sign(payload)), hint)
    return attach_bundle(repository, digest, bundle, predicate, clock)


def attach_bundle(repository: Repository, digest: str, bundle: bytes, predicate: str, clock: Clock) -> str:
    """Keep a Sigstore bundle beside the image that it refers to; give the digest of its manifest.

    Raises:
        OakumError: the registry does not take it.
    """
    subject = repository.document(digest, manifest=True)
    manifest = _manifest(bundle, predicate, (digest, len(subject), _type_of(subject)), clock)
    repository.put_blob(_digest(_EMPTY), len(_EMPTY), _EMPTY)
    repository.put_blob(_digest(bundle), len(bundle), bundle)
    put, noted = repository.put_manifest(manifest, MANIFEST)
    if not noted:
        _list(repository, digest, {"digest": put, "size": len(manifest), "annotations": _annotations(predicate, clock)})
    return put


def _manifest(bundle: bytes, predicate: str, subject: tuple[str, int, str], clock: Clock) -> bytes:
    digest, size, kind = subject
    return msgspec.json.encode(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "artifactType": envelopes.BUNDLE,
            "config": {"mediaType": _EMPTY_TYPE, "digest": _digest(_EMPTY), "size": len(_EMPTY), "data": "e30="},
            "layers": [{"mediaType": envelopes.BUNDLE, "digest": _digest(bundle), "size": len(bundle)}],
            "subject": {"mediaType": kind, "digest": digest, "size": size},
            "annotations": _annotations(predicate, clock),
        }
    )


def _annotations(predicate: str, clock: Clock) -> dict[str, str]:
    return {
        "org.opencontainers.image.created": clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
        "dev.sigstore.bundle.content": "dsse-envelope",
        "dev.sigstore.bundle.predicateType": predicate,
    }


def _list(repository: Repository, digest: str, one: dict[str, Any]) -> None:
    """A registry that keeps no referrers has them listed under a tag (OCI distribution 1.1, "Referrers Tag Schema")."""
    tag = digest.replace(":", "-", 1)
    index = _listed(repository, tag)
    entry = {"mediaType": MANIFEST, "artifactType": envelopes.BUNDLE, **one}
    manifests = [had for had in index.get("manifests", []) if had.get("digest") != one["digest"]]
    said = {"schemaVersion": 2, "mediaType": INDEX, "manifests": [*manifests, entry]}
    repository.put_manifest(msgspec.json.encode(said), INDEX, tag)


def _listed(repository: Repository, tag: str) -> dict[str, Any]:
    try:
        data = repository.document(repository.resolve(tag), manifest=True)
    except UnreadableError:
        return {}
    return msgspec.json.decode(data, type=dict[str, Any])


def _type_of(manifest: bytes) -> str:
    said = msgspec.json.decode(manifest, type=dict[str, Any])
    return str(said.get("mediaType") or MANIFEST)


def _digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()
