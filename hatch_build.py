"""Builds into the wheel what no checkout holds: the sealed indexes of plug-ins, and the object of the kernel sensor."""

import os
import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SealedIndexes(BuildHookInterface[Any]):
    """Derives every ``_index.json`` before the wheel is packed, and builds the sensor where its tools are."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run for a wheel; an editable installation keeps indexes that follow the files."""
        if version == "editable":
            return
        self._derive("--sealed")
        build_data["artifacts"] += ["src/oakum/**/_index.json", "src/oakum/sources/kernel/sensor.bpf.o"]
        self._build_sensor()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - the hook's signature
        """Unseal the checkout that the wheel was made of: its files go on changing."""
        if version != "editable":
            self._derive()

    def _build_sensor(self) -> None:
        """Without its tools the wheel has no sensor, and ``oakum sensor`` says so; one that is built is packed."""
        command = ["make", "-s", "-C", os.path.join(self.root, "bpf")]
        try:
            failed = subprocess.run(command, check=False).returncode
        except OSError:
            failed = 1  # there is no make
        if failed:
            self.app.display_warning("no kernel sensor is built: it needs make, clang, llvm, libbpf-dev and bpftool")

    def _derive(self, *options: str) -> None:
        script = os.path.join(self.root, "scripts", "make_index.py")
        source = os.path.join(self.root, "src")
        subprocess.run([sys.executable, script, *options], check=True, env={**os.environ, "PYTHONPATH": source})
