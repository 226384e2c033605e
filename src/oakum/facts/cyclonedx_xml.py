"""CycloneDX in XML as the document that its JSON would be (the two forms have one model)."""

from typing import Any

from oakum.facts.cyclonedx_document import Bom, Component, Composition, Dependency, Metadata, Property
from oakum.facts.xml_tree import Element, tree_of

_SPACE = "http://cyclonedx.org/schema/bom/"


def bom_of(data: bytes) -> Bom | None:
    """The document, or None when the XML is something else.

    Raises:
        DamagedError, LimitError: it is no XML that is read.
    """
    root = tree_of(data)
    if root.tag != "bom" or not root.space.startswith(_SPACE):
        return None
    metadata = root.child("metadata")
    about = metadata.every("component")
    return Bom(
        spec_version=root.space[len(_SPACE) :],
        metadata=Metadata(_component(about[0]) if about else None, _tools(metadata), _properties(metadata)),
        components=[_component(one) for one in root.child("components").every("component")],
        dependencies=_dependencies(root.child("dependencies")),
        compositions=[
            Composition(one.child("aggregate").text) for one in root.child("compositions").every("composition")
        ],
        properties=_properties(root),
    )


def _component(element: Element) -> Component:
    return Component(
        type=element.attributes.get("type"),
        bom_ref=element.attributes.get("bom-ref"),
        group=element.child("group").text,
        name=element.child("name").text,
        version=element.child("version").text,
        description=element.child("description").text,
        purl=element.child("purl").text,
        scope=element.child("scope").text,
        licenses=_licenses(element.child("licenses")),
        evidence={"occurrences": _occurrences(element)},
        hashes=[
            {"alg": one.attributes.get("alg"), "content": one.text} for one in element.child("hashes").every("hash")
        ],
        properties=_properties(element),
        components=[_component(one) for one in element.child("components").every("component")],
    )


def _licenses(element: Element) -> list[dict[str, Any]]:
    licenses = [{"id": one.child("id").text, "name": one.child("name").text} for one in element.every("license")]
    expressions: list[dict[str, Any]] = [{"expression": one.text} for one in element.every("expression")]
    return expressions + [{"license": one} for one in licenses]


def _occurrences(element: Element) -> list[dict[str, Any]]:
    places = element.child("evidence").child("occurrences").every("occurrence")
    return [{"location": one.child("location").text} for one in places]


def _properties(element: Element) -> list[Property]:
    return [Property(one.attributes.get("name"), one.text) for one in element.child("properties").every("property")]


def _tools(metadata: Element) -> list[dict[str, Any]]:
    tools = metadata.child("tools")
    rows = [*tools.every("tool"), *tools.child("components").every("component")]
    return [{"name": one.child("name").text, "version": one.child("version").text} for one in rows]


def _dependencies(element: Element) -> list[Dependency]:
    return [
        Dependency(one.attributes.get("ref"), [inner.attributes.get("ref") for inner in one.every("dependency")])
        for one in element.every("dependency")
    ]
