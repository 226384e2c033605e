"""The command ``oakum verify``."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from oakum.apps.cli.registry_options import Option, access_options

F = TypeVar("F", bound=Callable[..., Any])

_WHO = (
    click.option("--key", "keys", multiple=True, metavar="FILE", help="A trusted public key (PEM)."),
    click.option(
        "--certificate-identity", "identity", metavar="GLOB", default="", help="Whom the certificate is to name."
    ),
    click.option(
        "--certificate-oidc-issuer", "issuer", metavar="GLOB", default="", help="Who is to have said that they are it."
    ),
    click.option("--trusted-root", metavar="FILE", default="", help="Authorities and logs: trusted_root.json."),
)


def _who_options(command: F) -> F:
    for option in reversed(_WHO):
        command = option(command)
    return command


class _ImageByDefault(click.Group):
    """``oakum verify IMAGE`` is ``oakum verify image IMAGE``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in where the first one is no command."""
        if args and args[0] not in self.commands and args[0] not in {"-h", "--help"}:
            args = ["image", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ImageByDefault)
def verify() -> None:
    """Verify what keys and identities vouch for: signatures and attestations of images, and bundles."""


@verify.command()
@click.argument("image")
@_who_options
@click.option("--type", "kinds", multiple=True, help="Wanted: an attestation of this type; default: a signature.")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@access_options
def image(image: str, **options: Option) -> int:
    """Verify an image in a registry or in an OCI layout (oci-layout:DIR[:TAG]).

    One that is signed by who is trusted passes.

    Signatures of cosign (tags and bundles) and of oakum sign are read. It prints
    the name by digest, so that what was verified is what is deployed. Give --key, or
    --certificate-identity, --certificate-oidc-issuer and --trusted-root.

    \b
    Exit codes: 0 verified, 1 not, 64 usage, 65 no such image, 69 try later, 77
    not permitted, 78 unusable key or root.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.signing import run_verify  # noqa: PLC0415 - help is answered without it

    return run_verify(image, options)


@verify.command()
@click.argument("artifact")
@click.option("--bundle", "bundle_file", required=True, metavar="FILE", help="A Sigstore bundle.")
@_who_options
def bundle(artifact: str, bundle_file: str, **options: Option) -> int:
    """Verify one bundle against an artifact (a file, or sha256:HEX), without network.

    By a key, or by a certificate that names an identity: then the trusted root
    says which authorities and logs count, and the certificate must have been
    valid when the log or a timestamp proves that it was signed.

    \b
    Exit codes: 0 verified, 1 not, 65 unreadable, 78 unusable key or root.
    """  # noqa: D301 - as above
    from oakum.apps.cli.signing import run_verify_bundle  # noqa: PLC0415 - as above

    return run_verify_bundle(artifact, bundle_file, options)
