"""The languages that files are written in: YAML, TOML, XML, JSON, the terms of Erlang and Elixir."""

from collections.abc import Callable, Iterator

from bench.fuzz.target import Target, examples, single

from oakum.facts import terms
from oakum.facts.documents import json_file, loose_json_file, toml_file, yaml_file
from oakum.facts.files import File
from oakum.facts.lockfile import json_of, xml_of
from oakum.facts.xml_tree import tree_of
from oakum.kit import toml, yaml
from oakum.kit.errors import DamagedError, LimitError, UnreadableError

_REFUSED = (DamagedError, LimitError)


def targets() -> Iterator[Target]:
    """Those of this module."""
    yamls = ("pnpm_lock", "pubspec_lock", "podfile_lock", "stack_lock", "conda_lock")
    tomls = ("cargo_lock", "poetry_lock", "uv_lock", "pdm_lock", "julia_manifest")
    jsons = ("package_lock", "bun_lock", "deno_lock", "nuget_lock", "swift_resolved")
    xmls = ("pom_xml", "packages_config", "msbuild_project")
    aliases = (b"&a [*a]", b"<<: *a", b"!!python/object ", b"? ", b"|\n ", b">-\n ", b"%YAML 1.1\n", b"...\n")
    yield single("language-yaml", _some(*yamls), yaml.documents, _REFUSED, words=aliases)
    yield single("language-yaml_placed", _some(*yamls), yaml.placed, _REFUSED, words=aliases)
    yield single("language-yaml_file", _some(*yamls), _typed(yaml_file), _REFUSED, words=aliases)
    yield single(
        "language-toml", _some(*tomls), toml.document, _REFUSED, words=(b"[[package]]\n", b"a.b.c.", b"1979-05-27")
    )
    yield single("language-toml_file", _some(*tomls), _typed(toml_file), _REFUSED, words=(b"a = 1\n", b"inf", b"0x_1"))
    yield single("language-xml", _some(*xmls), tree_of, _REFUSED, words=_XML)
    yield single("language-xml_elements", _some(*xmls), _elements, (UnreadableError,), words=_XML)
    yield single("language-json", _some(*jsons), _typed(json_file), _REFUSED)
    yield single(
        "language-json_loose", _some(*jsons), _typed(loose_json_file), _REFUSED, words=(b"//", b"/*", b"*/", b",]")
    )
    yield single("language-json_of", _some(*jsons), _json_of, (UnreadableError,))
    for language, corpus in (("erlang", ("rebar_lock", "otp_app")), ("elixir", ("mix_lock",))):
        yield single(
            f"language-{language}", _some(*corpus), _terms(language), _REFUSED, words=(b"<<", b">>", b"=>", b"%{")
        )


_XML = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<?xml version='1.0' encoding='utf-7'?>",
    b"<?xml version='1.1'?>",
    b"xmlns:a='b'",
    b"&lt;",
    b"<![CDATA[",
    b"]]>",
    b"<?php ?>",
    b"encoding='UTF-16'",
)


def _some(*names: str) -> Callable[[], list[bytes]]:
    return lambda: [data[:20_000] for data in examples(*names)]


def _typed(read: Callable[[File, type[dict[str, list[str]]]], object]) -> Callable[[bytes], object]:
    def run(data: bytes) -> object:
        return read(File("a", len(data), data), dict[str, list[str]])

    return run


def _json_of(data: bytes) -> object:
    return json_of(File("a", len(data), data))


def _elements(data: bytes) -> object:
    return [(element.tag, len(element.text)) for element in xml_of(File("a", len(data), data))]


def _terms(language: str) -> Callable[[bytes], object]:
    return lambda data: terms.terms(data.decode("utf-8", "replace"), language)
