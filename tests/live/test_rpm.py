"""A root that the real rpm installed into, read without it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oakum.facts.catalogers.rpm import rpm
from oakum.model.fact import Owns, Package
from oakum.testing.files import read

pytestmark = pytest.mark.live("rpm", "rpmbuild", "root")

DATABASE = "var/lib/rpm/rpmdb.sqlite"

PACKAGES = {
    "tool": ("", "1.0", "1.el8", "", "libthing >= 2, /usr/share/libthing/data"),
    "libthing": ("2", "2.1", "3.el8", "", ""),
    "nodejs": ("1", "18.12.1", "2.module_el8.7.0+3343+ea2b7901", "nodejs:18:8070020221209104800:63b34585", ""),
}

SPEC = """Name: {name}
{epoch}Version: {version}
Release: {release}
Summary: A test
License: MIT and BSD
BuildArch: noarch
{module}{requires}
%description
A test.

%install
mkdir -p %{{buildroot}}/usr/share/{name}
echo x > %{{buildroot}}/usr/share/{name}/data

%files
/usr/share/{name}/data
"""


def _run(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with packages that rpmbuild made and rpm installed."""
    top, installed = tmp_path_factory.mktemp("build"), tmp_path_factory.mktemp("root")
    for name, (epoch, version, release, module, requires) in PACKAGES.items():
        optional = {"Epoch": epoch, "ModularityLabel": module, "Requires": requires}
        said = {key: f"{key}: {value}\n" if value else "" for key, value in optional.items()}
        spec = SPEC.format(
            name=name,
            version=version,
            release=release,
            epoch=said["Epoch"],
            module=said["ModularityLabel"],
            requires=said["Requires"],
        )
        (top / f"{name}.spec").write_text(spec)
        _run("rpmbuild", "-bb", "--quiet", "--define", f"_topdir {top}", str(top / f"{name}.spec"))
    (installed / "var/lib/rpm").mkdir(parents=True)
    (installed / "etc").mkdir()
    (installed / "etc/os-release").write_text('ID="almalinux"\nVERSION_ID="8.10"\nPRETTY_NAME="AlmaLinux 8.10"\n')
    made = [str(path) for path in sorted(top.glob("RPMS/noarch/*.rpm"))]
    _run("rpm", "--root", str(installed), "--define", "_dbpath /var/lib/rpm", "-i", "--nodeps", "--noscripts", *made)
    return installed


def test_the_packages_are_those_that_rpm_lists(root: Path) -> None:
    form = r"%{NAME}\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\t%{ARCH}\t%{SOURCERPM}\t%{MODULARITYLABEL}\n"
    listed = _run("rpm", "--root", str(root), "--define", "_dbpath /var/lib/rpm", "-qa", "--qf", form)
    facts = read(rpm, {DATABASE: (root / DATABASE).read_bytes()})
    seen = [
        (one.name, one.version, one.arch, f"{one.source.name}-{one.source.version.partition(':')[2]}", one.module)
        for one in facts
        if isinstance(one, Package) and one.source
    ]
    expected = []
    for line in listed.splitlines():
        name, version, arch, source, module = line.split("\t")
        rest = source.removesuffix(".src.rpm") if ":" in version else f"{name}-"
        expected.append((name, version, arch, rest, "" if module == "(none)" else module))
    assert sorted(seen) == sorted(expected)


def test_needs_and_files_are_named(root: Path) -> None:
    facts = read(rpm, {DATABASE: (root / DATABASE).read_bytes()})
    needs = {one.name: one.depends for one in facts if isinstance(one, Package)}
    assert needs == {"tool": ("libthing",), "libthing": (), "nodejs": ()}
    files = {one.name: one.files for one in facts if isinstance(one, Owns)}
    assert files == {name: f"usr/share/{name}/data" for name in PACKAGES}


def test_a_root_with_them_is_read_as_a_distribution(root: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "oakum", "sbom", f"rootfs:{root}", "-f", "json"]
    environment = {**os.environ, "OAKUM_CACHE_DIR": str(tmp_path)}
    ended = subprocess.run(words, env=environment, check=True, capture_output=True, timeout=120)
    purls = {package["purl"] for package in json.loads(ended.stdout)["packages"]}
    assert "pkg:rpm/almalinux/libthing@2.1-3.el8?arch=noarch&distro=almalinux-8.10&epoch=2" in purls
    assert len(purls) == len(PACKAGES)
