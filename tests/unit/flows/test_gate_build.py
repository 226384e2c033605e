from msgspec.structs import replace

from oakum.flows.gate_build import subject_of
from oakum.model.artifact import ImageConfig
from oakum.model.subject import Placement
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

SHOWN = report(finding("CVE-1", installed("npm", "lodash", "4.17.0")))


def test_what_was_not_scanned_for_is_not_collected() -> None:
    assert subject_of(SHOWN, "build", Placement()).findings == SHOWN.findings
    assert subject_of(replace(SHOWN, scanners=("packages",)), "build", Placement()).findings is None


def test_an_image_is_placed_by_its_own_labels_unless_told() -> None:
    labelled = replace(SHOWN, artifact=replace(SHOWN.artifact, config=ImageConfig(labels={"team": "web"})))
    assert subject_of(labelled, "build", Placement("prod")).placement == Placement("prod", labels={"team": "web"})
    told = Placement(labels={"team": "ops"})
    assert subject_of(labelled, "build", told).placement == told
