"""Under which ecosystem and name an advisory is filed where OSV's own say more, or less, than a machine knows.

Red Hat and SUSE publish by product, and one release is many products: whether a package came from BaseOS, AppStream or
a module of SUSE's is written nowhere in an image. All products of one release are filed together.

Packages of a module (``nodejs:18``) and packages of the same name outside of it, or in another stream, are built
apart and have versions that say nothing about each other. So a package of a module is filed with its module, and
neither ever meets the other. OSV has no field for modules: their builds bear ``.module`` in the release, and
advisories name the module in their summary.
"""

import re
from typing import Final

_RED_HAT: Final = re.compile(r"Red Hat:enterprise_linux:([0-9]+)(?:\.[0-9]+)?(?:::[a-z0-9_-]*)?")
_SUSE: Final = re.compile(r"SUSE:.*?\b((?:1[125] SP[0-9])|1[125]|1[6-9]\.[0-9]+)(?:-.*)?")
_MODULAR: Final = re.compile(r"\.module[_+]")
_MICRO: Final = "Micro"
_STREAM: Final = re.compile(r"(?<![A-Za-z0-9.+_-])[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}:[A-Za-z0-9][A-Za-z0-9._-]{0,99}")

ANY_MODULE: Final = "*:*"
"""Stands for the module where an advisory does not say which one it is about."""


def filed_ecosystem(ecosystem: str) -> str:
    """The ecosystem under which a product's advisories are filed: itself, or its release.

    ``Red Hat:enterprise_linux:9::appstream`` is filed under ``Red Hat:enterprise_linux:9``, a SUSE product such as
    ``SUSE:Linux Enterprise Module for Basesystem 15 SP6-LTSS`` under ``SUSE:Linux Enterprise 15 SP6``. Products with
    versions of their own (extended support of a minor release, layered products, SUSE's Micro) stay apart.
    """
    found = _RED_HAT.fullmatch(ecosystem)
    if found:
        return f"Red Hat:enterprise_linux:{found[1]}"
    if ecosystem.startswith("SUSE:Linux Enterprise ") and _MICRO not in ecosystem:
        found = _SUSE.fullmatch(ecosystem)
        return f"SUSE:Linux Enterprise {found[1]}" if found else ecosystem
    return ecosystem


def is_modular(version: str) -> bool:
    """Whether a version was built in a module: its release says ``.module_el8`` or ``.module+el8``."""
    return _MODULAR.search(version) is not None


def module_of(label: str) -> str:
    """Module and stream of a modularity label: ``nodejs:18`` of ``nodejs:18:8080020230718:63b34585``."""
    return ":".join(label.split(":", 2)[:2])


def modules_named(summary: str) -> tuple[str, ...]:
    """The modules with their streams that an advisory's summary names: ``Important: nodejs:18 security update``."""
    return tuple(dict.fromkeys(found.rstrip(".") for found in _STREAM.findall(summary)))


def name_in_module(name: str, module: str) -> str:
    """The name under which a package of a module is filed."""
    return f"{module}/{name}"
