"""Schemas as other formats write them: `ref`, a `schema` inside, properties as a list."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text

_DESCRIBING = frozenset({"description", "title", "summary", "required", "example", "deprecated"})
# JSON Schema, validation, section 6: none of these can be negative.
_COUNTS = ("maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties")


@dialect_pass(
    Kind.SCHEMA,
    fields={"deprecated", "discriminator", "properties", "ref", "schema", *_COUNTS},
)
def schema_spelling(node: Node, _: Place) -> Change | None:
    """Write a schema the way OpenAPI has it."""
    told: list[str] = []
    changed = _referring(node, told)
    changed = _unwrapped(changed, told)
    changed = _with_properties(changed, told)
    name = text(changed.get("discriminator"))
    # One with a place in it is what a bundle has where the names of subtypes clash.
    if name and not {"#", "/"} & set(name):
        told.append(f'`discriminator` is the text "{name}": read as its `propertyName`')
        changed = {**changed, "discriminator": {"propertyName": name}}
    stated = changed.get("deprecated")
    if isinstance(stated, str) and stated.lower() not in {"true", "false", ""}:
        told.append("`deprecated` is a text: read as true")
        changed = {**changed, "deprecated": True}
    for key in _COUNTS:
        if isinstance(count := changed.get(key), int | float) and count < 0:
            told.append(f"`{key}` is {count}, which limits nothing: left out")
            changed = {one: value for one, value in changed.items() if one != key}
    return Change(changed, tuple(told)) if told else None


def _referring(node: Node, told: list[str]) -> Node:
    """Return a schema whose `ref` is `$ref`."""
    reference = text(node.get("ref"))
    if not reference.startswith("#/") or "$ref" in node:
        return node
    told.append("`ref` is not a keyword: read as `$ref`")
    return {"$ref" if key == "ref" else key: value for key, value in node.items()}


def _unwrapped(node: Node, told: list[str]) -> Node:
    """Return the schema that a schema has inside, where it says nothing else itself."""
    inner = node.get("schema")
    if not isinstance(inner, Mapping) or node.keys() - {"schema"} - _DESCRIBING:
        return node
    told.append("`schema` is not a keyword of a schema: read as the schema itself")
    beside = {key: value for key, value in node.items() if key != "schema"}
    return inner if "$ref" in inner else {**beside, **inner}


def _with_properties(node: Node, told: list[str]) -> Node:
    """Return a schema whose properties are no list of mappings, but one mapping."""
    listed = node.get("properties")
    if not isinstance(listed, list) or not listed:
        return node
    found: dict[str, object] = {}
    for one in listed:
        if not isinstance(one, Mapping):
            return node
        if isinstance(name := one.get("name"), str):
            found[name] = {key: value for key, value in one.items() if key != "name"}
        elif all(isinstance(value, Mapping) for value in one.values()):
            found |= one
        else:
            return node
    told.append("`properties` is a list: read as a mapping")
    return {**node, "properties": found}
