"""PEAR's registry; what its own installer writes is in ``tests/corpus``."""

import pytest

from oakum.facts.catalogers.pear_registry import pear_registry
from oakum.kit.errors import DamagedError, UnreadableError
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

PATH = "usr/share/php/.registry/demo.reg"
OTHER = "usr/share/php/.registry/.channel.pear.example.org/demo.reg"


def serialized(value: object) -> str:
    if isinstance(value, dict):
        return f"a:{len(value)}:{{{''.join(serialized(key) + serialized(one) for key, one in value.items())}}}"
    return f's:{len(str(value).encode())}:"{value}";'


def one(path: str, **said: object) -> object:
    (fact,) = read(pear_registry, {path: serialized(said).encode()})
    return fact


def test_the_channel_is_part_of_the_name() -> None:
    version = {"release": "1.2", "api": "9"}
    said = one(OTHER, name="Demo", channel="pecl.php.net", version=version, license={"_content": "MIT"})
    assert said == Package("pear", "pecl.php.net/Demo", "1.2", OTHER, licenses=("MIT",))


def test_without_a_channel_the_folder_tells() -> None:
    assert one(OTHER, package="Old", version="1.0", release_license="BSD") == Package(
        "pear", "pear.example.org/Old", "1.0", OTHER, licenses=("BSD",)
    )
    assert one(PATH, package="Old", version="1.0") == Package("pear", "pear.php.net/Old", "1.0", PATH)


def test_without_a_name_or_a_version_it_is_a_gap() -> None:
    assert isinstance(one(PATH, name="Demo", version={"api": "1"}), Gap)
    assert isinstance(one(PATH, channel="pear.php.net", version="1"), Gap)


def test_other_registries_are_not_read() -> None:
    assert read(pear_registry, {"usr/share/php/.channels/pear.php.net.reg": b"x", "windows/user.reg": b"x"}) == []


@pytest.mark.parametrize(
    ("data", "error"), [(b"", DamagedError), (b"N;", UnreadableError), (b'O:1:"A":0:{}', DamagedError)]
)
def test_what_is_none_is_said(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(pear_registry, {PATH: data})
