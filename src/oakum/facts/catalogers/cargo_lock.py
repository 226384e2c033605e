"""Cataloger of Rust crates that Cargo.lock pins."""

from collections.abc import Iterator

from msgspec.structs import replace

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, exact, release, rows, table, text, words
from oakum.kit import toml
from oakum.model import purl
from oakum.model.fact import Fact, Gap, Package


@cataloger(version=1, reads=DECLARED, locks="**/Cargo.lock")
def cargo_lock(files: Files) -> Iterator[Fact]:
    """Rust crates that ``Cargo.lock`` pins, of all four versions of the format.

    Crates of the source tree itself have no source and are listed too. One that comes from Git says so in its
    package URL. A dependency is written as short as it is unambiguous: name, version, source.
    """
    for file in files.locks:
        document = toml.document(file.data)
        root = table(document.get("root"))  # the crate itself, before Cargo 1.23
        entries = [*([root] if root else []), *rows(document.get("package"))]
        named = exact((text(entry.get("name")), text(entry.get("version"))) for entry in entries)
        for entry in entries:
            name, version = text(entry.get("name")), text(entry.get("version"))
            needs = edges(_edge(need, named) for need in words(entry.get("dependencies")))
            yield _with_origin(release(Package("cargo", name, version, file.path, depends=needs)), entry.get("source"))


def _edge(need: str, named: dict[tuple[str, str], str]) -> str:
    """``name``, ``name version`` or ``name version (source)`` as the name of the edge."""
    name, _, rest = need.partition(" ")
    version = rest.partition(" ")[0]
    return named.get((name, version), name)


def _with_origin(package: Package | Gap, source: object) -> Package | Gap:
    address = text(source)
    if isinstance(package, Gap) or not address.startswith("git+"):
        return package
    parts = purl.Purl("cargo", package.name, version=package.version, qualifiers=(("vcs_url", address),))
    return replace(package, purl=purl.build(parts))
