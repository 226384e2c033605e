import pytest

from oakum.effects.template import write_by_template
from oakum.kit.errors import ConfigurationError
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

SHOWN = report(finding("CVE-2026-1", installed("npm", "evil\x1b[31m<b>", "1.0.0"), fixed=("1.0.1",)))


def test_a_template_writes_fields_of_the_json_report() -> None:
    text = "{% for one in report.vulnerabilities %}{{ one.id }} {{ one.package.version }}\n{% endfor %}"
    assert write_by_template(SHOWN, text, "list.txt") == b"CVE-2026-1 1.0.0\n"


def test_markup_is_escaped_by_the_name_of_the_file_and_control_characters_by_a_filter() -> None:
    text = "{{ report.vulnerabilities[0].package.name | visible }}"
    assert write_by_template(SHOWN, text, "x.html") == b"evil\\x1b[31m&lt;b&gt;"
    assert write_by_template(SHOWN, text, "x.txt") == b"evil\\x1b[31m<b>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\n{% for %}", "x.txt:2: "),
        ("{{ report.nothing.at_all }}", "nothing"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ report.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{% set x = report.packages.append(1) %}{{ x }}", "append"),
        ("{% include '/etc/passwd' %}", "x.txt: "),
        ("{{ range(10000000) | list }}", "x.txt: "),
        ("{{ report | nofilter }}", "x.txt:1: "),
    ],
)
def test_what_a_template_may_not_do_is_said(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^x\.txt") as caught:
        write_by_template(SHOWN, text, "x.txt")
    assert said in str(caught.value)
