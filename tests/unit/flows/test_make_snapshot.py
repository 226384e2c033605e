from typing import cast

import pytest

from oakum.flows import make_snapshot
from oakum.flows.make_snapshot import scan_subjects
from oakum.flows.scan_image import ScanAsked, ScanPorts
from oakum.kit.errors import UsageError
from oakum.model.artifact import Artifact
from oakum.model.report import Report
from oakum.testing.inventory import inventory


def scanned(image_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(reference: str, ports: object, asked: ScanAsked) -> Report:
        del ports, asked
        return Report(
            Artifact(reference, "dir", image_id=image_id), inventory(), scanners=("packages", "vulnerabilities")
        )

    monkeypatch.setattr(make_snapshot, "scan_image", scan)


def test_subjects_are_of_the_stage_that_gates_ask_about(ports: ScanPorts, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned("sha256:1", monkeypatch)
    (subject,) = scan_subjects(["docker:x"], ports)
    assert (subject.stage, subject.findings) == ("deploy", ())


def test_what_is_no_image_is_refused(ports: ScanPorts, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned("", monkeypatch)
    with pytest.raises(UsageError, match="dir:x is no image"):
        list(scan_subjects(["dir:x"], ports))


@pytest.fixture
def ports() -> ScanPorts:
    """Nothing of it is used: what would use it is replaced."""
    return cast("ScanPorts", None)
