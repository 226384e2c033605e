import pytest

from oakum.facts.catalogers.packed_program import packed_program
from oakum.model.fact import Gap
from oakum.testing.files import read

HEAD = b"\x7fELF\x02\x01\x01".ljust(64, b"\0") + bytes(56 * 2)


def test_a_packed_program_is_a_gap() -> None:
    (gap,) = read(packed_program, {"bin/x": HEAD + b"\1\2\3\4UPX!\xc8\x07\x0d\x16" + bytes(99)})
    assert isinstance(gap, Gap)
    assert gap.path == "bin/x"


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"\0\0\0\0UPX!",
        HEAD + b"\0\0\0UPX!\xc8\x07\x0d\x16" + bytes(99),
        HEAD + b"\0\0\0\0UPX! is a packer",
        HEAD + bytes(5000) + b"UPX!\xc8\x07\x0d\x16",
    ],
)
def test_a_mention_of_the_packer_is_none(data: bytes) -> None:
    assert read(packed_program, {"bin/x": data}) == []
