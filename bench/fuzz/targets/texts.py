"""Short texts and what people write: package URLs, versions, policies, calls of Docker; what a terminal shows."""

import json
import re
from collections.abc import Callable, Iterator

from bench.fuzz.target import Target, single

from oakum.effects.escape import shorten, visible
from oakum.effects.format import FORMATS, Page
from oakum.flows.docker_calls import call_of, text_of, true_anywhere
from oakum.flows.kinds import SCHEMES
from oakum.flows.read_policies import read_policies
from oakum.kit.errors import ConfigurationError
from oakum.model import purl
from oakum.model.artifact import Artifact
from oakum.model.decision import Decision
from oakum.model.docker_request import DockerRequest
from oakum.model.fact import Gap
from oakum.model.inventory import Inventory
from oakum.model.report import Report
from oakum.model.scheme import VersionError
from oakum.testing.inventory import installed
from oakum.testing.report import finding

_VERSIONS = (
    b"1.2.3",
    b"1:2.0~rc1-3+b1",
    b"v1.2.3-0.20200101000000-abcdef",
    b"2.0.post1.dev3+local",
    b"1.0.0-alpha.beta+5",
    b"1.2_rc1-r3",
    b"4.0.0.Final",
    b"dev-main",
    b"1.0-SNAPSHOT",
)
_PURLS = (
    b"pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie",
    b"pkg:npm/%40angular/animation@12.3.1#sub/path",
    b"pkg:maven/org.apache/x@1?repository_url=a%2Fb",
    b"pkg:golang/github.com/a/b@v1.0.0",
)
_POLICY = b"""oakum: policy/1
name: severe
title: Nothing severe
severity: high
scope: {images: ["registry.example/**"], labels: {team: web}}
when:
  all:
    - severity: {at_least: high}
    - any: [fixable, exploited]
    - not: {package: {name: "linux-*", type: deb}}
then: {build: deny, run: pause}
"""
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def targets() -> Iterator[Target]:
    """Those of this module."""
    yield single(
        "text-purl", lambda: _PURLS, _purl, (purl.PurlError,), words=(b"pkg:", b"%2F", b"%25", b"?a=", b"#..", b"@@")
    )
    for name in SCHEMES.ids():
        words = (b"~", b"^", b"_alpha", b"-r", b".post", b".dev", b"rc", b"+", b"!", b"epoch", b"0" * 50)
        yield single(f"version-{name}", lambda: _VERSIONS, _version(name), (VersionError,), words=words)
    terms = (b"all: ", b"any: ", b"not: ", b"severity", b"then: ", b"oakum: policy/1\n", b"unknown: ")
    yield single("text-policy", lambda: [_POLICY], _policy, (ConfigurationError,), words=terms)
    yield single(
        "text-docker_call", _calls, _call, (), words=(b"/containers/create", b'"HostConfig":', b"/v1.40/", b"%2f")
    )
    for name in ("table", "markdown"):
        yield single(f"text-{name}", lambda: [b"name\n1.0\npath/x\nwhat happened\nreason"], _shown(name), ())


def _purl(data: bytes) -> object:
    parsed = purl.parse(data.decode("utf-8", "replace"))
    written = purl.build(parsed)
    if purl.build(purl.parse(written)) != written:
        raise AssertionError("what was written is read as something else")
    return parsed


def _version(name: str) -> Callable[[bytes], object]:
    compare = SCHEMES.load(name).compare

    def run(data: bytes) -> object:
        text = data.decode("utf-8", "replace")
        first, _, second = text.partition("\n")
        compare(first, first)
        for other in (second or first[:-1] or "1", "1.2.3"):
            if compare(first, other) != -compare(other, first):
                raise AssertionError("the order depends on who is asked first")
        return compare(first, first)

    return run


def _policy(data: bytes) -> object:
    return read_policies({"p.yaml": data})


def _calls() -> list[bytes]:
    create = {"Image": "x", "HostConfig": {"Privileged": True, "Binds": ["/:/host"]}}
    return [b"POST /v1.45/containers/create?name=a\n" + json.dumps(create).encode(), b"POST /containers/a/start\n"]


def _call(data: bytes) -> object:
    head, _, body = data.partition(b"\n")
    verb, _, uri = head.decode("utf-8", "replace").partition(" ")
    call = call_of(DockerRequest(verb=verb, uri=uri, body=body, headers={"Content-Length": str(len(body))}))
    return call.kind, true_anywhere(call.body, "privileged"), text_of(call.body, "hostconfig", "networkmode")


def _shown(name: str) -> Callable[[bytes], object]:
    write = FORMATS.load(name).write

    def run(data: bytes) -> object:
        text = (
            data[:4000].decode("utf-8", "surrogateescape").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
        parts = (text.split("\n") + [""] * 5)[:5]
        one = installed("npm", parts[0] or "x", parts[1])
        report = Report(
            artifact=Artifact(parts[4], "docker", names=(parts[0],)),
            inventory=Inventory(None, (one,)),
            findings=(finding(parts[0] or "CVE-2026-1", one, fixed=(parts[1],)),),
            gaps=(Gap("limit", parts[3], parts[2]),),
            decision=Decision("deny", asked=True, reasons=(parts[3],)),
        )
        for colour in (False, True):
            written = _COLOUR.sub("", write(report, Page(80, colour)).decode())
            if any(not character.isprintable() and character != "\n" for character in written):
                raise AssertionError("what acts on a terminal is written as it is")
        if not visible(text).isprintable() or not shorten(visible(text), 20).isprintable():
            raise AssertionError("an escaped text is not printable")
        return len(written).bit_length()

    return run
