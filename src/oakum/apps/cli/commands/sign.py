"""The command ``oakum sign``."""

import click

from oakum.apps.cli.registry_options import Option, access_options


@click.command()
@click.argument("image")
@click.option("--key", required=True, metavar="FILE", help="Private key (PKCS#8 PEM); password: OAKUM_KEY_PASSWORD.")
@access_options
def sign(image: str, **options: Option) -> None:
    """Sign an image in a registry, or in an OCI layout (oci-layout:DIR[:TAG]), with a key.

    The signature is a Sigstore bundle that refers to the image by its digest;
    cosign verifies it, and so does oakum verify. It prints the signed name.

    \b
    Example:
        openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem
        oakum sign registry.example/app:1.2 --key key.pem
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.signing import run_sign  # noqa: PLC0415 - help is answered without it

    run_sign(image, options)
