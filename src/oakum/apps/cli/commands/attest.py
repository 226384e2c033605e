"""The command ``oakum attest``."""

import click

from oakum.apps.cli.registry_options import Option, access_options


@click.command()
@click.argument("image")
@click.option("--predicate", required=True, metavar="FILE", help="What is said of the image: JSON.")
@click.option("--type", "kind", required=True, help="slsaprovenance, spdxjson, cyclonedx, vuln, openvex, or a URI.")
@click.option("--key", required=True, metavar="FILE", help="Private key (PKCS#8 PEM); password: OAKUM_KEY_PASSWORD.")
@access_options
def attest(image: str, **options: Option) -> None:
    """Say something of an image under a signature: where it was built, what is in it.

    \b
    Example:
        oakum sbom registry.example/app:1.2 -f cyclonedx-json -o sbom.json
        oakum attest registry.example/app:1.2 --type cyclonedx --predicate sbom.json --key key.pem
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.signing import run_attest  # noqa: PLC0415 - help is answered without it

    run_attest(image, options)
