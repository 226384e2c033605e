"""The command ``oakum webhook``."""

import os

import click

from oakum.kit.errors import ConfigurationError


@click.command()
@click.option("--snapshot", required=True, metavar="FILE", help="What to decide from; see oakum snapshot.")
@click.option("--certificate", required=True, metavar="FILE", help="TLS certificate with its chain, PEM.")
@click.option("--key", required=True, metavar="FILE", help="Its key, PEM (PKCS #8).")
@click.option("--client-ca", metavar="FILE", default="", help="Only clients with a certificate of this authority.")
@click.option("--address", default="127.0.0.1", show_default=True, metavar="IP", help="To listen at.")
@click.option("--port", default=8443, show_default=True, type=click.IntRange(1, 65535), help="To listen at.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes.")
@click.option("--cluster", metavar="NAME", default="", help="Of this cluster, for the scope of policies.")
@click.option("--environment", metavar="NAME", default="", help="Of this cluster, for the scope of policies.")
def webhook(snapshot: str, certificate: str, key: str, **options: str | int) -> None:
    """Answer the admission reviews of a Kubernetes API server, by policies.

    \b
    Reviews are posted to /review; /livez and /readyz say how it is:
        oakum webhook --snapshot /var/lib/oakum/snapshot --certificate tls.crt --key tls.key
    It fails closed: without a current snapshot nothing is admitted.
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.webhook.application import Settings  # noqa: PLC0415 - only here
    from oakum.apps.webhook.serve import Served, serve  # noqa: PLC0415 - as above

    if not os.path.exists(snapshot):
        raise ConfigurationError(f"{snapshot} is not there", hint="oakum snapshot TARGET... -o FILE writes one")
    settings = Settings(os.path.abspath(snapshot), str(options["cluster"]), str(options["environment"]))
    served = Served(
        str(options["address"]),
        int(options["port"]),
        certificate,
        key,
        str(options["client_ca"]),
        int(options["workers"]),
    )
    serve(served, settings)
