"""Texts where a schema belongs: the name of a type or a component, a reference, a boolean."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.reference_spelling import named
from vcgen.dialect.repairs.unknown_types import meant_type
from vcgen.text.nodes import mapping

_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.PARAMETER: ("schema",),
    Kind.HEADER: ("schema",),
    Kind.RESPONSE: ("schema",),
    Kind.MEDIA_TYPE: ("schema",),
    Kind.SCHEMA: ("items", "additionalProperties"),
}
_BOOLEANS = {"true": True, "false": False}


@dialect_pass(*_FIELDS, fields={"additionalProperties", "items", "properties", "schema"})
def short_schemas(node: Node, place: Place) -> Change | None:
    """Write out the schema that a text stands for, where that is plain."""
    meant: dict[str, object] = {}
    told: list[str] = []
    for key in _FIELDS[place.kind]:
        written = node.get(key)
        if not isinstance(written, str):
            continue
        schema = _schema(written, place)
        if key == "additionalProperties":
            schema = _BOOLEANS.get(written.strip().lower(), schema)
        if schema is not None:
            meant[key] = schema
            told.append(f'`{key}` is the text "{written}": read as {_shown(schema)}')
    properties = mapping(node.get("properties")) if place.kind is Kind.SCHEMA else {}
    texts = {name: one for name, one in properties.items() if isinstance(one, str)}
    meanings = {name: _schema(one, place) for name, one in texts.items()}
    if found := {name: schema for name, schema in meanings.items() if schema is not None}:
        meant["properties"] = {**properties, **found}
        told += (
            f'the property "{name}" is the text "{properties[name]}": read as {_shown(schema)}'
            for name, schema in found.items()
        )
    return Change({**node, **meant}, tuple(told)) if meant else None


def _schema(value: str, place: Place) -> object:
    """Return the schema that a text stands for, None where that is not known."""
    if value.startswith("#/") or named(value) in place.document.components("schemas"):
        return {"$ref": value}
    type_ = meant_type(value)
    return {"type": type_} if type_ else None


def _shown(schema: object) -> str:
    return str(schema).lower() if isinstance(schema, bool) else " ".join(map(str, _flat(schema)))


def _flat(schema: object) -> tuple[object, ...]:
    return (
        tuple(part for pair in schema.items() for part in pair) if isinstance(schema, dict) else ()
    )
