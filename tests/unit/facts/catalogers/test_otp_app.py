import pytest

from oakum.facts.catalogers.otp_app import otp_app
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Gap, Package
from oakum.testing.files import read

PATH = "opt/lib/x-1/ebin/x.app"


@pytest.mark.parametrize(("name", "kind"), [("ssl", "otp"), ("logger", "otp"), ("cowboy", "hex"), ("'Odd'", "hex")])
def test_what_the_language_brings_is_of_another_type(name: str, kind: str) -> None:
    resource = f'%% made\n{{application,{name},[{{env,[{{a,#{{b => $c}}}}]}},{{vsn,"1.2"}}]}}.\n'.replace(
        "$c", '<<"c">>'
    )
    assert read(otp_app, {PATH: resource.encode()}) == [Package(kind, name.strip("'"), "1.2", PATH)]


def test_without_a_version_it_is_a_gap() -> None:
    (gap,) = read(otp_app, {PATH: b"{application,x,[{vsn,git}|tail]}."})
    assert isinstance(gap, Package)
    (gap,) = read(otp_app, {PATH: b"{application,x,[]}."})
    assert isinstance(gap, Gap)


@pytest.mark.parametrize("text", ["", "{release,x,[]}.", "x", "{application"])
def test_another_file_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(otp_app, {PATH: text.encode()})
