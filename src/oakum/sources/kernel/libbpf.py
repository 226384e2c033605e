"""libbpf through ctypes: open an object, choose its programs, load, attach, and reach its maps.

Source: libbpf.h and bpf.h of libbpf 1.x, whose symbols are versioned and stay. Since 1.0 a function that gives a
pointer gives NULL and sets errno, and one that gives a number gives ``-errno``.
"""

import ctypes
import os
from collections.abc import Callable, Iterator
from typing import Any, Final

from oakum.kit.errors import TryLaterError

_LINE: Final = 1024
_KEPT: Final = 40

_pointer = ctypes.c_void_p
_PRINT: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, _pointer, _pointer)
_POINTERS: Final = (
    "bpf_object__open_file",
    "bpf_object__find_map_by_name",
    "bpf_object__find_program_by_name",
    "bpf_map__initial_value",
    "bpf_program__attach",
    "bpf_program__attach_cgroup",
    "ring_buffer__new",
)


class Library:
    """The library of this machine."""

    def __init__(self) -> None:
        """Load it.

        Raises:
            TryLaterError: it is not installed.
        """
        try:
            self.call = ctypes.CDLL("libbpf.so.1", use_errno=True)
        except OSError:
            hint = "install libbpf 1.x: the package is libbpf1 (Debian, Ubuntu), libbpf (Fedora, Alpine, Arch)"
            raise TryLaterError("the library libbpf.so.1 is not installed", hint) from None
        for name in _POINTERS:
            getattr(self.call, name).restype = _pointer
        self.said: list[str] = []
        self._printer = _PRINT(self._keep)
        self.call.libbpf_set_print(self._printer)

    def _keep(self, level: int, form: int, arguments: int) -> int:
        """Keep what the library would print: the last lines say why the kernel refused."""
        del level
        line = ctypes.create_string_buffer(_LINE)
        ctypes.CDLL(None).vsnprintf(line, ctypes.c_size_t(_LINE), _pointer(form), _pointer(arguments))
        self.said = [*self.said[1 - _KEPT :], line.value.decode("utf-8", "replace").strip()]
        return 0


class Map:
    """A map of a loaded object, by its descriptor."""

    def __init__(self, library: Library, descriptor: int, sizes: tuple[int, int]) -> None:
        """Take a descriptor; ``sizes`` are those of a key and of a value."""
        self.descriptor = descriptor
        self._call = library.call
        self._key, self._value = sizes

    def set(self, key: bytes, value: bytes) -> None:
        """Add or replace one pair.

        Raises:
            OSError: the map is full.
        """
        if len(key) != self._key or len(value) != self._value:
            raise ValueError("a key or a value has the wrong size")
        _checked(self._call.bpf_map_update_elem(self.descriptor, key, value, ctypes.c_ulonglong(0)))

    def get(self, key: bytes, size: int = 0) -> bytes | None:
        """A value, or None; a map per processor needs the ``size`` of all its values together."""
        value = ctypes.create_string_buffer(size or self._value)
        return value.raw if self._call.bpf_map_lookup_elem(self.descriptor, key, value) == 0 else None

    def remove(self, key: bytes) -> None:
        """Remove one pair; nothing happens where there is none."""
        self._call.bpf_map_delete_elem(self.descriptor, key)

    def keys(self, most: int) -> Iterator[bytes]:
        """The keys; a map that changes meanwhile may begin anew, so no more than ``most`` are given."""
        key = None
        found = ctypes.create_string_buffer(self._key)
        for _ in range(most):
            if self._call.bpf_map_get_next_key(self.descriptor, key, found) != 0:
                return
            key = found.raw
            yield key


class BpfObject:
    """One object file, opened."""

    def __init__(self, library: Library, path: str) -> None:
        """Open it.

        Raises:
            TryLaterError: it cannot be read as an object.
        """
        self._library = library
        self._call = library.call
        self._links: list[int] = []
        self._object = self._call.bpf_object__open_file(os.fsencode(path), None)
        if not self._object:
            why = library.said[-1] if library.said else os.strerror(ctypes.get_errno())
            raise TryLaterError(f"{path} cannot be opened: {why}", "make sensor builds it")

    def choose(self, program: str, *, load: bool) -> None:
        """Say whether a program is loaded with the object."""
        self._call.bpf_program__set_autoload(_pointer(self._program(program)), ctypes.c_bool(load))

    def constants(self, content: bytes) -> None:
        """Write the object's only constant, before it is loaded.

        Raises:
            ValueError: it has another size: the object and this code are of different versions.
        """
        size = ctypes.c_size_t()
        place = self._call.bpf_map__initial_value(_pointer(self._map(".rodata")), ctypes.byref(size))
        if not place or size.value != len(content):
            raise ValueError(f"the settings of the sensor have {size.value} bytes, not {len(content)}")
        ctypes.memmove(place, content, len(content))

    def load(self) -> None:
        """Give it to the kernel.

        Raises:
            OSError: the kernel refused it; ``Library.said`` tells why.
        """
        _checked(self._call.bpf_object__load(_pointer(self._object)))

    def attach(self, program: str, group: int = -1) -> None:
        """Start a program, on the control group with this descriptor or where its section says.

        Raises:
            OSError: the kernel refused it.
        """
        which = _pointer(self._program(program))
        if group < 0:
            link = self._call.bpf_program__attach(which)
        else:
            link = self._call.bpf_program__attach_cgroup(which, group)
        if not link:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._links.append(link)

    def map(self, name: str) -> Map:
        """A map of the loaded object."""
        which = _pointer(self._map(name))
        sizes = self._call.bpf_map__key_size(which), self._call.bpf_map__value_size(which)
        return Map(self._library, self._call.bpf_map__fd(which), sizes)

    def close(self) -> None:
        """Stop the programs and forget the maps."""
        while self._links:
            self._call.bpf_link__destroy(_pointer(self._links.pop()))
        if self._object:
            self._call.bpf_object__close(_pointer(self._object))
        self._object = None

    def _program(self, name: str) -> int:
        return self._found(self._call.bpf_object__find_program_by_name, name)

    def _map(self, name: str) -> int:
        return self._found(self._call.bpf_object__find_map_by_name, name)

    def _found(self, find: Callable[[Any, bytes], int | None], name: str) -> int:
        found = find(_pointer(self._object), name.encode())
        if not found:
            raise ValueError(f"the sensor's object has no {name}")
        return found


def _checked(result: int) -> None:
    if result < 0:
        raise OSError(-result, os.strerror(-result))
