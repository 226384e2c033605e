from oakum.decisions.criteria.setuid_file import setuid_file
from oakum.model.inventory import ImageFile, Inventory
from oakum.model.subject import Subject
from oakum.testing.policies import made


def of(*paths: str) -> Subject:
    return Subject("build", inventory=Inventory(special=tuple(ImageFile(path, 0, 0o4755, 0) for path in paths)))


def test_a_program_that_is_not_among_the_usual_ones() -> None:
    usual = ["usr/bin/su", "/bin/*"]
    assert made(setuid_file, but=usual)(of("usr/bin/su", "bin/mount")) is False
    assert made(setuid_file, but=usual)(of("usr/bin/su", "opt/helper")) is True
    assert made(setuid_file)(of("usr/bin/su")) is True
    assert made(setuid_file)(of()) is False


def test_where_the_target_says_nothing_of_modes_it_is_unknown() -> None:
    assert made(setuid_file)(Subject("build", inventory=Inventory())) is None
    assert made(setuid_file)(Subject("build")) is None
