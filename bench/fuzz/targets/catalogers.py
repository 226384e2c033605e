"""Every cataloger through its own examples, and all of them together through a whole layer."""

import os
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator

import msgspec
from bench.fuzz.target import ALONE, CORPUS, Case, Target, single, tree
from bench.fuzz.targets.archives import tar_sums

from oakum.facts.cataloger import CATALOGERS, Cataloger
from oakum.facts.engine import Reading, read_entries
from oakum.facts.patterns import Patterns
from oakum.kit import limits
from oakum.kit.archive.tar import TarWalker
from oakum.kit.errors import OakumError
from oakum.kit.journal import Journal
from oakum.model.fact import Fact, Package
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.testing.files import read
from oakum.testing.images import Layer, tar_of

DOCUMENTED = (OakumError, ValueError, LookupError, EOFError, zipfile.BadZipFile, zlib.error)
"""What a cataloger may raise, as ``tests/contracts/test_catalogers.py`` says: the engine makes a gap of it."""

_LARGEST = 60_000
_WORDS: dict[str, tuple[bytes, ...]] = {
    "go_binary": (b"\xff Go buildinf:", b"path\t", b"mod\t", b"dep\t", b"=>\t"),
    "jar": (b"PK\x05\x06", b"PK\x03\x04", b"Implementation-Version: "),
    "dpkg": (b"\n\n", b"Package: ", b"Status: install ok installed\n"),
    "yarn_lock": (b'"@npm:', b"version ", b"resolution: ", b"__metadata:"),
    "requirements": (b"==", b" \\\n", b"--hash=", b"; python_version", b"-r x", b"===", b"@ http://"),
}


def targets() -> Iterator[Target]:
    """Those of this module."""
    for name in CATALOGERS.ids():
        yield Target(f"cataloger-{name}", _cases(name), _run(name), DOCUMENTED, _WORDS.get(name, ()))
    yield single("layer", _layers, _layer, (), words=(b"ustar", b"PK\x03\x04", b"\x7fELF"), mend=tar_sums)


def _cases(name: str) -> Callable[[], list[Case]]:
    def made() -> list[Case]:
        folder = os.path.join(CORPUS, name)
        cases = [tree(os.path.join(folder, case)) for case in sorted(os.listdir(folder))]
        for case in cases:
            case.pop("expected.json", None)
        small = [case for case in cases if sum(map(len, case.values())) <= 4 * _LARGEST]
        return [{path: data[: 4 * _LARGEST] for path, data in case.items()} for case in small or cases]

    return made


def _run(name: str) -> Callable[[Case], object]:
    plugin: list[Cataloger] = []

    def run(case: Case) -> object:
        if not plugin:
            plugin.append(CATALOGERS.load(name))
        return checked(read(plugin[0], case))

    return run


def checked(facts: list[Fact]) -> list[Fact]:
    """Facts that can be said to the parent, and whose names have bounds."""
    try:
        said = msgspec.msgpack.encode(LayerFacts(outcomes=(Outcome("x", 1, tuple(facts)),)))
        heard = msgspec.msgpack.decode(said, type=LayerFacts).outcomes[0].facts
    except (ValueError, TypeError, OverflowError) as error:
        raise AssertionError("facts that cannot be said to the parent") from error
    if heard != tuple(facts):
        raise AssertionError("the parent hears something else than was said")
    for fact in facts:
        if isinstance(fact, Package) and max(len(fact.name), len(fact.version)) > limits.FIELD_CHARACTERS:
            raise AssertionError("a name or a version passes the limit")
        if isinstance(fact, Package) and any(len(text) > limits.FIELD_CHARACTERS for text in fact.licenses):
            raise AssertionError("a licence passes the limit")
    return facts


def _layers() -> Iterator[bytes]:
    found: dict[str, bytes] = {}
    for number, name in enumerate(CATALOGERS.ids()):
        for case in _cases(name)()[:1]:
            small = {path: data for path, data in case.items() if len(data) < _LARGEST // 10}
            if len(small) == len(case) and all(path not in found for path in small):
                found |= small
        if number % 8 == 7 or name == CATALOGERS.ids()[-1]:  # noqa: PLR2004 - several catalogers in each layer
            yield tar_of(Layer(files=found))
            found = {}


def _layer(data: bytes) -> object:
    index = CATALOGERS.index()
    journal = Journal.create(1)
    with tempfile.TemporaryFile() as spill:
        reading = Reading(
            patterns=_PATTERNS.setdefault(ALONE, Patterns(index)),
            load=CATALOGERS.load,
            versions={name: entry["version"] for name, entry in index.items()},
            part=0,
            slot=0,
            journal=journal,
            spill=spill.fileno(),
            passed={},
        )
        _, facts = read_entries(TarWalker(iter([data])), reading)
    journal.close()
    for outcome in facts.outcomes:
        checked(list(outcome.facts))
    return facts


_PATTERNS: dict[str, Patterns] = {}
