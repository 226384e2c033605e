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
        script = os.path.join(self.root, "scripts", "make_index.py")
        source = os.path.join(self.root, "src")
        subprocess.run([sys.executable, script, "--sealed"], check=True, env={**os.environ, "PYTHONPATH": source})
        build_data["artifacts"].append("src/oakum/**/_index.json")
