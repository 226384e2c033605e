import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.go import go

ASCENDING = (
    "v0.0.0-20190101000000-abcdefabcdef", "v0.0.0-20200101000000-0123456789ab", "v0.1.0", "v1.2.3-pre",
    "v1.2.3-pre.0.20200101000000-abcdefabcdef", "v1.2.3", "v1.2.4-0.20200101000000-abcdefabcdef", "v1.2.4",
    "1.22.0-0", "go1.22beta1", "go1.22rc1", "go1.22rc2", "go1.22rc10", "1.22.0", "go1.22.3", "v2.0.0+incompatible",
)  # fmt: skip


def test_orders_modules_and_releases() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert go.compare(lower, higher) == -1, (lower, higher)


@pytest.mark.parametrize(
    "pair",
    [
        "v1.2.3 1.2.3",
        "v2.0.0+incompatible 2.0.0",
        "go1.22rc1 1.22.0-rc.1",
        "1.22rc1 1.22.0-rc.1",
        "go1.22 1.22.0",
        "go1.22.3 1.22.3",
        "go1.22.3-corp 1.22.3",
    ],
)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert go.compare(left, right) == 0


def test_what_a_vendor_adds_does_not_count() -> None:
    assert go.compare("go1.20.12 (Vendor 1.20.12-1)", "1.20.12") == 0


@pytest.mark.parametrize("text", ["", "(devel)", "devel go1.23-abc", "v1.x", "v1.2.3.4"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        go.key(text)
