import os

from oakum.kit import process


def test_a_helper_gets_no_environment_and_its_end_is_seen() -> None:
    os.environ["OAKUM_TEST_SEEN"] = "seen"
    helper = process.start("timeit", ("-n1", "-r1", "-s", "import os", "print(dict(os.environ))"))
    assert helper.wait(30) == 0
    said = os.read(helper.output, 100_000)
    helper.end()
    del os.environ["OAKUM_TEST_SEEN"]
    assert b"PYTHONHASHSEED" in said
    assert b"OAKUM_TEST_SEEN" not in said


def test_a_helper_that_hangs_is_ended_with_its_descriptors() -> None:
    helper = process.start("timeit", ("-n1", "-r1", "import time; time.sleep(600)"))
    assert helper.wait(0.05) is None
    helper.end()
    assert helper.wait(0) == -9
    assert helper.output == -1
