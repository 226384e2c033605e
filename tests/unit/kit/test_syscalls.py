import os
import platform

import pytest

from oakum.kit.syscalls import LAST_KNOWN, call, numbers


@pytest.mark.skipif(platform.machine() not in {"x86_64", "aarch64"}, reason="no numbers are known")
def test_a_call_is_made_and_its_error_is_told() -> None:
    assert call("getpid") == os.getpid()
    with pytest.raises(OSError, match="Bad file descriptor") as raised:
        call("close", -1)
    assert raised.value.errno == 9


def test_no_two_calls_have_one_number() -> None:
    for machine in ("x86_64", "aarch64"):
        known = numbers(machine)
        assert len(set(known.values())) == len(known)
        assert max(known.values()) <= LAST_KNOWN
    assert numbers("riscv64") == {}


def test_a_call_that_is_not_known_says_so() -> None:
    with pytest.raises(OSError, match="no_such_call"):
        call("no_such_call")
