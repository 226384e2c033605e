import io

from hypothesis import given
from hypothesis import strategies as st

from oakum.facts.program_versions import Form, stated

FORM = Form(b"App/", r"\0App/(\d+\.\d+)\0")


@given(st.integers(0, 3 * 2**20), st.integers(0, 2000))
def test_one_statement_is_found_at_every_place(before: int, after: int) -> None:
    seen = stated(io.BytesIO(bytes(before) + b"\0App/12.345\0" + bytes(after)), (FORM,), "app")
    assert seen == (FORM, ["12.345"])


@given(st.binary(max_size=3000))
def test_what_has_no_statement_says_nothing(content: bytes) -> None:
    seen = stated(io.BytesIO(content), (FORM,), "app")
    assert seen is None or b"App/" in content


def test_the_first_form_decides() -> None:
    second = Form(b"app-", r"app-(\d+)")
    content = b"app-7\0\0App/1.2\0"
    assert stated(io.BytesIO(content), (FORM, second), "app") == (FORM, ["1.2"])
    assert stated(io.BytesIO(content), (second, FORM), "app") == (second, ["7"])


def test_what_repeats_without_end_is_looked_at_for_a_while() -> None:
    content = b"\0App/x" * 500_000
    assert stated(io.BytesIO(content), (FORM,), "app") is None


def test_more_versions_than_anyone_reads_are_cut_off() -> None:
    content = b"".join(b"\0App/%d.0\0" % number for number in range(5_000))
    seen = stated(io.BytesIO(content), (FORM,), "app")
    assert seen is not None
    assert 1 < len(seen[1]) < 100
