"""Landlock alone, in a process of its own, for each version up to the kernel's."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from oakum.kit import landlock

RUN = """
import json, os, sys
from oakum.kit import landlock
from oakum.kit.syscalls import call
version, open_to, closed = int(sys.argv[1]), sys.argv[2], sys.argv[3]
call("prctl", 38, 1, 0, 0, 0)
landlock.version = lambda: version
said = {"held": landlock.restrict([open_to, open_to + "/none", sys.argv[4]])}
def attempt(name, step):
    try:
        step()
        said[name] = 0
    except OSError as error:
        said[name] = error.errno
attempt("read", lambda: open(open_to + "/file").close())
attempt("list", lambda: os.listdir(open_to))
attempt("single", lambda: open(sys.argv[4]).close())
attempt("read elsewhere", lambda: open(closed + "/file").close())
attempt("list elsewhere", lambda: os.listdir(closed))
attempt("write", lambda: open(open_to + "/file", "r+").close())
attempt("make", lambda: open(open_to + "/new", "w").close())
attempt("remove", lambda: os.unlink(open_to + "/file"))
attempt("move", lambda: os.rename(open_to + "/file", open_to + "/other"))
attempt("truncate", lambda: os.truncate(closed + "/single", 0))
attempt("parent", lambda: open(f"/proc/{os.getppid()}/environ").close())
attempt("status", lambda: os.stat(closed + "/file"))
print(json.dumps(said))
"""

REFUSED = ("read elsewhere", "list elsewhere", "write", "make", "remove", "move", "parent")


def there() -> int:
    try:
        return landlock.version()
    except OSError:
        return 0


@pytest.mark.skipif(not there(), reason="this kernel has no Landlock")
@pytest.mark.parametrize("version", range(1, min(max(there(), 1), landlock.NEWEST + 1) + 1))
def test_reading_is_granted_where_it_was_said_and_nothing_else_is(version: int, tmp_path: Path) -> None:
    for name in ("open", "closed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("words")
    (tmp_path / "closed" / "single").write_text("words")
    words = [str(version), str(tmp_path / "open"), str(tmp_path / "closed"), str(tmp_path / "closed" / "single")]
    ran = subprocess.run([sys.executable, "-c", RUN, *words], check=True, capture_output=True)
    said = json.loads(ran.stdout)
    assert said["held"] == min(version, landlock.NEWEST)
    assert {name: said[name] for name in ("read", "list", "single")} == {"read": 0, "list": 0, "single": 0}
    assert {name for name in REFUSED if not said[name]} == set()
    assert bool(said["truncate"]) == (version >= 3)
    assert said["status"] == 0, "that a path is there stays visible: the documentation says so"
