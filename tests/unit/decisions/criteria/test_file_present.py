from oakum.decisions.criteria.file_present import file_present
from oakum.model.inventory import ImageFile, Inventory
from oakum.model.subject import Subject
from oakum.testing.policies import made


def of(*paths: str, looked_for: tuple[str, ...] = ("/etc/*.pem", "**/id_rsa")) -> Subject:
    files = tuple(ImageFile(path, 0) for path in paths)
    return Subject("build", inventory=Inventory(looked_for=looked_for, files=files))


def test_a_file_at_one_of_the_paths_with_or_without_the_slash() -> None:
    for glob in ("etc/*.pem", "/etc/*.pem"):
        assert made(file_present, matches=[glob])(of("etc/a.pem")) is True
        assert made(file_present, matches=[glob])(of("etc/a/b.pem", "x/etc/a.pem")) is False
    assert made(file_present, matches=["**/id_rsa"])(of("id_rsa")) is True
    assert made(file_present, matches=["**/id_rsa"])(of("root/.ssh/id_rsa")) is True
    assert made(file_present, matches=["**/id_rsa"])(of("root/no_id_rsa")) is False


def test_where_nobody_looked_it_is_unknown() -> None:
    assert made(file_present, matches=["**/id_rsa", "other"])(of("id_rsa")) is None
    assert made(file_present, matches=["**/id_rsa"])(Subject("build")) is None
