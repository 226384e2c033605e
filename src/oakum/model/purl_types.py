"""What each type of package URL asks of its parts (the type definitions beside ECMA-427)."""

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

REQUIRED: Final = "required"
OPTIONAL: Final = "optional"
PROHIBITED: Final = "prohibited"

Qualifiers = tuple[tuple[str, str], ...]


class TypeRules(Struct, frozen=True):
    """The rules of one type.

    Attributes:
        namespace: whether there must be one, may be one, or must be none.
        lower: which parts are written in lower case: any of ``namespace``, ``name``, ``version``, ``subpath``.
            A definition says so with ``case_sensitive: false`` (ECMA-427, Annex A).
        qualifiers: keys that must be there.
        allowed: part, what it must match whole when it is there, and the rule in words.
    """

    namespace: str = OPTIONAL
    lower: frozenset[str] = frozenset()
    qualifiers: tuple[str, ...] = ()
    allowed: tuple[tuple[str, re.Pattern[str], str], ...] = ()


def spelled(kind: str, part: str, text: str, qualifiers: Qualifiers = ()) -> str:
    """A part as its type writes it: case, and marks that the type takes for one another."""
    if part in TYPES.get(kind, NO_RULES).lower or (part == "name" and _on_databricks(kind, qualifiers)):
        text = text.lower()
    respell = _SPELLINGS.get((kind, part))
    return respell(text) if respell else text


def spelled_qualifiers(kind: str, qualifiers: Qualifiers) -> Qualifiers:
    """Qualifiers as their type writes them: a SWID tag that is a GUID is in lower case."""
    if kind != "swid":
        return qualifiers
    return tuple((key, value.lower() if key == "tag_id" and _GUID(value) else value) for key, value in qualifiers)


def _on_databricks(kind: str, qualifiers: Qualifiers) -> bool:
    """Model names are without case on Databricks alone, which the address of the server tells."""
    return kind == "mlflow" and any(key == "repository_url" and "databricks" in value for key, value in qualifiers)


def _rules(
    namespace: str = OPTIONAL, lower: str = "", *qualifiers: str, allowed: tuple[tuple[str, str, str], ...] = ()
) -> TypeRules:
    patterns = tuple((part, re.compile(pattern, re.ASCII | re.DOTALL), says) for part, pattern, says in allowed)
    return TypeRules(namespace, frozenset(lower.split()), qualifiers, patterns)


def _lower_repository(name: str) -> str:
    """The repository's name has no case; the path of an action within it has."""
    repository, slash, path = name.partition("/")
    return repository.lower() + slash + path


_GUID: Final = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch
_NO_PUB: Final = re.compile("[^a-z0-9_]")

_SPELLINGS: Final[dict[tuple[str, str], Callable[[str], str]]] = {
    ("cpan", "namespace"): str.upper,
    ("githubactions", "name"): _lower_repository,
    ("pub", "name"): lambda name: _NO_PUB.sub("_", name),
    ("pypi", "name"): lambda name: name.replace("_", "-"),
}
"""Rules of spelling besides lower case."""

_BOTH: Final = "namespace name"
_CHROME: Final = (
    ("name", "[a-z]{32}", "32 letters a to z"),
    ("version", r"[0-9]+(?:\.[0-9]+){0,3}", "one to four numbers"),
)
_POD: Final = (("name", r"[^\s+.][^\s+]*", "no space, no plus, no dot in front"),)
_DISTRIBUTION: Final = (("name", "(?:(?!::).)*", "a distribution, and this is a module"),)
_CREATOR: Final = (("namespace", "[^/]+(?:/[^/]+)?", "the creator's name and its regid"),)

TYPES: Final = {
    "alpm": _rules(REQUIRED, _BOTH),
    "apk": _rules(REQUIRED, _BOTH),
    "bazel": _rules(PROHIBITED),
    "bitbucket": _rules(REQUIRED, _BOTH),
    "bitnami": _rules(PROHIBITED, "name"),
    "cargo": _rules(PROHIBITED),
    "chrome-extension": _rules(PROHIBITED, "name", allowed=_CHROME),
    "cocoapods": _rules(PROHIBITED, allowed=_POD),
    "composer": _rules(REQUIRED, _BOTH),
    "conan": _rules(),
    "conda": _rules(PROHIBITED),
    "cpan": _rules(REQUIRED, allowed=_DISTRIBUTION),
    "cran": _rules(PROHIBITED),
    "deb": _rules(REQUIRED, _BOTH),
    "docker": _rules(),
    "gem": _rules(PROHIBITED),
    "generic": _rules(),
    "github": _rules(REQUIRED, _BOTH),
    "githubactions": _rules(REQUIRED, "namespace"),
    "golang": _rules(REQUIRED, _BOTH),
    "hackage": _rules(PROHIBITED),
    "hex": _rules(OPTIONAL, _BOTH),
    "huggingface": _rules(REQUIRED, "version"),
    "julia": _rules(PROHIBITED, "", "uuid"),
    "luarocks": _rules(OPTIONAL, _BOTH),
    "maven": _rules(REQUIRED),
    "mlflow": _rules(PROHIBITED),
    "npm": _rules(OPTIONAL, _BOTH),
    "nuget": _rules(PROHIBITED),
    "oci": _rules(PROHIBITED, "name version"),
    "opam": _rules(PROHIBITED),
    "otp": _rules(PROHIBITED, "name subpath"),
    "pub": _rules(PROHIBITED, "name"),
    "pypi": _rules(PROHIBITED, "name version"),
    "qpkg": _rules(REQUIRED, "namespace"),
    "rpm": _rules(REQUIRED, "namespace"),
    "swid": _rules(OPTIONAL, "", "tag_id", allowed=_CREATOR),
    "swift": _rules(REQUIRED),
    "vcpkg": _rules(PROHIBITED),
    "vscode-extension": _rules(REQUIRED, "namespace name version"),
    "yocto": _rules(OPTIONAL, "namespace"),
}
"""The types whose definitions are known here; any other type is allowed and has no rules."""

NO_RULES: Final = TypeRules()
