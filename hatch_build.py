"""Builds the plug-in indexes into the wheel, sealed: an installed file never changes, so none is compared."""

import os
import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SealedIndexes(BuildHookInterface[Any]):
    """Derives every ``_index.json`` before the wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run for a wheel; an editable installation keeps indexes that follow the files."""
        if version == "editable":
            return
        self._derive("--sealed")
        build_data["artifacts"].append("src/oakum/**/_index.json")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - the hook's signature
        """Unseal the checkout that the wheel was made of: its files go on changing."""
        if version != "editable":
            self._derive()

    def _derive(self, *options: str) -> None:
        script = os.path.join(self.root, "scripts", "make_index.py")
        source = os.path.join(self.root, "src")
        subprocess.run([sys.executable, script, *options], check=True, env={**os.environ, "PYTHONPATH": source})
