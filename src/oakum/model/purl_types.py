"""What each type of package URL asks of its parts (the type definitions beside ECMA-427)."""

from typing import Final

from msgspec import Struct

REQUIRED: Final = "required"
OPTIONAL: Final = "optional"
PROHIBITED: Final = "prohibited"


class TypeRules(Struct, frozen=True):
    """The rules of one type.

    Attributes:
        namespace: whether there must be one, may be one, or must be none.
        lower: which parts are written in lower case: any of ``namespace``, ``name``, ``version``.
        qualifiers: keys that must be there.
    """

    namespace: str = OPTIONAL
    lower: frozenset[str] = frozenset()
    qualifiers: tuple[str, ...] = ()


def _rules(namespace: str = OPTIONAL, lower: str = "", *qualifiers: str) -> TypeRules:
    return TypeRules(namespace, frozenset(lower.split()), qualifiers)


_BOTH: Final = "namespace name"

TYPES: Final = {
    "alpm": _rules(REQUIRED, _BOTH),
    "apk": _rules(REQUIRED, _BOTH),
    "bazel": _rules(),
    "bitbucket": _rules(REQUIRED, _BOTH),
    "bitnami": _rules(PROHIBITED, "name"),
    "cargo": _rules(PROHIBITED),
    "cocoapods": _rules(PROHIBITED),
    "composer": _rules(REQUIRED, _BOTH),
    "conan": _rules(),
    "conda": _rules(PROHIBITED),
    "cpan": _rules(REQUIRED),
    "cran": _rules(PROHIBITED),
    "deb": _rules(REQUIRED, _BOTH),
    "docker": _rules(),
    "gem": _rules(PROHIBITED),
    "generic": _rules(),
    "github": _rules(REQUIRED, _BOTH),
    "githubactions": _rules(REQUIRED, _BOTH),
    "golang": _rules(REQUIRED, _BOTH),
    "hackage": _rules(PROHIBITED),
    "hex": _rules(OPTIONAL, _BOTH),
    "huggingface": _rules(OPTIONAL, "version"),
    "julia": _rules(PROHIBITED, "", "uuid"),
    "luarocks": _rules(OPTIONAL, _BOTH),
    "maven": _rules(REQUIRED),
    "mlflow": _rules(PROHIBITED),
    "npm": _rules(OPTIONAL, _BOTH),
    "nuget": _rules(PROHIBITED),
    "oci": _rules(PROHIBITED, "name"),
    "opam": _rules(PROHIBITED),
    "otp": _rules(PROHIBITED, "name"),
    "pub": _rules(PROHIBITED, "name"),
    "pypi": _rules(PROHIBITED, "name"),
    "qpkg": _rules(REQUIRED, "namespace"),
    "rpm": _rules(REQUIRED, "namespace"),
    "swid": _rules(OPTIONAL, "", "tag_id"),
    "swift": _rules(REQUIRED),
    "vscode-extension": _rules(REQUIRED, "namespace name version"),
}
"""The types whose definitions are known here; any other type is allowed and has no rules."""

NO_RULES: Final = TypeRules()
