"""Where advisories are filed."""

import pytest

from oakum.model.filing import filed_ecosystem, is_modular, module_of, modules_named, name_in_module


@pytest.mark.parametrize(
    ("ecosystem", "filed"),
    [
        ("Red Hat:enterprise_linux:9::appstream", "Red Hat:enterprise_linux:9"),
        ("Red Hat:enterprise_linux:8::baseos", "Red Hat:enterprise_linux:8"),
        ("Red Hat:enterprise_linux:7::server", "Red Hat:enterprise_linux:7"),
        ("Red Hat:enterprise_linux:10.1", "Red Hat:enterprise_linux:10"),
        ("Red Hat:rhel_eus:9.4::baseos", "Red Hat:rhel_eus:9.4::baseos"),
        ("Red Hat:openstack:18.0::el9", "Red Hat:openstack:18.0::el9"),
        ("SUSE:Linux Enterprise Module for Basesystem 15 SP7", "SUSE:Linux Enterprise 15 SP7"),
        ("SUSE:Linux Enterprise Module for Python 3 15 SP6", "SUSE:Linux Enterprise 15 SP6"),
        ("SUSE:Linux Enterprise Server 15 SP4-LTSS", "SUSE:Linux Enterprise 15 SP4"),
        ("SUSE:Linux Enterprise Server 12 SP5-LTSS Extended Security", "SUSE:Linux Enterprise 12 SP5"),
        ("SUSE:Linux Enterprise Server 15-LTSS", "SUSE:Linux Enterprise 15"),
        ("SUSE:Linux Enterprise Server for SAP applications 16.0", "SUSE:Linux Enterprise 16.0"),
        ("SUSE:Linux Enterprise Micro 5.5", "SUSE:Linux Enterprise Micro 5.5"),
        ("SUSE:Manager Server Module 4.3", "SUSE:Manager Server Module 4.3"),
        ("AlmaLinux:9", "AlmaLinux:9"),
        ("openSUSE:Leap 15.6", "openSUSE:Leap 15.6"),
    ],
)
def test_products_are_filed_under_their_release(ecosystem: str, filed: str) -> None:
    assert filed_ecosystem(ecosystem) == filed


def test_a_build_in_a_module_says_so_in_its_release() -> None:
    assert is_modular("1:10.19.0-2.module_el8.3.0+2023+d2377ea3")
    assert is_modular("2.4.37-43.module+el8.5.0+747+83fae388.3")
    assert not is_modular("2.0.0-3.el8")
    assert not is_modular("module-1-1")


@pytest.mark.parametrize(
    ("summary", "modules"),
    [
        ("Important: nodejs:18 security, bug fix, and enhancement update", ("nodejs:18",)),
        ("Red Hat Security Advisory: virt:rhel and virt-devel:rhel security update", ("virt:rhel", "virt-devel:rhel")),
        ("Moderate: perl-FCGI:0.78 security update", ("perl-FCGI:0.78",)),
        ("Important: varnish security update", ()),
        ("", ()),
    ],
)
def test_summaries_name_modules(summary: str, modules: tuple[str, ...]) -> None:
    assert modules_named(summary) == modules


def test_a_label_names_module_and_stream() -> None:
    assert module_of("nodejs:18:8080020230718:63b34585") == "nodejs:18"
    assert module_of("perl") == "perl"
    assert name_in_module("nodejs", "nodejs:18") == "nodejs:18/nodejs"
