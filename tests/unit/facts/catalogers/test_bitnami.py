import pytest
from msgspec.json import encode

from oakum.facts.catalogers.bitnami import bitnami
from oakum.kit.errors import DamagedError
from oakum.model.fact import Package
from oakum.testing.files import read

PATH = "opt/bitnami/redis/.spdx-redis.spdx"


def document(name: str, purl: str) -> bytes:
    reference = {"referenceType": "purl", "referenceLocator": purl}
    return encode({"packages": [{"name": name, "versionInfo": "7.2.4-3", "externalRefs": [reference]}]})


def test_a_component_has_a_package_url_of_bitnami() -> None:
    (package,) = read(bitnami, {PATH: document("redis", "pkg:bitnami/redis@7.2.4-3?arch=amd64")})
    assert package == Package("bitnami", "redis", "7.2.4-3", PATH)


def test_other_libraries_are_read_where_they_lie() -> None:
    assert read(bitnami, {PATH: document("lua", "pkg:generic/lua@5.1")}) == []


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(ValueError, match="packages"):
        read(bitnami, {PATH: b"{}"})
    with pytest.raises(DamagedError):
        read(bitnami, {PATH: b'{"a":' * 100_000})
