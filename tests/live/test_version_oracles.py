"""Version schemes against the tools that define their order."""

import ctypes
import ctypes.util
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from oakum.flows.kinds import SCHEMES
from oakum.model.scheme import VersionError

Pairs = Sequence[tuple[str, str]]
Oracle = Callable[[Pairs], list[int | None]]
"""Pairs of versions -> -1, 0 or 1 each; None where the tool takes one of them for no version."""

_SECONDS = 300
_PAIRS = 200
_KEPT = 80


def rpm(pairs: Pairs) -> list[int | None]:
    """``rpm.vercmp``, by the Lua in rpm itself."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(_lines(pairs))
        file.flush()
        loop = 'local a,b=line:match("([^\\t]*)\\t(.*)") print(rpm.vercmp(a,b).." ")'
        return _signs(_said(["rpm", "--eval", f'%{{lua:for line in io.lines("{file.name}") do {loop} end}}']))


def deb(pairs: Pairs) -> list[int | None]:
    """``dpkg --compare-versions``; what it warns about is no version to us."""
    script = """
while IFS='\t' read -r a b; do
    if dpkg --compare-versions "$a" lt "$b"; then echo -1
    elif dpkg --compare-versions "$a" eq "$b"; then echo 0
    else echo 1; fi
done"""
    return _signs(_said(["sh", "-c", script.replace("\\t", "\t")], _lines(pairs)))


def alpm(pairs: Pairs) -> list[int | None]:
    """``alpm_pkg_vercmp`` of pacman's library, which the program ``vercmp`` prints."""
    library = ctypes.CDLL(ctypes.util.find_library("alpm") or "libalpm.so.13")
    found = [library.alpm_pkg_vercmp(left.encode(), right.encode()) for left, right in pairs]
    return [(sign > 0) - (sign < 0) for sign in found]


def gem(pairs: Pairs) -> list[int | None]:
    """``Gem::Version``."""
    script = """
STDIN.each_line do |line|
  a, b = line.chomp.split("\t", -1)
  puts(Gem::Version.correct?(a) && Gem::Version.correct?(b) ? Gem::Version.new(a) <=> Gem::Version.new(b) : "error")
end"""
    return _signs(_said(["ruby", "-e", script], _lines(pairs)))


def npm(pairs: Pairs) -> list[int | None]:
    """The semver that npm itself uses."""
    script = """
let semver;
try { semver = require(process.argv[1]); } catch { semver = require("/usr/share/nodejs/semver"); }
const lines = require("fs").readFileSync(0, "utf8").trimEnd().split("\\n");
for (const line of lines) {
  const [a, b] = line.split("\\t").map((text) => semver.parse(text, { loose: true }));
  console.log(a && b ? a.compare(b) : "error");
}"""
    root = _said(["npm", "root", "-g"]).strip()
    return _signs(_said(["node", "-e", script.replace("\\\\", "\\"), f"{root}/npm/node_modules/semver"], _lines(pairs)))


def maven(pairs: Pairs) -> list[int | None]:
    """``ComparableVersion`` of maven-artifact, whose main program prints each comparison of neighbours."""
    jars = ":".join(
        f"/usr/share/java/{name}.jar" for name in ("maven3-artifact", "maven-artifact-3.x", "commons-lang3")
    )
    words = [text for pair in pairs for text in pair]
    said = _said(["java", "-cp", jars, "org.apache.maven.artifact.versioning.ComparableVersion", *words])
    marks = [line.split()[1] for line in said.splitlines() if line.startswith("   ")]
    return [{"<": -1, "==": 0, ">": 1}[mark] for mark in marks[::2]]


def packagist(pairs: Pairs) -> list[int | None]:
    """Composer's own reading and comparing."""
    script = """
require "/usr/share/php/Composer/Semver/autoload.php";
$parser = new Composer\\Semver\\VersionParser();
while (($line = fgets(STDIN)) !== false) {
  [$a, $b] = explode("\\t", rtrim($line, "\\n"));
  try { $a = $parser->normalize($a); $b = $parser->normalize($b); } catch (Exception $e) { echo "error\\n"; continue; }
  echo (str_starts_with($a, "dev-") || str_starts_with($b, "dev-")) ? "error" : version_compare($a, $b), "\\n";
}"""
    return _signs(_said(["php", "-r", script.replace("\\\\", "\\")], _lines(pairs)))


def elixir(pairs: Pairs) -> list[int | None]:
    """Elixir's ``Version``, by which Hex compares."""
    script = """
for line <- IO.stream(:stdio, :line) do
  [a, b] = line |> String.trim_trailing("\\n") |> String.split("\\t")
  case {Version.parse(a), Version.parse(b)} do
    {{:ok, a}, {:ok, b}} -> IO.puts(%{lt: -1, eq: 0, gt: 1}[Version.compare(a, b)])
    _ -> IO.puts("error")
  end
end"""
    return _signs(_said(["elixir", "-e", script.replace("\\\\", "\\")], _lines(pairs)))


def cran(pairs: Pairs) -> list[int | None]:
    """R's ``numeric_version``."""
    script = """
rows <- strsplit(readLines(file("stdin")), "\\t")
for (row in rows) cat(tryCatch(compareVersion(as.character(numeric_version(row[1])),
  as.character(numeric_version(row[2]))), error = function(e) "error"), "\\n")"""
    return _signs(_said(["Rscript", "-e", script.replace("\\\\", "\\")], _lines(pairs)))


def opam(pairs: Pairs) -> list[int | None]:
    """Filters of opam: a package of a repository of our own is available where the comparison holds."""
    with tempfile.TemporaryDirectory() as root:
        repository = os.path.join(root, "repository")
        for number, (left, right) in enumerate(pairs):
            for word, sign in (("less", "<"), ("same", "=")):
                folder = os.path.join(repository, "packages", f"{word}{number}", f"{word}{number}.1")
                os.makedirs(folder)
                with open(os.path.join(folder, "opam"), "w", encoding="utf-8") as file:
                    file.write(f'opam-version: "2.0"\navailable: "{left}" {sign} "{right}"\n')
        with open(os.path.join(repository, "repo"), "w", encoding="utf-8") as file:
            file.write('opam-version: "2.0"\n')
        options = ["--root", os.path.join(root, "opam")]
        _said(["opam", "init", *options, "--bare", "--no-setup", "--disable-sandboxing", "--yes", "own", repository])
        _said(["opam", "switch", "create", *options, "--empty", "--yes", "none"])
        held = set(_said(["opam", "list", *options, "--available", "--short", "--columns=name"]).split())
    return [-1 if f"less{one}" in held else 0 if f"same{one}" in held else 1 for one in range(len(pairs))]


def _by_python(statement: str) -> Oracle:
    """A library in the Python that ``OAKUM_ORACLES`` names: what defines an order, but is no part of our tests."""

    def asked(pairs: Pairs) -> list[int | None]:
        lines = [
            "import sys", statement, "for line in sys.stdin:", "    a, b = line.strip().split(chr(9))",
            "    try: print(compare(a, b))", "    except Exception: print('error')",
        ]  # fmt: skip
        python = os.environ.get("OAKUM_ORACLES", sys.executable) if "packaging" not in statement else sys.executable
        return _signs(_said([python, "-c", "\n".join(lines)], _lines(pairs)))

    return asked


ORACLES: dict[str, tuple[str, Oracle]] = {
    "alpm": ("alpm", alpm),
    "conan": ("python-oracles", _by_python(
        "from conan.internal.model.version import Version as V\ncompare = lambda a, b: (V(a) > V(b)) - (V(a) < V(b))"
    )),
    "cran": ("R", cran),
    "deb": ("dpkg", deb),
    "gem": ("ruby", gem),
    "hex": ("elixir", elixir),
    "maven": ("maven-artifact", maven),
    "npm": ("npm", npm),
    "opam": ("opam", opam),
    "packagist": ("composer", packagist),
    "pep440": ("python", _by_python(
        "from packaging.version import Version as V\ncompare = lambda a, b: (V(a) > V(b)) - (V(a) < V(b))"
    )),
    "portage": ("python-oracles", _by_python("from portage.versions import vercmp as compare")),
    "rpm": ("rpm", rpm),
}  # fmt: skip
"""The real part that a scheme is held to, and how it is asked."""

SCHEME_OF = {"hex": "semver", "npm": "semver"}
"""The scheme of an oracle that bears another name."""

TABLES = os.path.join(os.path.dirname(__file__), os.pardir, "unit", "model", "versions", "compared")
"""What the tools said, kept for the tests that run without them; ``OAKUM_GOLDEN=write`` asks anew."""

_EXTRA = {"conan": "OAKUM_ORACLES", "portage": "OAKUM_ORACLES", "cran": "Rscript", "hex": "elixir", "opam": "opam"}
"""What ``scripts/install-live-parts.sh`` leaves out for its size; asked where it is there."""


def _is_here(oracle: str) -> bool:
    extra = _EXTRA.get(oracle, "")
    return not extra or bool(os.environ.get(extra) or shutil.which(extra))


def _ids() -> list[object]:
    return [
        pytest.param(oracle, marks=[] if oracle in _EXTRA else pytest.mark.live(part))
        for oracle, (part, _) in ORACLES.items()
        if _is_here(oracle)
    ]


def _lines(pairs: Pairs) -> str:
    return "".join(f"{left}\t{right}\n" for left, right in pairs)


def _said(command: list[str], text: str = "") -> str:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    ended = subprocess.run(
        command, input=text, capture_output=True, text=True, check=True, timeout=_SECONDS, env=environment
    )
    return ended.stdout


def _signs(text: str) -> list[int | None]:
    return [None if line == "error" else (int(line) > 0) - (int(line) < 0) for line in text.split()]


_NUMBERS = ("0", "1", "2", "10", "01", "1")
_PLAIN = ("0", "1", "2", "10", "1")
_MORE = ("", "", ".0", ".1", ".10", ".01")
_DOT = (".0", ".1", ".10", ".2")
_SEMANTIC = (
    _PLAIN, _DOT, _DOT, ("", "", "-rc", "-1", "-a.1", "-10", "-A", "--", "-rc.1.b", "-rc.2", "-1.x"), ("", "+b", "+1"),
)  # fmt: skip

SLOTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "alpm": (
        ("", "", "0:", "1:"),
        _NUMBERS,
        _MORE,
        ("", "rc1", "_git1", "a", "..1", ".a", "+", "+B"),
        ("", "+2", "b1", ".", "0", ".rc", ".."),
        ("", "-1", "-1.1", "-01", "-2", "-a"),
    ),
    "conan": (
        _NUMBERS,
        _MORE,
        _MORE,
        ("", "a", ".b", "", ".cci.1", "q"),
        ("", "-rc1", "-1", "-b.1", "-10"),
        ("", "", "+1", "+b"),
    ),
    "cran": (_NUMBERS, _MORE, ("", "-1", "-10", ".0", "-01"), ("", ".9000", "-0")),
    "deb": (
        ("", "", "0:", "1:"),
        _NUMBERS,
        _MORE,
        ("", "~rc1", "+git1", "a", "-1", ".a", "~", "+B"),
        ("", "+2", "~2", "b1", ".1", "0"),
        ("", "-1", "-1+deb12u1", "-01", "-1~bpo", "-1.1"),
    ),
    "gem": (_NUMBERS, _MORE, _MORE, ("", ".rc1", ".a", ".pre", "-1", ".b0", ".a.0"), ("", ".0", ".1", ".x", ".0.0")),
    "hex": _SEMANTIC,
    "maven": (
        ("1", "2", "10", "01", "1"),
        _MORE,
        ("", "-alpha", ".RC1", "-beta-2", "-ga", ".Final", "-SNAPSHOT", "-sp", "-foo", "a1", "-1", "rc", "-m2", ".x"),
        ("", "", ".1", "-1", "-2.x", "-rc", ".sp"),
    ),
    "npm": (("", "v", "="), *_SEMANTIC),
    "opam": (
        ("", "", "v", "~"),
        _NUMBERS,
        _MORE,
        ("", "~rc1", "+git1", "a", "-1", ".a", "~", "+B", "_1"),
        ("", "+2", "~2", "b1", ".", "0", "~~"),
        ("", "-1", "-", "-01", "-1~b", "-1.1", "-a"),
    ),
    "packagist": (
        ("", "v", ""),
        _NUMBERS,
        _MORE,
        _MORE,
        ("", "", "-beta", "-RC1", "a2", ".alpha.1", "-p1", "-patch2", "-stable", "-dev", "b", ".3", "-pl3"),
        ("", "", "-dev", ".1", "-2", "+b1", "@dev"),
    ),
    "pep440": (
        ("", "", "1!", "v"),
        _NUMBERS,
        _MORE,
        ("", "", "a1", "rc2", "-beta", ".alpha.1", "c1"),
        ("", "", ".post1", "-1", ".post", "r2"),
        ("", "", ".dev1", "dev", ".dev0"),
        ("", "", "+1", "+a", "+a.1", "+a-2"),
    ),
    "portage": (
        _NUMBERS,
        _MORE,
        _MORE,
        ("", "", "a", "b"),
        ("", "_rc1", "_p", "_p1", "_alpha", "_pre2", "_beta10"),
        ("", "", "_p2", "_rc"),
        ("", "-r0", "-r1", "-r10", "-r01"),
    ),
    "rpm": (
        ("", "", "0:", "1:"),
        _NUMBERS,
        _MORE,
        ("", "~rc1", "^git1", "a", "_1", ".a", "~", "+B"),
        ("", "^2", "~2", "b1", ".", "0"),
        ("", "-1", "-1.el8", "-01", "-1.el10", "-~1"),
    ),
}
"""What stands in a version, slot by slot: near enough to what a tool reads, wild enough to differ."""


@pytest.mark.parametrize("oracle", _ids())
@settings(max_examples=5, deadline=None, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32))
def test_orders_as_the_real_tool_does(oracle: str, seed: int) -> None:
    pairs = _drawn(oracle, seed, _PAIRS)
    told = ORACLES[oracle][1](pairs)
    ours = [_compared(SCHEME_OF.get(oracle, oracle), *pair) for pair in pairs]
    assert [one for one in zip(pairs, told, ours, strict=True) if one[1] != one[2]] == []


@pytest.mark.parametrize("oracle", _ids())
def test_the_kept_table_is_what_the_real_tool_says(oracle: str) -> None:
    path = os.path.join(TABLES, f"{SCHEME_OF.get(oracle, oracle)}.{oracle}.tsv")
    if os.environ.get("OAKUM_GOLDEN") == "write":
        pairs = list(dict.fromkeys(_drawn(oracle, 2026, _KEPT)))
        rows = zip(pairs, ORACLES[oracle][1](pairs), strict=True)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(f"{a}\t{b}\t{'error' if sign is None else sign}\n" for (a, b), sign in rows)
    with open(path, encoding="utf-8") as file:
        kept = [tuple(line.rstrip("\n").split("\t")) for line in file]
    told = ORACLES[oracle][1]([(a, b) for a, b, _ in kept])
    assert ["error" if sign is None else str(sign) for sign in told] == [sign for _, _, sign in kept]


def _drawn(oracle: str, seed: int, count: int) -> list[tuple[str, str]]:
    drawn = random.Random(seed)  # noqa: S311 - chance, not a secret
    versions = ["".join(map(drawn.choice, SLOTS[oracle])) for _ in range(2 * count)]
    return list(zip(versions[::2], versions[1::2], strict=True))


def _compared(scheme_id: str, left: str, right: str) -> int | None:
    try:
        return SCHEMES.load(scheme_id).compare(left, right)
    except VersionError:
        return None
