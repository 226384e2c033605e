"""Files of an image by their paths, as the finished file system has them."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from oakum.facts.hiding import Above, text_of
from oakum.model.inventory import ImageFile
from oakum.model.layer_facts import Tree

_WILD: Final = re.compile(r"[*?]+")
_SHORTEST: Final = 3


def find_files(trees: Sequence[Tree], globs: Iterable[str], fits: Callable[[str], bool]) -> tuple[ImageFile, ...]:
    """The files that fit, each from the layer that it is visible from; a folder is none.

    The longest part of a glob without a star is looked for in all paths at once, which is a hundred times faster than
    to ask of each path.

    Args:
        trees: of the layers, from the base upward.
        globs: of paths from the root, for what is to be looked for.
        fits: whether a path fits one of them.
    """
    needles = {_needle(glob) for glob in globs}
    texts = [text_of(tree.entries) if tree.entries else "" for tree in trees]
    candidates = [{path for path in _near(text, needles) if path[-1:] != "/" and fits(path)} for text in texts]
    above = Above(set().union(*candidates))
    found: list[ImageFile] = []
    for layer in range(len(trees) - 1, -1, -1):
        hidden = above.hides(candidates[layer])
        found += [ImageFile(path, layer) for path in sorted(candidates[layer] - hidden)]
        if layer:
            above.add(trees[layer])
    return tuple(sorted(found, key=lambda one: one.path))


def _near(text: str, needles: set[str]) -> Iterator[str]:
    """Every path that holds one of the needles; every path where one is too short to tell."""
    if any(len(needle) < _SHORTEST for needle in needles):
        yield from (path for path in text.split("\0") if path)
        return
    for needle in needles:
        at = text.find(needle)
        while at >= 0:
            begin = text.rfind("\0", 0, at) + 1
            end = text.find("\0", at)
            end = len(text) if end < 0 else end
            yield text[begin:end]
            at = text.find(needle, end)


def _needle(glob: str) -> str:
    return max((part.lstrip("/") for part in _WILD.split(glob)), key=len)
