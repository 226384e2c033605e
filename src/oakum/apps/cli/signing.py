"""From the words of ``sign``, ``attest`` and ``verify`` to keys and registries."""

import hashlib
import os
import re
from collections.abc import Sequence
from typing import Any, Final

import click
import msgspec

from oakum.apps import wiring
from oakum.apps.cli.output import write_document
from oakum.apps.cli.registry_options import Options
from oakum.apps.cli.vouching import named_image, trusted_by
from oakum.apps.toml_file import read_written
from oakum.effects.escape import visible
from oakum.effects.whole_text import json_bytes
from oakum.flows.sign_image import attest_image, sign_image
from oakum.flows.verify_image import verify_image
from oakum.flows.verify_signature import vouched
from oakum.intel.envelopes import read_bundle
from oakum.kit.errors import OakumError, UnreadableError, UsageError
from oakum.kit.limits import VEX_BYTES
from oakum.model.signature import PREDICATES, SIGNATURE, Signed, Verified
from oakum.ports.keys import PrivateKey

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_PIECE: Final = 1 << 20


def run_sign(reference: str, options: Options) -> None:
    """Sign an image; its name by digest is on standard output."""
    key = _private(str(options["key"]))
    image = named_image(reference, options, write=True)
    put = sign_image(image.repository, image.digest, key, wiring.clock(), image.name)
    click.echo(f"oakum: signed by {key.public.name}; the signature is {put}", err=True)
    click.echo(image.by_digest)


def run_attest(reference: str, options: Options) -> None:
    """Attest; the image's name by digest is on standard output."""
    key = _private(str(options["key"]))
    path = str(options["predicate"])
    try:
        body = msgspec.json.decode(read_written(path, VEX_BYTES))
    except msgspec.DecodeError as error:
        raise UnreadableError(f"{path} is no JSON: {error}") from None
    said = (_type(str(options["kind"])), body)
    image = named_image(reference, options, write=True)
    put = attest_image(image.repository, (image.digest, image.name), said, key, wiring.clock())
    click.echo(f"oakum: attested by {key.public.name}; the attestation is {put}", err=True)
    click.echo(image.by_digest)


def run_verify(reference: str, options: Options) -> int:
    """Verify an image; 0 when everything that is wanted of it is vouched for."""
    trusted = trusted_by(options)
    kinds = options["kinds"] if isinstance(options["kinds"], tuple) else ()
    wanted = [_type(kind) for kind in kinds] or [SIGNATURE]
    image = named_image(reference, options, write=False)
    found = verify_image(image.repository, image.digest, trusted)
    name = image.by_digest
    missing = [kind for kind in wanted if kind not in {one.predicate for one in found.signed}]
    if options["form"] == "json":
        write_document(json_bytes(_document(name, found, missing)), "")
    else:
        _say(name, found, missing)
    return 1 if missing else 0


def run_verify_bundle(artifact: str, path: str, options: Options) -> int:
    """Verify a bundle against a file or a digest; a file of that name comes first."""
    trusted = trusted_by(options)
    is_digest = _DIGEST.fullmatch(artifact) and not os.path.exists(artifact)
    digest = artifact if is_digest else _digest_of(artifact)
    try:
        one = vouched(read_bundle(read_written(path, VEX_BYTES)), digest, trusted, "bundle")
    except OakumError as error:
        click.echo(f"oakum: {visible(path)} does not vouch for {digest}: {visible(str(error))}", err=True)
        return 1
    click.echo(_sentence(digest, one))
    return 0


def _say(name: str, found: Verified, missing: Sequence[str]) -> None:
    for one in found.signed:
        click.echo(_sentence(name, one))
    for said in found.refused:
        click.echo(f"oakum: not counted: {visible(said)}", err=True)
    for kind in missing:
        what = "signature" if kind == SIGNATURE else f"attestation {kind}"
        why = "none is there" if not found.signed and not found.refused else "none that holds is there"
        click.echo(f"oakum: {visible(name)} has no {visible(what)} by whom is trusted: {why}", err=True)


def _sentence(name: str, one: Signed) -> str:
    what = "signed" if one.predicate == SIGNATURE else f"attested ({one.predicate})"
    by = f"{one.by} ({one.issuer}) at {one.at}" if one.issuer else one.by
    return visible(f"{name} {what} by {by}")


def _document(name: str, found: Verified, missing: Sequence[str]) -> dict[str, Any]:
    signed = [
        {
            "predicate_type": one.predicate,
            "by": one.by,
            "issuer": one.issuer or None,
            "at": one.at or None,
            "form": one.form,
            "predicate": _body(one),
        }
        for one in found.signed
    ]
    return {"image": name, "verified": not missing, "signed": signed, "refused": found.refused, "missing": missing}


def _body(one: Signed) -> Any:  # noqa: ANN401 - JSON
    return msgspec.json.decode(one.body) if one.body else None


def _type(kind: str) -> str:
    found = PREDICATES.get(kind, kind)
    if ":" not in found:
        raise UsageError(f"no type is named {kind!r}", hint=f"a URI, or one of {', '.join(PREDICATES)}")
    return found


def _private(path: str) -> PrivateKey:
    password = os.environ.get("OAKUM_KEY_PASSWORD", "")
    return wiring.private_key(read_written(path), password.encode() or None, path)


def _digest_of(path: str) -> str:
    made = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                made.update(piece)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None
    return f"sha256:{made.hexdigest()}"
