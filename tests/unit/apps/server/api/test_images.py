from tests.support.api import Api

from oakum.model.artifact import Artifact, Layer
from oakum.model.fleet import Container, FleetImage, TagMove
from oakum.model.inventory import Inventory
from oakum.testing.inventory import BOOKWORM, installed
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1.2.13-1", source="zlib 1.2.13-1", layer=0)
ID = "sha256:" + "1" * 64
DIGEST = "sha256:" + "2" * 64


def kept(api: Api) -> None:
    artifact = Artifact(
        "registry:r.example/shop@x",
        "registry",
        DIGEST,
        ID,
        ("r.example/shop:1",),
        layers=(Layer("sha256:l", "", "ADD"),),
    )
    image = FleetImage(artifact, Inventory(BOOKWORM, (ZLIB,)), "2026-11-25T10:00:00Z")
    api.fleet.keep_image(image, [finding("CVE-2026-1", ZLIB, rating="high", fixed=("1.2.13-2",))])
    api.fleet.keep_containers(
        [Container("c" * 64, "h", "shop", image_id=ID, state="running", started="2026-11-25T10:00:00Z")]
    )


def test_a_list_counts_what_is_in_images(api: Api) -> None:
    kept(api)
    page = api.get("/images?search=shop&limit=5", "reader")
    (row,) = page["items"]
    assert (row["packages"], row["findings"], row["running"]) == (1, {"high": 1}, 1)
    assert page["next"] == ""
    assert api.get("/images?search=nothing")["items"] == []


def test_one_image_is_the_report_with_what_runs_of_it(api: Api) -> None:
    kept(api)
    api.fleet.move_tag(TagMove("r.example/shop", "1", DIGEST, at="2026-11-25T10:00:00Z"))
    for name in (ID, "r.example/shop:1", DIGEST):
        whole = api.get(f"/images/{name}")
        assert whole["report"]["packages"][0]["name"] == "zlib1g"
        assert whole["report"]["vulnerabilities"][0]["fixed_versions"] == ["1.2.13-2"]
        assert [one["tag"] for one in whole["tags"]] == ["1"]
        assert [one["name"] for one in whole["containers"]] == ["shop"]
    assert api.ask("GET", "/images/sha256:9999").status_code == 404


def test_a_tag_that_moved_on_is_no_name_any_more(api: Api) -> None:
    kept(api)
    api.fleet.move_tag(TagMove("r.example/shop", "1", "sha256:" + "3" * 64, at="2026-11-25T11:00:00Z"))
    assert api.get("/images")["items"][0]["names"] == []
