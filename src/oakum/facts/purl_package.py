"""From what a document states of a component to a package: by its purl, else by its own words."""

from typing import Final

from oakum.facts.bounds import bounded, statement
from oakum.facts.stated import StatedPackage
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import gaps
from oakum.model import sbom_words as words
from oakum.model.fact import Gap, Package, SourcePackage
from oakum.model.purl import Purl, PurlError, build, parse

SYSTEM: Final = frozenset({"deb", "apk", "rpm", "alpm", "ebuild"})
"""Types whose packages a distribution builds; their namespace names it."""

_EPOCH: Final = frozenset({"deb", "rpm", "alpm"})
_UNNAMED: Final = frozenset({"conan", "cpan", "bitnami", "oci", "docker"})
"""Types whose namespace is no part of the name that their ecosystem uses."""


def package_of(stated: StatedPackage, path: str) -> Package | Gap:
    """The package, or a gap where the document does not say what it is."""
    purl = _parsed(stated.purl)
    kind = purl.type if purl else stated.kind
    name = _name(stated, purl)
    if not kind or not name:
        said = " ".join(part for part in (stated.group, stated.name, stated.version) if part)[:200]
        return Gap(gaps.UNIDENTIFIED_PACKAGE, f"{said or 'a component'}: the document does not say which package", path)
    qualifiers = dict(purl.qualifiers) if purl else {}
    version = _version(kind, stated.version or (purl.version if purl else ""), qualifiers)
    return bounded(
        Package(
            kind,
            name,
            version,
            path,
            arch=_short(qualifiers.get("arch") or stated.value("arch")),
            source=_source(kind, stated, qualifiers, version),
            licenses=tuple(one for given in stated.licenses for one in statement(given)),
            scope=stated.scope or stated.value(words.SCOPE),
            module=_short(stated.value(words.MODULE) or qualifiers.get("rpmmod", "")),
            guessed=_short(stated.value(words.GUESSED)),
            purl=_canonical(purl),
        )
    )


def _parsed(text: str) -> Purl | None:
    try:
        return parse(text) if text else None
    except PurlError:
        return None


def _canonical(purl: Purl | None) -> str:
    try:
        return build(purl) if purl else ""
    except PurlError:
        return ""


def _name(stated: StatedPackage, purl: Purl | None) -> str:
    """The name in its ecosystem's spelling: the component's own where that differs by case or dashes alone."""
    if purl is None:
        mark = ":" if stated.kind == "maven" else "/"
        return f"{stated.group}{mark}{stated.name}" if stated.group and stated.kind not in SYSTEM else stated.name
    name = purl.name
    if purl.namespace and purl.type not in SYSTEM and purl.type not in _UNNAMED:
        name = f"{purl.namespace}{':' if purl.type == 'maven' else '/'}{purl.name}"
    own = (stated.name, f"{stated.group}:{stated.name}", f"{stated.group}/{stated.name}")
    return next((one for one in own if _plain(one) == _plain(name)), name)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def _version(kind: str, version: str, qualifiers: dict[str, str]) -> str:
    """Purls of some kinds give the epoch apart."""
    epoch = qualifiers.get("epoch", "")
    return f"{epoch}:{version}" if kind in _EPOCH and epoch not in {"", "0"} and ":" not in version else version


def _source(kind: str, stated: StatedPackage, qualifiers: dict[str, str], version: str) -> SourcePackage | None:
    """The source package: in our words, as the purl has it, in Trivy's words, in Syft's."""
    if kind not in SYSTEM:
        return None
    name, source = stated.value(words.SOURCE + ":name"), stated.value(words.SOURCE + ":version")
    if not name:
        name, source = _upstream(kind, qualifiers.get("upstream", ""), version)
    if not name:
        name, source = stated.value("aquasecurity:trivy:SrcName"), _trivy_version(stated)
    if not name:
        name = stated.value("syft:metadata:source", "syft:metadata:originPackage")
        source = stated.value("syft:metadata:sourceVersion")
    if not name or max(len(name), len(source)) > FIELD_CHARACTERS:
        return None
    return SourcePackage(name, source or version)


def _upstream(kind: str, text: str, version: str) -> tuple[str, str]:
    """``name@version``; a name alone; or the file name of a source rpm."""
    if kind == "rpm" and text.endswith(".src.rpm"):
        name, dash, rest = text[: -len(".src.rpm")].rpartition("-")
        name, other, number = name.rpartition("-")
        epoch = version.partition(":")[0] + ":" if ":" in version else ""
        return (name, f"{epoch}{number}-{rest}") if dash and other else ("", "")
    name, _, source = text.partition("@")
    return name, source


def _trivy_version(stated: StatedPackage) -> str:
    epoch, version, release = (
        stated.value(f"aquasecurity:trivy:Src{part}") for part in ("Epoch", "Version", "Release")
    )
    whole = f"{version}-{release}" if release else version
    return f"{epoch}:{whole}" if epoch not in {"", "0"} else whole


def _short(text: str) -> str:
    return text if len(text) <= FIELD_CHARACTERS else ""
