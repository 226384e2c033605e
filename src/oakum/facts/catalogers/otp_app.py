"""Cataloger of Erlang and Elixir applications that are installed."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, text
from oakum.facts.terms import terms
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact, Package

_NAMES = (
    "asn1 common_test compiler cosEvent cosEventDomain cosFileTransfer cosNotification cosProperty cosTime"
    " cosTransactions crypto debugger dialyzer diameter edoc eldap erl_docgen erl_interface erts et eunit ftp hipe ic"
    " inets jinterface kernel megaco mnesia observer odbc orber os_mon otp_mibs parsetools percept public_key reltool"
    " runtime_tools sasl snmp ssh ssl stdlib syntax_tools test_server tftp tools typer wx xmerl"
    " eex elixir ex_unit iex logger mix"
)
_OTP = frozenset(_NAMES.split())
"""The applications of Erlang/OTP and of Elixir themselves, which no package repository has."""


@cataloger(version=1, applications="**/ebin/*.app")
def otp_app(files: Files) -> Iterator[Fact]:
    """Erlang and Elixir applications that are installed, alone or in a release.

    Each has its resource file (app(5)). Those that Erlang/OTP and Elixir bring are of the type ``otp``, all others
    of the type ``hex``.
    """
    for file in files.applications:
        found = terms(file.text(), "erlang")
        resource = found[0] if found and isinstance(found[0], tuple) else ()
        if len(resource) < 3 or resource[0] != "application":  # noqa: PLR2004 - {application, Name, Keys}
            raise UnreadableError("is no application resource")
        name = text(resource[1])
        yield release(Package("otp" if name in _OTP else "hex", name, _version(resource[2]), file.path))


def _version(keys: Any) -> str:  # noqa: ANN401 - a term may be anything
    pairs = (key for key in keys if isinstance(key, tuple) and len(key) > 1) if isinstance(keys, list) else ()
    return next((text(key[1]) for key in pairs if key[0] == "vsn"), "")
