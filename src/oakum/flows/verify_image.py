"""Verify who vouches for an image: cosign's tags, and bundles that refer to it, however they are kept."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import msgspec

from oakum.flows.verify_signature import Trusted, vouched
from oakum.intel import envelopes
from oakum.intel.cosign_tags import read_tagged
from oakum.intel.envelopes import Bundle, Sealed
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError, LimitError, OakumError, UnreadableError
from oakum.model.signature import Signed, Verified
from oakum.ports.registries import Repository

_MOST: Final = 1_000
"""Signatures of one image that are looked at."""

Found = Callable[[], Sealed | Bundle]


def verify_image(repository: Repository, digest: str, trusted: Trusted) -> Verified:
    """Look at every signature and attestation of an image.

    Args:
        repository: where it lies.
        digest: of its manifest.
        trusted: keys and identities.

    Raises:
        OakumError: the registry cannot be asked.
    """
    signed: list[Signed] = []
    refused: list[str] = []
    for number, (form, name, found) in enumerate(_every(repository, digest)):
        if number >= _MOST:
            refused.append(f"more than {_MOST} signatures: the rest was not looked at")
            break
        try:
            signed.append(vouched(found(), digest, trusted, form))
        except OakumError as error:
            refused.append(f"{name}: {error}")
    return Verified(digest, tuple(dict.fromkeys(signed)), tuple(dict.fromkeys(refused)))


def verify_read(repository: Repository, digest: str, name: str, trusted: Trusted) -> Verified:
    """Look at the signatures of an image that was read, or of the index that it was taken from.

    An index counts only while it names the very image that was read: its tag may point elsewhere by now.

    Args:
        repository: where it lies.
        digest: of the manifest that was read.
        name: the tag or digest by which it was asked for.
        trusted: keys and identities.

    Raises:
        OakumError: the registry cannot be asked.
    """
    found = verify_image(repository, digest, trusted)
    above = name if name.startswith("sha256:") else repository.resolve(name)
    if above == digest:
        return found
    index = _decoded(repository.document(above, manifest=True))
    if digest not in {one.get("digest") for one in _nodes(index, "manifests")}:
        return found
    whole = verify_image(repository, above, trusted)
    return Verified(digest, (*found.signed, *whole.signed), (*found.refused, *whole.refused))


def _every(repository: Repository, digest: str) -> Iterator[tuple[str, str, Found]]:
    stem = digest.replace(":", "-", 1)
    for tag in (f"{stem}.sig", f"{stem}.att"):
        yield from (("tag", tag, found) for found in _tagged(repository, tag))
    yield from (("bundle", name, found) for name, found in _referring(repository, digest, stem))


def _tagged(repository: Repository, tag: str) -> Iterator[Found]:
    """Layers of the manifest under a tag of cosign's; nothing where there is no such tag."""
    manifest = _manifest(repository, tag)
    for layer in _nodes(manifest, "layers"):

        def read(layer: dict[str, Any] = layer) -> Sealed | Bundle:
            annotations = layer.get("annotations")
            data = repository.document(str(layer.get("digest", "")), manifest=False)
            kind, said = str(layer.get("mediaType", "")), annotations if isinstance(annotations, dict) else {}
            return read_tagged(data, kind, said)

        yield read


def _referring(repository: Repository, digest: str, stem: str) -> Iterator[tuple[str, Found]]:
    """Bundles that refer to an image; the tag of the same name stands where a registry keeps no referrers."""
    listed = repository.referrers(digest)
    index = _decoded(listed) if listed is not None else _manifest(repository, stem)
    for one in _nodes(index, "manifests"):
        name = str(one.get("digest", ""))
        kind = str(one.get("artifactType", ""))
        if kind and not kind.startswith("application/vnd.dev.sigstore.bundle") and "empty" not in kind:
            continue
        try:
            manifest = _decoded(repository.document(name, manifest=True))
        except (UnreadableError, DamagedError, LimitError) as error:
            yield name, partial(_refuse, error)  # whoever can push could list a broken one beside what holds
            continue
        for layer in _nodes(manifest, "layers"):
            if str(layer.get("mediaType", "")).startswith("application/vnd.dev.sigstore.bundle"):
                yield name, partial(_bundle, repository, str(layer.get("digest", "")))


def _bundle(repository: Repository, digest: str) -> Bundle:
    return envelopes.read_bundle(repository.document(digest, manifest=False))


def _refuse(error: OakumError) -> Bundle:
    raise error


def _manifest(repository: Repository, tag: str) -> dict[str, Any]:
    try:
        digest = repository.resolve(tag)
    except UnreadableError:
        return {}
    return _decoded(repository.document(digest, manifest=True))


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(data, type=dict[str, Any])
    except UNDECODABLE as error:
        raise DamagedError(f"a manifest cannot be read: {error}") from None


def _nodes(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
