"""The command ``oakum serve``."""

import click

from oakum.apps.cli.state_option import state_option


@click.command()
@state_option
@click.option("--listen", metavar="IP:PORT", default="127.0.0.1:8440", show_default=True, help="Where to listen.")
@click.option("--certificate", metavar="FILE", default="", help="TLS certificate with its chain, PEM.")
@click.option("--key", metavar="FILE", default="", help="Its key, PEM (PKCS #8).")
@click.option("--plain-http", is_flag=True, help="Listen beyond this machine without TLS.")
@click.option("--db", metavar="WHERE", default="", help="The advisories; default: those that scans use.")
def serve(state: str, listen: str, db: str, **options: str | bool) -> None:
    """Run the server: the API, the console, and what goes on behind them.

    Everything it keeps is in the state folder. The first time it prints a token
    that makes the admin account, once.

    \b
    Examples:
        oakum serve
        oakum serve --state /var/lib/oakum --listen 0.0.0.0:8440 --certificate tls.crt --key tls.key
    """  # noqa: D301 - click's mark of a paragraph that stays as it is
    from oakum.apps.cli.serving import run_serve  # noqa: PLC0415 - help is answered without the server

    tls = (str(options["certificate"]), str(options["key"]))
    run_serve(state, listen, db, tls, plain=bool(options["plain_http"]))
