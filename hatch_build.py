"""Builds into the wheel what no checkout holds: sealed indexes of plug-ins, the kernel sensor, the web console."""

import os
import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SealedIndexes(BuildHookInterface[Any]):
    """Derives every ``_index.json`` before the wheel is packed, and builds sensor and console where their tools are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run for a wheel; an editable installation keeps indexes that follow the files."""
        if version == "editable":
            return
        self._derive("--sealed")
        made = ["src/oakum/**/_index.json", "src/oakum/sources/kernel/sensor.bpf.o", "src/oakum/apps/server/static/**"]
        build_data["artifacts"] += made
        self._build("sensor", "kernel sensor", "make, clang, llvm, libbpf-dev and bpftool")
        self._build("console", "web console", "make and Node.js 20 or newer")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - the hook's signature
        """Unseal the checkout that the wheel was made of: its files go on changing."""
        if version != "editable":
            self._derive()

    def _build(self, target: str, what: str, needs: str) -> None:
        """Without its tools the wheel goes without it, and the program says so; what is built is packed."""
        command = ["make", "-s", "-C", os.path.join(self.root, "bpf")] if target == "sensor" else ["make", "-s", target]
        try:
            failed = subprocess.run(command, check=False, cwd=self.root).returncode
        except OSError:
            failed = 1  # there is no make
        if failed:
            self.app.display_warning(f"no {what} is built: it needs {needs}")

    def _derive(self, *options: str) -> None:
        script = os.path.join(self.root, "scripts", "make_index.py")
        source = os.path.join(self.root, "src")
        subprocess.run([sys.executable, script, *options], check=True, env={**os.environ, "PYTHONPATH": source})
