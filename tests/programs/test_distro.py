"""Saying whose packages a target's are."""

from pathlib import Path

from tests.programs.conftest import Oakum

STATUS = """Package: zlib1g
Status: install ok installed
Architecture: amd64
Source: zlib
Version: 1:1.2.11.dfsg-1
Description: compression library

"""


def machine(root: Path, os_release: str = "") -> str:
    status = root / "var/lib/dpkg/status"
    status.parent.mkdir(parents=True)
    status.write_text(STATUS)
    if os_release:
        (root / "etc").mkdir()
        (root / "etc/os-release").write_text(os_release)
    return f"rootfs:{root}"


def test_packages_without_a_distribution_are_judged_by_the_one_that_is_named(oakum: Oakum, tmp_path: Path) -> None:
    target = machine(tmp_path)
    unknown = oakum("scan", target).document
    assert not unknown["vulnerabilities"]
    assert "no-distribution" in {gap["kind"] for gap in unknown["gaps"]}
    named = oakum("scan", target, "--distro", "debian:12").document
    assert "CVE-2022-37434" in {one["id"] for one in named["vulnerabilities"]}
    assert "no-distribution" not in {gap["kind"] for gap in named["gaps"]}
    assert named["distribution"]["name"] == "debian 12 (by --distro)"
    assert named["packages"][0]["purl"].startswith("pkg:deb/debian/zlib1g@1:1.2.11.dfsg-1?")


def test_the_name_counts_more_than_the_file(oakum: Oakum, tmp_path: Path) -> None:
    target = machine(tmp_path, "ID=ours\nVERSION_ID=1\n")
    assert not oakum("scan", target).document["vulnerabilities"]
    assert oakum("scan", target, "--distro", "debian:12").document["vulnerabilities"]
    (gap,) = [
        gap
        for gap in oakum("scan", target, "--distro", "debain:12").document["gaps"]
        if gap["kind"] == "unsupported-distribution"
    ]
    assert gap["what"] == "no advisories speak of debain 12 (by --distro): its packages were not judged"


def test_what_is_no_distribution_is_refused(oakum: Oakum, tmp_path: Path) -> None:
    for word in ("Debian 12", "debian:", ":12", "debian:1?2"):
        ended = oakum("scan", f"rootfs:{tmp_path}", "--distro", word)
        assert ended.code == 64
        assert "is no distribution" in ended.err
