"""Files in opam's format."""

import pytest

from oakum.facts.opam_file import fields_of, texts, with_options
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES


def said(text: str, field: str = "a") -> list[str]:
    return list(texts(fields_of(text, [field])[field]))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a: "x"', ["x"]),
        ('a:["x""y" z 1 -2 "w"]', ["x", "y", "w"]),
        ('a: "x" {>= "1" & os = "linux"} "y"', ["x", "y"]),
        (r'a: "q\"\\\n"', ['q"\\n']),
        ('a: """\\\nlong "quoted" text\nb: "no\\""""\nb: "1"', ['long "quoted" text\nb: "no"']),
        ('a: "x" #\n#\n# c\n(**)(***) "y"', ["x", "y"]),
        ('a: "" # "comment"\n(* a: "no" * *) b: "c"', [""]),
        ('b: "x" a: "first"\na: "second"', ["first"]),
        ('build: [ a: "no" ]\nurl { a: "no" src: "s" }\na: "yes"', ["yes"]),
        ('x-own: foo:bar\navailable: !?ocaml:native | arch != "x" a: "y"', ["y"]),
        ("", []),
        ("a: []", []),
    ],
)
def test_texts_of_a_field(text: str, found: list[str]) -> None:
    assert said(text) == found


def test_options_go_with_the_text_before_them() -> None:
    value = fields_of('a: ["x" {= "1"} ("y" | "z" {<= "2" & with-test})]', ["a"])["a"]
    found = [(name, [part.value for part in option]) for name, option in with_options(value)]
    assert found == [("x", ["{", "=", "1", "}"]), ("y", []), ("z", ["{", "<=", "2", "&", "with-test", "}"])]


@pytest.mark.parametrize("text", ['a: "x', 'a: """x"', "(* open", "a: [", "a: ]", "a: [)", "a: \u00e4", "a: $", "{"])
def test_what_is_none_is_damaged(text: str) -> None:
    with pytest.raises(DamagedError):
        fields_of(text, ["a"])


def test_depth_and_number_of_parts_are_bounded() -> None:
    with pytest.raises(LimitError):
        fields_of("a: " + "[" * (TREE_DEPTH + 1), ["a"])
    with pytest.raises(LimitError):
        fields_of("a: " + "1 " * TREE_NODES, ["a"])
