import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = str(Path(__file__).parents[3] / "src")
CHILD = "import sys, time; from oakum.kit.parent import end_with_parent; end_with_parent(int(sys.argv[1])); print('up')"
PARENT = f"""
import os, subprocess, sys
words = [sys.executable, "-c", {CHILD + "; sys.stdout.flush(); time.sleep(600)"!r}, str(os.getpid())]
child = subprocess.Popen(words, stdout=subprocess.PIPE)
print(child.stdout.readline().decode(), end="", flush=True)
os.kill(os.getpid(), 9)
"""
SPAWNER = """
import multiprocessing, os, time
from oakum.kit.parent import end_with_spawner
def child():
    end_with_spawner()
    print("up", flush=True)
    time.sleep(600)
if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    time.sleep(1)
    os.kill(os.getpid(), 9)
"""


def run(*words: str) -> str:
    """What it said, once nobody holds its output any more: a child that lives on would."""
    environment = {**os.environ, "PYTHONPATH": SOURCES}
    return subprocess.run(words, env=environment, stdout=subprocess.PIPE, timeout=60, check=False).stdout.decode()


@pytest.mark.parametrize("parent", [PARENT, SPAWNER], ids=["started", "spawned"])
def test_a_process_ends_with_its_parent(parent: str) -> None:
    assert run(sys.executable, "-c", parent) == "up\n"


def test_an_orphan_ends_at_once() -> None:
    assert run(sys.executable, "-c", CHILD, "1") == ""


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="namespaces need root and unshare")
def test_the_parent_may_be_process_1_of_a_container() -> None:
    parent = PARENT.replace("os.kill(os.getpid(), 9)", "assert os.getpid() == 1")
    assert run("unshare", "--pid", "--fork", sys.executable, "-c", parent) == "up\n"


ADOPTING = """
import os, sys, time
from oakum.kit import process
from oakum.kit.parent import adopt_orphans
adopt_orphans()
work = "os.fork(); os.write(1, b'.'); time.sleep(600)"
helper = process.start("timeit", ("-n1", "-r1", "-s", "import os, time", work))
os.read(helper.output, 1), os.read(helper.output, 1)
assert helper.end() == -9
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("up")
"""


def test_the_children_of_a_helper_that_was_ended_are_seen_off() -> None:
    assert run(sys.executable, "-c", ADOPTING) == "up\n"
