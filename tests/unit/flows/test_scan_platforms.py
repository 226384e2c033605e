from typing import Any

import pytest

from oakum.flows import scan_platforms as module
from oakum.flows.scan_image import ScanAsked
from oakum.flows.scan_platforms import scan_platforms
from oakum.kit.errors import LimitError
from oakum.ports.parsers import SeveralImagesError

ONE, TWO = "linux/amd64@sha256:" + "1" * 64, "@sha256:" + "2" * 64


class _Ports:
    """Enough of the ports for what is said."""

    class reading:  # noqa: N801 - stands for an attribute
        progress = staticmethod(lambda _: None)


def scanned(monkeypatch: pytest.MonkeyPatch, *platforms: str) -> list[Any]:
    def scan(reference: str, ports: object, asked: ScanAsked) -> Any:  # noqa: ANN401 - stands for a report
        del reference, ports
        if asked.platform == "all" and platforms:
            raise SeveralImagesError(platforms)
        return asked.platform

    monkeypatch.setattr(module, "scan_image", scan)
    return scan_platforms("t", _Ports(), ScanAsked(platform="all"))  # type: ignore[arg-type] # as above


def test_each_is_scanned_once_in_the_order_of_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scanned(monkeypatch, TWO, ONE, TWO) == [TWO, ONE]


def test_a_single_image_is_one_report(monkeypatch: pytest.MonkeyPatch) -> None:
    assert scanned(monkeypatch) == ["all"]


@pytest.mark.parametrize("said", ["linux/amd64", "\x1b[31m@sha256:" + "1" * 64, "a/b/c/d@sha256:" + "1" * 64, ""])
def test_what_a_parser_says_is_no_platform_by_itself(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitError, match="names a platform that is none"):
        scanned(monkeypatch, said)


def test_there_are_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitError, match="more than 100"):
        scanned(monkeypatch, *[f"@sha256:{number:064d}" for number in range(101)])
