"""The JSON schema of policies, made from the structs that read them."""

from typing import Any

import msgspec

from oakum.decisions.criterion import Nothing
from oakum.flows.kinds import CRITERIA
from oakum.flows.read_policies import SCHEMA, PolicyDocument
from oakum.model.subject import STAGES

_REF = "#/$defs/{name}"


def policy_schema() -> dict[str, Any]:
    """A JSON schema (draft 2020-12) of one policy document, with every criterion and its parameters."""
    criteria = {id_: CRITERIA.load(id_) for id_ in CRITERIA.ids()}
    asked = {id_: one.asked for id_, one in criteria.items() if one.asked is not Nothing}
    shapes, defs = msgspec.json.schema_components([PolicyDocument, *asked.values()], ref_template=_REF)
    document = dict(defs.pop(PolicyDocument.__name__))
    by_id = dict(zip(asked, shapes[1:], strict=True))
    leaves = [
        {"type": "object", "properties": {id_: shape}, "required": [id_], "additionalProperties": False}
        for id_, shape in by_id.items()
    ]
    bare = [{"enum": sorted(set(criteria) - set(asked))}]
    several = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1}
    trees = [
        {"type": "object", "properties": {word: shape}, "required": [word], "additionalProperties": False}
        for word, shape in (("all", several), ("any", several), ("not", {"$ref": "#/$defs/condition"}))
    ]
    defs["condition"] = {"description": "What must not be.", "oneOf": [*bare, *trees, *leaves]}
    then = {**document["properties"]["then"], "propertyNames": {"enum": list(STAGES)}, "minProperties": 1}
    document["properties"] = {**document["properties"], "when": {"$ref": "#/$defs/condition"}, "then": then}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Oakum {SCHEMA}"}
    return {**document, **head, "$defs": defs}
