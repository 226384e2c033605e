"""What Homebrew installed."""

import pytest

from oakum.facts.catalogers.homebrew import homebrew
from oakum.kit.errors import OakumError
from oakum.model.fact import Package
from oakum.testing.files import read

PATH = "opt/homebrew/Cellar/openssl@3/3.4.0_1/INSTALL_RECEIPT.json"


@pytest.mark.parametrize(
    ("receipt", "name"),
    [
        (b'{"source": {"tap": "homebrew/core"}}', "openssl@3"),
        (b'{"source": {"tap": "person/demo"}}', "person/demo/openssl@3"),
        (b'{"source": {"tap": null}}', "openssl@3"),
        (b"{}", "openssl@3"),
    ],
)
def test_the_keg_names_it_and_the_receipt_its_tap(receipt: bytes, name: str) -> None:
    assert read(homebrew, {PATH: receipt}) == [Package("brew", name, "3.4.0_1", PATH)]


@pytest.mark.parametrize("receipt", [b"", b"[]", b"{"])
def test_a_receipt_that_is_none_is_said(receipt: bytes) -> None:
    with pytest.raises(OakumError):
        read(homebrew, {PATH: receipt})


def test_only_receipts_of_kegs_are_read() -> None:
    assert read(homebrew, {"Cellar/a/INSTALL_RECEIPT.json": b"{}", "x/INSTALL_RECEIPT.json": b"{}"}) == []
