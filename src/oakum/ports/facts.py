"""The cache of facts, as a scan asks for it."""

from collections.abc import Collection, Mapping
from typing import Protocol

from oakum.model.layer_facts import Outcome, Tree
from oakum.model.reading import Opened


class Facts(Protocol):
    """Facts by the digest that we hashed ourselves; a sync port. What it loses is read again.

    No method raises for a store that is full, read-only or damaged: it then knows nothing,
    keeps nothing and says so in ``trouble``.
    """

    trouble: str
    """Why nothing can be kept, or empty."""

    def artifact(self, identity: str) -> Opened | None:
        """The artifact that was read from files of this identity, with digests that we hashed then."""
        ...

    def put_artifact(self, identity: str, opened: Opened) -> None:
        """Keep what an identity was found to be."""
        ...

    def layer(self, digest: str, plugins: Mapping[str, int]) -> tuple[Tree | None, Collection[Outcome]]:
        """What is stored of a layer: its tree, and the outcomes of those plug-ins at those versions."""
        ...

    def put_layer(self, digest: str, tree: Tree, outcomes: Collection[Outcome]) -> None:
        """Keep what was read from a layer whose digest was verified."""
        ...
