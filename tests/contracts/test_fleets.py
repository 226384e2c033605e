"""What every fleet keeps."""

from typing import Any

import pytest
from msgspec.structs import replace

from oakum.kit.errors import UsageError
from oakum.model.artifact import Artifact, ImageConfig, Layer
from oakum.model.fact import Distribution
from oakum.model.finding import Finding
from oakum.model.fleet import Container, FleetImage, Host, ImageCounts, ImageTrust, Incident, TagMove, fleet_package
from oakum.model.inventory import Installed, Inventory
from oakum.model.signature import Signed, Verified
from oakum.model.trust import TrustRule
from oakum.ports.fleet import Fleet
from oakum.testing.inventory import BOOKWORM, installed
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1.2.13-1", source="zlib 1.2.13-1", layer=0)
OPENSSL = installed("deb", "libssl3", "3.0.11-1", source="openssl 3.0.11-1", layer=1)
DJANGO = installed("pypi", "Django_Rest", "3.1", layer=1)


def image(number: int, *packages: Installed, distribution: Distribution | None = BOOKWORM) -> FleetImage:
    layers = (Layer("sha256:l0", "", "ADD rootfs /"), Layer("sha256:l1", "", "RUN apt-get install"))
    artifact = Artifact(
        f"registry:shop.example/app{number}:1",
        "registry",
        digest=f"sha256:{'d' * 60}{number:04x}",
        image_id=f"sha256:{number:04x}{'0' * 60}",
        names=(f"shop.example/app{number}:1",),
        layers=layers,
        config=ImageConfig(labels={"owner": f"team{number}"}),
    )
    return FleetImage(artifact, Inventory(distribution, packages), "2026-11-25T10:00:00Z")


def container(number: int, of: int, **more: Any) -> Container:  # noqa: ANN401 - any field
    values: dict[str, Any] = {
        "name": f"c{number}",
        "image_id": f"sha256:{of:04x}{'0' * 60}",
        "state": "running",
        "started": f"2026-11-25T10:{number:02}:00Z",
    }
    return Container(f"{number:064x}"[::-1], f"host{number % 2}", **{**values, **more})


def reached(fleet: Fleet, **asked: Any) -> list[tuple[str, str, str]]:  # noqa: ANN401 - as above
    return [(one.image, one.package, one.finding) for one in fleet.affected(**asked)]


def named(fleet: Fleet, name: str) -> list[str]:
    return [one.id for one in fleet.packages(name=name)]


def test_an_image_comes_back_as_it_was_kept(fleet: Fleet) -> None:
    kept, found = image(1, ZLIB, OPENSSL), finding("CVE-1", OPENSSL, fixed=("3.0.12-1",))
    fleet.keep_image(kept, [found])
    names = (
        kept.artifact.image_id,
        kept.artifact.digest,
        kept.artifact.names[0],
        kept.artifact.reference,
        "0001",
        "sha256:00010",
    )
    assert [fleet.image(name) for name in names] == [(kept, [found])] * len(names)
    assert fleet.image("0002") is None
    assert fleet.image("") is None
    assert fleet.image("%") is None


def test_an_ambiguous_beginning_is_nobody(fleet: Fleet) -> None:
    for number in (0x1110, 0x1112):
        fleet.keep_image(image(number), [])
    assert fleet.image("111") is None
    assert fleet.image("1112") is not None


def test_what_is_no_image_is_refused(fleet: Fleet) -> None:
    with pytest.raises(UsageError, match="is no image"):
        fleet.keep_image(FleetImage(Artifact("rootfs:/", "rootfs"), Inventory()), [])


def test_kept_again_an_image_takes_the_place_of_what_was_known(fleet: Fleet) -> None:
    fleet.keep_image(image(1, ZLIB, OPENSSL), [finding("CVE-1", OPENSSL), finding("CVE-2", ZLIB)])
    fleet.keep_image(image(1, ZLIB), [finding("CVE-3", ZLIB)])
    assert fleet.image("0001") == (image(1, ZLIB), [finding("CVE-3", ZLIB)])
    assert reached(fleet, finding="CVE-2") == []
    assert named(fleet, "openssl") == []


def test_one_package_in_two_images_is_judged_once(fleet: Fleet) -> None:
    elsewhere = replace(ZLIB, layer=1, paths=("other",))
    fleet.keep_image(image(1, ZLIB), [finding("CVE-1", ZLIB)])
    fleet.keep_image(image(2, elsewhere), [finding("CVE-1", elsewhere), finding("CVE-2", elsewhere)])
    first = fleet.image("0001")
    assert first is not None
    assert first[1] == [finding("CVE-1", ZLIB), finding("CVE-2", ZLIB)]
    assert len(list(fleet.packages())) == 1


def test_the_same_package_on_two_distributions_or_with_an_owner_is_another(fleet: Fleet) -> None:
    owned = replace(DJANGO, owner="pkg:deb/debian/python3-django-rest@3.1")
    stated = replace(ZLIB, package=replace(ZLIB.package, purl=ZLIB.purl))
    fleet.keep_image(image(1, DJANGO, stated), [finding("CVE-1", DJANGO), finding("CVE-2", stated)])
    fleet.keep_image(image(2, owned), [])
    fleet.keep_image(image(3, stated, distribution=Distribution("debian", "11", "Debian 11", "etc/os-release")), [])
    assert reached(fleet, finding="CVE-1") == [("shop.example/app1:1", "Django_Rest 3.1", "CVE-1")]
    assert reached(fleet, finding="CVE-2") == [("shop.example/app1:1", "zlib1g 1.2.13-1", "CVE-2")]
    assert len(list(fleet.packages())) == 4


@pytest.mark.parametrize(
    ("name", "packages"),
    [("libssl3", 1), ("openssl", 1), ("Django-Rest", 1), ("django_rest", 1), ("django", 0), ("", 3), ("x\0'%", 0)],
)
def test_packages_are_found_by_their_names_and_their_sources(name: str, packages: int, fleet: Fleet) -> None:
    fleet.keep_image(image(1, ZLIB, OPENSSL, DJANGO), [])
    assert len(named(fleet, name)) == packages


def test_affected_leads_from_the_package_to_what_runs(fleet: Fleet) -> None:
    fleet.keep_image(image(1, ZLIB, OPENSSL), [finding("CVE-1", OPENSSL, fixed=("3.0.12-1",))])
    fleet.keep_image(image(2, OPENSSL), [finding("CVE-1", OPENSSL, fixed=("3.0.12-1",))])
    fleet.keep_image(image(3, ZLIB), [])
    by_digest = container(3, 9, image_id="sha256:other", digest=f"sha256:{'d' * 60}0002")
    gone = container(4, 1, state="stopped", stopped="2026-11-25T11:00:00Z")
    fleet.keep_containers([container(1, 1), container(2, 1, state="paused"), by_digest, gone, container(5, 3)])
    one, two = fleet.affected(finding="CVE-1")
    assert (one.image, one.purl, one.package, one.finding) == (
        "shop.example/app1:1",
        OPENSSL.purl,
        "libssl3 3.0.11-1",
        "CVE-1",
    )
    assert (one.fixed_versions, one.layer, one.instruction, one.owner) == (
        ("3.0.12-1",),
        1,
        "RUN apt-get install",
        "team1",
    )
    assert (one.containers, one.hosts) == (tuple(sorted((container(1, 1).id, container(2, 1).id))), ("host0", "host1"))
    assert (two.image, two.containers, two.hosts) == ("shop.example/app2:1", (by_digest.id,), ("host1",))
    assert [one.image_id for one in fleet.affected(packages=named(fleet, "zlib"))] == [
        image(1).artifact.image_id,
        image(3).artifact.image_id,
    ]
    assert fleet.affected(packages=named(fleet, "zlib"), finding="CVE-1") == []
    assert fleet.affected() == []


def test_a_finding_is_found_by_any_of_its_names(fleet: Fleet) -> None:
    fleet.keep_image(image(1, OPENSSL), [replace(finding("CVE-1", OPENSSL), aliases=("GHSA-1", "DSA-1"))])
    assert reached(fleet, finding="GHSA-1") == [("shop.example/app1:1", "libssl3 3.0.11-1", "CVE-1")]
    assert reached(fleet, finding="GHSA-2") == []


def test_rejudging_names_what_is_newly_affected(fleet: Fleet) -> None:
    fleet.keep_image(image(1, ZLIB, OPENSSL), [finding("CVE-1", OPENSSL)])
    fleet.keep_image(image(2, OPENSSL), [finding("CVE-1", OPENSSL)])
    fleet.keep_containers([container(1, 2)])
    openssl, zlib = (fleet_package(one, BOOKWORM) for one in (OPENSSL, ZLIB))
    said = {openssl.id: [finding("CVE-1", openssl.installed), finding("CVE-2", openssl.installed)], zlib.id: []}
    new = fleet.rejudge(said)
    assert [(one.image, one.finding, one.containers) for one in new] == [
        ("shop.example/app1:1", "CVE-2", ()),
        ("shop.example/app2:1", "CVE-2", (container(1, 2).id,)),
    ]
    assert fleet.rejudge(said) == []
    kept = fleet.image("0001")
    assert kept is not None
    assert [one.installed for one in kept[1]] == [OPENSSL, OPENSSL]


def test_rejudging_takes_out_what_is_no_longer_found(fleet: Fleet) -> None:
    fleet.keep_image(image(1, OPENSSL), [finding("CVE-1", OPENSSL), finding("CVE-2", OPENSSL)])
    (package,) = fleet.packages()
    assert fleet.rejudge({package.id: [finding("CVE-2", OPENSSL)], "unknown": [finding("CVE-9", OPENSSL)]}) == []
    assert reached(fleet, finding="CVE-1") == []
    assert len(reached(fleet, finding="CVE-2")) == 1
    changed: list[Finding] = [replace(finding("CVE-2", OPENSSL, fixed=("4",)), aliases=("GHSA-2",))]
    assert fleet.rejudge({package.id: changed}) == []
    assert fleet.affected(finding="GHSA-2")[0].fixed_versions == ("4",)


def test_images_come_by_name_page_by_page(fleet: Fleet) -> None:
    for number in (3, 1, 5, 2, 4):
        fleet.keep_image(image(number, ZLIB), [])
    seen: list[FleetImage] = []
    after = ""
    while True:
        page, after = fleet.images(after=after, limit=2)
        seen.extend(page)
        if not after:
            break
    assert [one.artifact.names[0] for one in seen] == [f"shop.example/app{number}:1" for number in range(1, 6)]
    assert {one.inventory for one in seen} == {Inventory()}
    assert [one.artifact.image_id for one in fleet.images(search="app4")[0]] == [image(4).artifact.image_id]
    assert fleet.images(search="_")[0] == []


def test_containers_that_ran_at_a_moment(fleet: Fleet) -> None:
    ended = container(2, 1, state="removed", stopped="2026-11-25T10:30:00.5Z")
    never = container(3, 1, state="created", started="")
    zero = container(4, 1, state="created", started="0001-01-01T00:00:00Z", stopped="0001-01-01T00:00:00Z")
    fleet.keep_containers([container(1, 1), ended, never, zero])
    ran = {
        at: [one.name for one in fleet.containers(at=f"2026-11-25T{at}Z")[0]]
        for at in ("10:00:30", "10:01:30", "10:02:00", "10:30:00", "10:30:01")
    }
    assert ran == {
        "10:00:30": [],
        "10:01:30": ["c1"],
        "10:02:00": ["c2", "c1"],
        "10:30:00": ["c2", "c1"],
        "10:30:01": ["c1"],
    }
    assert [one.name for one in fleet.containers()[0]] == ["c1"]
    assert fleet.containers(at="2026-11-25T12:02:00+02:00")[0][0].name == "c2"
    assert fleet.containers(host="host0")[0] == []


def test_containers_come_newest_first_page_by_page(fleet: Fleet) -> None:
    fleet.keep_containers([container(number, number) for number in range(4)])
    fleet.keep_containers([container(number, number % 2, started="2026-11-25T10:00:00Z") for number in range(10, 17)])
    seen: list[str] = []
    after = ""
    while True:
        page, after = fleet.containers(after=after, limit=3)
        seen.extend(one.id for one in page)
        if not after:
            break
    assert len(seen) == len(set(seen)) == 11
    assert len(fleet.containers(image_id=f"sha256:{1:04x}{'0' * 60}")[0]) == 4


def test_a_container_is_found_by_name_and_beginning_and_changes(fleet: Fleet) -> None:
    fleet.keep_containers([container(1, 1), container(2, 1, name="c1")])
    fleet.keep_containers([container(1, 1, state="stopped", stopped="2026-11-25T11:00:00Z")])
    assert fleet.container("c1") == container(2, 1, name="c1")
    assert fleet.container(container(1, 1).id[:1]) == container(1, 1, state="stopped", stopped="2026-11-25T11:00:00Z")
    assert fleet.container("nobody") is None
    assert fleet.container("") is None
    assert fleet.container("%") is None


def test_hosts_change(fleet: Fleet) -> None:
    fleet.keep_host(Host("h2", "beta"))
    fleet.keep_host(Host("h1", "gamma"))
    fleet.keep_host(Host("h1", "alpha", sees={"exec": "ebpf"}))
    assert fleet.hosts() == [Host("h1", "alpha", sees={"exec": "ebpf"}), Host("h2", "beta")]


def test_a_tag_moves_when_it_points_elsewhere(fleet: Fleet) -> None:
    fleet.keep_image(image(1), [])
    first = TagMove("shop.example/app1", "1", image(1).artifact.digest, at="2026-11-25T10:00:00Z")
    assert fleet.move_tag(first) == first
    assert fleet.move_tag(first) is None
    assert fleet.tags(image(1).artifact.image_id) == [first]
    assert fleet.move_tag(replace(first, digest="sha256:x")) == replace(first, digest="sha256:x", before=first.digest)
    assert fleet.tags(image(1).artifact.image_id) == []


def test_incidents_change_and_come_newest_first(fleet: Fleet) -> None:
    made = [
        Incident(f"i{number}", "drift", "x", f"2026-11-25T10:0{number}:00Z", container=f"c{number % 2}")
        for number in range(5)
    ]
    assert [fleet.keep_incident(one) for one in made] == [True] * 5
    assert fleet.keep_incident(replace(made[0], state="closed")) is False
    page, after = fleet.incidents(limit=3)
    assert [one.id for one in page + fleet.incidents(after=after)[0]] == ["i4", "i3", "i2", "i1", "i0"]
    assert [one.id for one in fleet.incidents(state="closed")[0]] == ["i0"]
    assert [one.id for one in fleet.incidents(container="c1", state="open")[0]] == ["i3", "i1"]


def test_forgetting_leaves_what_runs_and_what_is_named(fleet: Fleet) -> None:
    for number in (1, 2, 3):
        fleet.keep_image(image(number, ZLIB, OPENSSL), [finding("CVE-1", OPENSSL)])
    fleet.keep_image(replace(image(4, ZLIB), assessed="2026-12-01T00:00:00Z"), [])
    fleet.move_tag(TagMove("shop.example/app2", "1", image(2).artifact.digest))
    fleet.keep_containers([container(1, 1), container(2, 3, state="removed", stopped="2026-11-25T11:00:00Z")])
    fleet.keep_incident(Incident("i1", "drift", "x", "2026-11-25T10:00:00Z", state="closed"))
    fleet.keep_incident(Incident("i2", "drift", "x", "2026-11-25T10:00:00Z"))
    assert fleet.forget("2026-11-26T00:00:00Z") == 3
    assert [one.artifact.names[0][-3:] for one in fleet.images()[0]] == ["1:1", "2:1", "4:1"]
    assert [one.id for one in fleet.incidents()[0]] == ["i2"]
    assert len(fleet.affected(finding="CVE-1")) == 2
    fleet.keep_containers([container(1, 1, state="removed", stopped="2026-11-25T12:00:00Z")])
    fleet.move_tag(TagMove("shop.example/app2", "1", "sha256:x"))
    assert fleet.forget("2027-01-01T00:00:00Z") == 4
    assert list(fleet.packages()) == []


def test_hostile_texts_do_no_harm(fleet: Fleet) -> None:
    long = installed("npm", "n" * 100_000, "1'; drop table image; --", source="")
    evil = installed("npm", "a\0b\"'%_\\", "\u202e1")
    fleet.keep_image(image(1, long, evil), [finding("CVE-1" + "x" * 10_000, long), finding("CVE-\0", evil)])
    found = fleet.image("0001")
    assert found is not None
    assert found[0] == image(1, long, evil)
    assert len(fleet.affected(finding="CVE-\0")) == 1
    assert len(fleet.affected(finding="CVE-1" + "x" * 10_000)) == 1
    assert len(named(fleet, "n" * 100_000)) == 1


def test_what_is_in_images_is_counted(fleet: Fleet) -> None:
    found = [
        finding("CVE-1", OPENSSL, rating="high"),
        finding("CVE-2", OPENSSL, rating="unscored"),
        finding("CVE-3", ZLIB, rating="high"),
    ]
    fleet.keep_image(image(1, ZLIB, OPENSSL), found)
    fleet.keep_image(image(2), [])
    fleet.keep_containers([container(1, 1), container(2, 1), container(3, 1, state="stopped")])
    one, two = (image(number).artifact.image_id for number in (1, 2))
    counts = fleet.counts([one, two, "sha256:unknown"])
    assert set(counts) == {one, two}
    assert counts[one] == ImageCounts(2, {"high": 2, "unscored": 1}, 2)
    assert counts[two] == ImageCounts()


def test_totals_and_one_incident(fleet: Fleet) -> None:
    fleet.keep_image(image(1, ZLIB), [])
    fleet.keep_host(Host("h1", "one"))
    fleet.keep_containers([container(1, 1), container(2, 1, state="stopped")])
    fleet.keep_incident(Incident("i1", "drift", "a container differs", "2026-11-25T10:00:00Z"))
    assert fleet.totals() == {"images": 1, "containers": 1, "hosts": 1}
    assert fleet.incident("i1") == Incident("i1", "drift", "a container differs", "2026-11-25T10:00:00Z")
    assert fleet.incident("i2") is None


def test_what_vouches_for_an_image_takes_the_place_of_what_was_known(fleet: Fleet) -> None:
    assert fleet.trust(["sha256:1", "sha256:2"]) == {}
    rule = TrustRule("ours", ("r.example/**",), ("PEM",))
    first = ImageTrust(Verified("sha256:d", (), ("none is there",), ruled=True, rule=rule), "sha256:rules")
    then = ImageTrust(Verified("sha256:d", (Signed("t", "key:1", "tag"),), ruled=True, rule=rule), "sha256:rules")
    for trust in (first, then):
        fleet.keep_trust("sha256:1", trust)
        assert fleet.trust(["sha256:1", "sha256:2"]) == {"sha256:1": trust}
    assert fleet.trust([]) == {}
