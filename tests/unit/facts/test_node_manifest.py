import pytest

from oakum.facts.files import File
from oakum.facts.node_manifest import node_manifest
from oakum.model.fact import Gap, Package


def test_a_mark_of_the_byte_order_and_one_wrong_byte_hide_no_package() -> None:
    data = b'\xef\xbb\xbf{"name": "a", "version": "1", "author": "\xff"}'
    (fact,) = node_manifest(File("package.json", len(data), data))
    assert isinstance(fact, Package)


@pytest.mark.parametrize(("path", "gap"), [("a/node_modules/b/package.json", True), ("b/package.json", False)])
def test_what_is_no_json_is_a_gap_where_node_would_look(path: str, gap: bool) -> None:  # noqa: FBT001 - a column
    assert [isinstance(fact, Gap) for fact in node_manifest(File(path, 1, b"["))] == [True] * gap
