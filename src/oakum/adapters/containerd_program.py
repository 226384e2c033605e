"""Containerd by its own command line, ``ctr``: what Kubernetes nodes run."""

import os
import re
from collections.abc import Callable
from typing import Final

from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError, UnreadableError, UsageError
from oakum.kit.limits import SCAN_SECONDS
from oakum.kit.program import Ended, found_program, run
from oakum.ports.engines import HeldImage

_ADDRESS: Final = "/run/containerd/containerd.sock"
_FIRST: Final = ("default", "k8s.io", "moby")
"""Namespaces of people, of Kubernetes and of Docker; others are looked into after these."""

_NAMESPACE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,75}")
_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_ANSWER_SECONDS: Final = 60
_SHOWN: Final = 300
_COLUMNS: Final = 3
_PLATFORMS: Final = 5
"""Column of the platforms; the size before it is a number and a unit."""

_MOST: Final = 20


class ContainerdProgram:
    """Implements ``ports.engines.Engine``.

    Args:
        address: of containerd's socket, or empty for the usual one.
        namespace: where to look, or empty for every one.
        room: gives the descriptor of an empty unnamed file.
    """

    title = "containerd"

    def __init__(self, address: str, namespace: str, room: Callable[[], int]) -> None:
        """Nothing is run yet."""
        self._address = address.removeprefix("unix://") or _ADDRESS
        self._namespace = namespace
        self._room = room

    def here(self) -> bool:
        """Whether its socket and its program are."""
        return os.path.exists(self._address) and found_program("ctr")

    def images(self) -> tuple[HeldImage, ...]:
        """All images, by namespace; containerd says of none how old it is."""
        return tuple(image for namespace in self._namespaces() for image in self._listed(namespace))

    def image(self, name: str) -> HeldImage:
        """One image by its whole name, or by the end of it where only one ends so."""
        every = self.images()
        wanted = name if ":" in name.rpartition("/")[2] or "@" in name else f"{name}:latest"
        fitting = [image for image in every if image.names[0] in {name, wanted}]
        fitting = fitting or [image for image in every if image.names[0].endswith("/" + wanted)]
        if not fitting:
            there = ", ".join(dict.fromkeys(image.names[0] for image in every[:_MOST])) or "none"
            raise UnreadableError(f"containerd has no image {name!r}", hint=f"it has: {there}")
        if len({(image.names, image.id) for image in fitting}) > 1:
            meant = ", ".join(f"{image.names[0]} in {_namespace_of(image)}" for image in fitting[:_MOST])
            raise UsageError(f"containerd has several images {name!r}", f"--containerd-namespace picks one: {meant}")
        return fitting[0]

    def save(self, image: HeldImage, platform: str, told: Callable[[int], None]) -> int:
        """The image in an archive of an OCI layout."""
        descriptor = self._room()
        asked = platform.partition("@")[0]
        picked = ("--all-platforms",) if asked == "all" else ("--platform", asked) if asked else ()
        words = ("--namespace", _namespace_of(image), "images", "export", *picked, "-", image.names[0])
        try:
            ended = run(self._words(*words), seconds=SCAN_SECONDS, into=descriptor, told=told)
            if not picked and "no manifest found for platform" in ended.said:
                os.ftruncate(descriptor, 0)  # the opener says which platforms there are
                words = (*words[:4], "--all-platforms", *words[4:])
                ended = run(self._words(*words), seconds=SCAN_SECONDS, into=descriptor, told=told)
            if "no manifest found for platform" in ended.said:
                hint = f"--platform takes: {image.platforms or 'none is named'}"
                raise UnreadableError(f"{image.names[0]} has no image for {asked}", hint)
            if ended.code:
                raise self._error(ended)
        except OakumError:
            os.close(descriptor)
            raise
        return descriptor

    def _namespaces(self) -> list[str]:
        if self._namespace:
            if not _NAMESPACE.fullmatch(self._namespace):
                raise UsageError(f"{self._namespace!r} is no namespace of containerd")
            return [self._namespace]
        there = [one for one in self._lines("namespaces", "ls", "--quiet") if _NAMESPACE.fullmatch(one)]
        return [*(one for one in _FIRST if one in there), *(one for one in there if one not in _FIRST)]

    def _listed(self, namespace: str) -> list[HeldImage]:
        """The images of a namespace, from the table that ``ctr`` prints: name, type, digest, and more."""
        found = []
        for line in self._lines("--namespace", namespace, "images", "ls"):
            row = line.split()
            if len(row) >= _COLUMNS and _DIGEST.fullmatch(row[2]) and not row[0].startswith("-"):
                engine = f"containerd at {self._address}\n{namespace}"
                platforms = row[_PLATFORMS] if len(row) > _PLATFORMS else ""
                found.append(HeldImage(engine, row[2], (row[0],), platforms=platforms, form="oci_archive"))
        return found

    def _lines(self, *words: str) -> list[str]:
        if not os.path.exists(self._address):
            hint = "is it running? CONTAINERD_ADDRESS or --containerd-address names another socket"
            raise TryLaterError(f"no containerd is at {self._address}", hint)
        ended = run(self._words(*words), seconds=_ANSWER_SECONDS)
        if ended.code:
            raise self._error(ended)
        return ended.output.decode("utf-8", "replace").splitlines()

    def _words(self, *words: str) -> tuple[str, ...]:
        return ("ctr", "--address", self._address, "--connect-timeout", "10s", *words)

    def _error(self, ended: Ended) -> OakumError:
        said = (ended.said.splitlines()[-1:] or [f"ctr ended with {ended.code}"])[0].removeprefix("ctr: ")[:_SHOWN]
        if "permission denied" in ended.said:
            return NotPermittedError(f"containerd at {self._address} may not be asked", hint="use sudo")
        if "not found" in ended.said:
            hint = "it may hold some of its platforms only: name one with --platform"
            return UnreadableError(f"containerd does not hold the whole image: {said}", hint)
        return TryLaterError(f"containerd does not give the image: {said}")


def _namespace_of(image: HeldImage) -> str:
    return image.engine.rpartition("\n")[2]
