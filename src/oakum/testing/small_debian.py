"""A root file system small enough for a test that still is Debian: dpkg, a shell and busybox out of this machine's own.

It holds the programs with the libraries that they load, and the entries of the packages that brought them, so that
``dpkg -i`` works in a container of it and a scan finds what is really there.
"""

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable, Iterator
from typing import Final

_PROGRAMS: Final = (
    "dpkg", "dpkg-deb", "dpkg-split", "diff", "tar", "sh", "rm", "ldconfig", "start-stop-daemon", "cat", "chmod", "cp",
    "sleep", "true", "id", "busybox",
)  # fmt: skip
_LIBRARY: Final = re.compile(r"(?:=> )?(/\S+) \(0x")
_STATUS: Final = "var/lib/dpkg/status"
_INFO: Final = "/var/lib/dpkg/info"
_SEARCHED: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def make_root(root: str) -> None:
    """Make it in a new folder.

    Raises:
        LookupError: this machine lacks one of the programs: it is no Debian, or busybox-static is missing.
    """
    for folder in ("usr/bin", "usr/sbin", "usr/lib", "etc", "tmp", "var/lib/dpkg/info", "var/lib/dpkg/updates"):
        os.makedirs(os.path.join(root, folder))
    for link in ("bin", "sbin", "lib", "lib64"):
        os.symlink(f"usr/{link}", os.path.join(root, link))
    os.chmod(os.path.join(root, "tmp"), 0o1777)  # noqa: S103 - as it is everywhere
    paths = set(_files())
    for path in sorted(paths):
        into = os.path.join(root, os.path.realpath(os.path.dirname(path)).lstrip("/"), os.path.basename(path))
        os.makedirs(os.path.dirname(into), exist_ok=True)
        shutil.copy(path, into)
    for name in ("etc/os-release", "etc/debian_version"):
        shutil.copy(f"/{name}", os.path.join(root, name))
    with open(os.path.join(root, "etc/passwd"), "w", encoding="ascii") as file:
        file.write("root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n")
    names = _packages(paths)
    _write_status(os.path.join(root, _STATUS), names)
    _write_lists(root, names)


def pack_root(root: str, archive: str) -> None:
    """The folder as a tar that ``docker import`` takes."""
    with tarfile.open(archive, "w") as tar:
        for name in sorted(os.listdir(root)):
            tar.add(os.path.join(root, name), name)


def make_package(folder: str, name: str, version: str, files: dict[str, bytes]) -> str:
    """A Debian package of some files; gives its path."""
    tree = os.path.join(folder, f"{name}_{version}")
    for path, data in {"DEBIAN/control": _control(name, version), **files}.items():
        into = os.path.join(tree, path)
        os.makedirs(os.path.dirname(into), exist_ok=True)
        with open(into, "wb") as file:
            file.write(data)
        os.chmod(into, 0o755 if path.startswith("usr/bin/") else 0o644)
    made = f"{tree}.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, made], check=True, capture_output=True)  # noqa: S603, S607 - Debian's own program
    return made


def _control(name: str, version: str) -> bytes:
    text = f"Package: {name}\nVersion: {version}\nArchitecture: all\nMaintainer: nobody <nobody@example.org>\n"
    return f"{text}Description: for a test\n".encode()


def _files() -> Iterator[str]:
    """The programs and what they load."""
    for name in _PROGRAMS:
        path = shutil.which(name, path=_SEARCHED)
        if path is None:
            raise LookupError(f"{name} is not here")
        yield path
        loaded = subprocess.run(["ldd", path], capture_output=True, text=True, check=False)  # noqa: S603, S607 - of libc
        yield from _LIBRARY.findall(loaded.stdout)


def _packages(files: Iterable[str]) -> set[str]:
    """Names of the packages that brought files; files are recorded with or without the ``/usr`` of today."""
    real = [os.path.realpath(file) for file in files]
    paths = [*real, *(path.removeprefix("/usr") for path in real)]
    said = subprocess.run(["dpkg-query", "-S", *paths], capture_output=True, text=True, check=False)  # noqa: S603, S607 - Debian's own
    return {line.partition(":")[0] for line in said.stdout.splitlines() if not line.startswith("diversion")}


def _write_lists(root: str, names: set[str]) -> None:
    """Which files each package owns: those of its own list that are here."""
    for listed in os.listdir(_INFO):
        if listed.endswith(".list") and listed.removesuffix(".list").partition(":")[0] in names:
            with open(os.path.join(_INFO, listed), encoding="utf-8") as file:
                here = [line for line in file if os.path.lexists(root + line.rstrip("\n"))]
            with open(f"{root}{_INFO}/{listed}", "w", encoding="utf-8") as file:
                file.writelines(here)


def _write_status(path: str, names: set[str]) -> None:
    with open(f"/{_STATUS}", encoding="utf-8") as file:
        entries = file.read().split("\n\n")
    kept = [entry for entry in entries if entry.partition("\n")[0].removeprefix("Package: ") in names]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n\n".join(kept) + "\n\n")
