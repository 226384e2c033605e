"""Switches of opam; what opam itself writes is in ``tests/corpus``."""

from oakum.facts.catalogers.opam_switch import opam_switch
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

META = "home/a/.opam/4.14/.opam-switch"


def test_the_state_and_the_folders_name_what_is_installed() -> None:
    state = b'compiler: ["z.1"]\ninstalled: ["base-unix.base" "ocaml.4.14.1"]\nroots: "z.1"\n'
    folder = f"{META}/packages/ocaml.4.14.1/opam"
    found = read(opam_switch, {f"{META}/switch-state": state, folder: b'license: ["MIT" "ISC"]\nversion: "no"'})
    assert found == [
        Package("opam", "base-unix", "base", f"{META}/switch-state"),
        Package("opam", "ocaml", "4.14.1", f"{META}/switch-state"),
        Package("opam", "ocaml", "4.14.1", folder, licenses=("MIT", "ISC")),
    ]


def test_what_names_no_package_or_no_version_is_a_gap() -> None:
    found = read(opam_switch, {f"{META}/switch-state": b'installed: ["a b.1" "" "alone" "fine.1"]'})
    assert [type(fact) for fact in found] == [Gap, Gap, Gap, Package]


def test_other_files_of_the_switch_are_not_read() -> None:
    tree = {f"{META}/packages/cache": b"", f"{META}/overlay/a/opam": b"", "src/a/opam": b""}
    assert read(opam_switch, tree) == []
