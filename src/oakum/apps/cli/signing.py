"""From the words of ``sign``, ``attest`` and ``verify`` to keys and registries."""

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import click
import msgspec

from oakum.apps import wiring
from oakum.apps.cli.output import write_document
from oakum.apps.cli.registry_options import Options, registry_asked
from oakum.apps.toml_file import read_written
from oakum.effects.escape import visible
from oakum.effects.whole_text import json_bytes
from oakum.flows.read_trust import read_trust
from oakum.flows.sign_image import attest_image, sign_image
from oakum.flows.verify_image import verify_image, verify_read
from oakum.flows.verify_signature import Trusted, vouched
from oakum.flows.verify_trust import ImagePlace, check_trust, verify_trust
from oakum.intel.envelopes import read_bundle
from oakum.kit.errors import OakumError, UnreadableError, UsageError
from oakum.kit.limits import VEX_BYTES
from oakum.model.artifact import Artifact
from oakum.model.signature import PREDICATES, SIGNATURE, Signed, Verified
from oakum.model.trust import Identity, TrustRules
from oakum.ports.keys import PrivateKey, PublicKey
from oakum.ports.registries import Repository
from oakum.sources.image_name import RegistryImage, image_name

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_PIECE: Final = 1 << 20


def run_sign(reference: str, options: Options) -> None:
    """Sign an image; its name by digest is on standard output."""
    key = _private(str(options["key"]))
    image, repository, digest = _image(reference, options, write=True)
    put = sign_image(repository, digest, key, wiring.clock(), f"{image.host}/{image.repository}")
    click.echo(f"oakum: signed by {key.public.name}; the signature is {put}", err=True)
    click.echo(f"{image.host}/{image.repository}@{digest}")


def run_attest(reference: str, options: Options) -> None:
    """Attest; the image's name by digest is on standard output."""
    key = _private(str(options["key"]))
    path = str(options["predicate"])
    try:
        body = msgspec.json.decode(read_written(path, VEX_BYTES))
    except msgspec.DecodeError as error:
        raise UnreadableError(f"{path} is no JSON: {error}") from None
    said = (_type(str(options["kind"])), body)
    image, repository, digest = _image(reference, options, write=True)
    put = attest_image(repository, (digest, f"{image.host}/{image.repository}"), said, key, wiring.clock())
    click.echo(f"oakum: attested by {key.public.name}; the attestation is {put}", err=True)
    click.echo(f"{image.host}/{image.repository}@{digest}")


def run_verify(reference: str, options: Options) -> int:
    """Verify an image; 0 when everything that is wanted of it is vouched for."""
    trusted = _trusted(options)
    kinds = options["kinds"] if isinstance(options["kinds"], tuple) else ()
    wanted = [_type(kind) for kind in kinds] or [SIGNATURE]
    image, repository, digest = _image(reference, options, write=False)
    found = verify_image(repository, digest, trusted)
    name = f"{image.host}/{image.repository}@{digest}"
    missing = [kind for kind in wanted if kind not in {one.predicate for one in found.signed}]
    if options["form"] == "json":
        write_document(json_bytes(_document(name, found, missing)), "")
    else:
        _say(name, found, missing)
    return 1 if missing else 0


def run_verify_bundle(artifact: str, path: str, options: Options) -> int:
    """Verify a bundle against a file or a digest; a file of that name comes first."""
    trusted = _trusted(options)
    is_digest = _DIGEST.fullmatch(artifact) and not os.path.exists(artifact)
    digest = artifact if is_digest else _digest_of(artifact)
    try:
        one = vouched(read_bundle(read_written(path, VEX_BYTES)), digest, trusted, "bundle")
    except OakumError as error:
        click.echo(f"oakum: {visible(path)} does not vouch for {digest}: {visible(str(error))}", err=True)
        return 1
    click.echo(_sentence(digest, one))
    return 0


def trust_of(options: Options) -> Callable[[Artifact], Verified | None]:
    """What looks for signatures by trusted keys or by trust rules; only images of registries can have them.

    Raises:
        UsageError: both are given.
        ConfigurationError: a key, a root or the rules cannot be used.
    """
    file = str(options["trust"] or "")
    if file and options["trusted_keys"]:
        raise UsageError("give either --trust or --trusted-key", hint="a trust file can name the keys")
    rules = trust_file(file) if file else None
    trusted = Trusted(tuple(_public(options["trusted_keys"])))

    def look(artifact: Artifact) -> Verified | None:
        prefix, _, name = artifact.reference.partition(":")
        if prefix != "registry" or not artifact.digest:
            return None
        image = image_name(artifact.reference, name, os.environ.get("OAKUM_DEFAULT_REGISTRY", ""))
        repository = wiring.repository(image, registry_asked(options), write=False)
        asked = image.digest or image.tag
        if rules is None:
            return verify_read(repository, artifact.digest, asked, trusted)
        names = (f"{image.host}/{image.repository}:{image.tag}", f"{image.host}/{image.repository}")
        return verify_trust(names, ImagePlace(repository, artifact.digest, asked), rules, wiring.verifiers())

    return look


def trust_file(path: str) -> TrustRules:
    """The trust rules of a file, with the files beside it that it names.

    Raises:
        ConfigurationError: a mistake in it, or a key or root that cannot be used.
    """

    def beside(name: str) -> str:
        return read_written(os.path.join(os.path.dirname(path), name), VEX_BYTES).decode(errors="replace")

    rules = read_trust(read_written(path, VEX_BYTES), path, beside)
    check_trust(rules, wiring.verifiers())
    return rules


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


def _trusted(options: Options) -> Trusted:
    """Who is trusted: keys, or an identity with the root that proves it.

    Raises:
        UsageError: both, neither, or an identity without its issuer or a root.
    """
    identity, issuer, root = (str(options[name] or "") for name in ("identity", "issuer", "trusted_root"))
    if bool(options["keys"]) == bool(identity or issuer):
        raise UsageError(
            "give either --key, or --certificate-identity with --certificate-oidc-issuer",
            hint="a key vouches by itself, an identity by a certificate",
        )
    if identity and not issuer:
        raise UsageError("--certificate-identity needs --certificate-oidc-issuer: anybody may be called so elsewhere")
    if issuer and not identity:
        raise UsageError("--certificate-oidc-issuer needs --certificate-identity: it vouches for many")
    if not root and not identity:
        return Trusted(tuple(_public(options["keys"])))
    read = wiring.trusted_root(read_written(root, VEX_BYTES) if root else b"", root or "the public root")
    return Trusted(tuple(_public(options["keys"])), (Identity(identity, issuer),) if identity else (), read)


def _private(path: str) -> PrivateKey:
    password = os.environ.get("OAKUM_KEY_PASSWORD", "")
    return wiring.private_key(read_written(path), password.encode() or None, path)


def _public(paths: object) -> list[PublicKey]:
    return [wiring.public_key(read_written(path), path) for path in paths] if isinstance(paths, tuple) else []


def _image(reference: str, options: Options, *, write: bool) -> tuple[RegistryImage, Repository, str]:
    image = image_name(reference, reference.removeprefix("registry:"), os.environ.get("OAKUM_DEFAULT_REGISTRY", ""))
    repository = wiring.repository(image, registry_asked(options), write=write)
    return image, repository, image.digest or repository.resolve(image.tag)


def _digest_of(path: str) -> str:
    made = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            while piece := file.read(_PIECE):
                made.update(piece)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read: {error.strerror}") from None
    return f"sha256:{made.hexdigest()}"
