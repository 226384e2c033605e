from oakum.model.confinement import Confinement


def test_what_held_is_said_in_one_line() -> None:
    held = Confinement(7, seccomp=True, network="none")
    assert held.in_words == "was confined: Landlock 7, system calls of a list alone, network none"
    assert Confinement().in_words == "was not confined: no Landlock, any system call, network open"
    assert Confinement(1, weaknesses=("TCP is open", "x")).in_words.endswith("network open; weak: TCP is open; x")
