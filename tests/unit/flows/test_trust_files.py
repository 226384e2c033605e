import os
from pathlib import Path

from oakum.flows.trust_files import Trust
from oakum.model.engine_container import Layers
from oakum.sources.host.overlay import Hashes, Overlay


class Kernel:
    """Implements ``flows.trust_files.Kernel``: notes which files may start."""

    def __init__(self) -> None:
        self.trusted: list[int] = []

    def guard(self, group: int) -> None:
        """Nothing is asked of it here."""

    def unguard(self, group: int) -> None:
        """Nor this."""

    def trust(self, file: os.stat_result) -> None:
        self.trusted.append(file.st_ino)


def test_a_file_is_compared_once_for_each_state_and_only_the_images_own_may_start(tmp_path: Path) -> None:
    for layer in ("upper", "lower"):
        (tmp_path / layer / "bin").mkdir(parents=True)
        (tmp_path / layer / "bin" / "own").write_bytes(b"own")
    (tmp_path / "upper" / "bin" / "other").write_bytes(b"other")
    kernel = Kernel()
    trust = Trust(kernel, Overlay(Layers(str(tmp_path / "upper"), (str(tmp_path / "lower"),)), Hashes()))
    for _ in range(2):
        for name in ("/bin/own", "/bin/other", "/bin/none"):
            trust.path(name)
    own = (tmp_path / "upper" / "bin" / "own").stat().st_ino
    assert kernel.trusted == [own]
    Trust(None, Overlay(Layers(str(tmp_path / "upper"), ()), Hashes())).path("/bin/own")
