"""From words to images whose signatures can be looked for, and to who is trusted."""

import os
from collections.abc import Callable

from msgspec import Struct

from oakum.apps import wiring
from oakum.apps.cli.registry_options import Options, registry_asked
from oakum.apps.toml_file import read_written
from oakum.flows.read_trust import read_trust
from oakum.flows.verify_image import verify_read
from oakum.flows.verify_signature import Trusted
from oakum.flows.verify_trust import ImagePlace, check_trust, verify_trust
from oakum.kit.errors import UsageError
from oakum.kit.limits import VEX_BYTES
from oakum.model.artifact import Artifact
from oakum.model.reading import Target
from oakum.model.signature import Verified
from oakum.model.trust import Identity, TrustRules
from oakum.ports.keys import PublicKey
from oakum.ports.registries import Repository
from oakum.sources.image_name import image_name
from oakum.sources.reference import find

_LAYOUT = "oci-layout"


class NamedImage(Struct, frozen=True):
    """An image with the place of its signatures.

    Attributes:
        name: without tag and digest, as statements on it call it.
        repository: where it and its signatures lie.
        digest: of its manifest or index.
        by_digest: what names it and nothing else.
    """

    name: str
    repository: Repository
    digest: str
    by_digest: str


def named_image(reference: str, options: Options, *, write: bool) -> NamedImage:
    """The image that a reference means: in a registry, or in an OCI layout (``oci-layout:DIR[:TAG]``).

    Raises:
        UsageError: the name is off, or a layout holds several.
        OakumError: it cannot be found.
    """
    target = find(reference) if reference.startswith(f"{_LAYOUT}:") else None
    if isinstance(target, Target):
        layout = wiring.layout(target.path)
        digest = layout.resolve(target.wanted)
        return NamedImage(os.path.basename(target.path), layout, digest, f"{_LAYOUT}:{target.path}:{digest}")
    image = image_name(reference, reference.removeprefix("registry:"), os.environ.get("OAKUM_DEFAULT_REGISTRY", ""))
    repository = wiring.repository(image, registry_asked(options), write=write)
    digest, name = image.digest or repository.resolve(image.tag), f"{image.host}/{image.repository}"
    return NamedImage(name, repository, digest, f"{name}@{digest}")


def trusted_by(options: Options) -> Trusted:
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


def trust_of(options: Options) -> Callable[[Artifact], Verified | None]:
    """What looks for signatures by trusted keys or by trust rules; images of registries and of layouts can have them.

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
        found = _place(artifact, options)
        if found is None:
            return None
        place, names = found
        if rules is not None:
            return verify_trust(names, place, rules, wiring.verifiers())
        return verify_read(place.repository, place.digest, place.name, trusted)

    return look


def _place(artifact: Artifact, options: Options) -> tuple[ImagePlace, tuple[str, ...]] | None:
    """Where the signatures of what was read lie, and the names that rules speak of; None where there can be none."""
    prefix, _, name = artifact.reference.partition(":")
    if not artifact.digest:
        return None
    target = find(artifact.reference) if prefix == _LAYOUT else None
    if isinstance(target, Target):
        layout = wiring.layout(target.path)
        return ImagePlace(layout, artifact.digest, target.wanted or artifact.digest, claimed=True), artifact.names
    if prefix != "registry":
        return None
    image = image_name(artifact.reference, name, os.environ.get("OAKUM_DEFAULT_REGISTRY", ""))
    repository = wiring.repository(image, registry_asked(options), write=False)
    names = (f"{image.host}/{image.repository}:{image.tag}", f"{image.host}/{image.repository}")
    return ImagePlace(repository, artifact.digest, image.digest or image.tag), names


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


def _public(paths: object) -> list[PublicKey]:
    return [wiring.public_key(read_written(path), path) for path in paths] if isinstance(paths, tuple) else []
