"""Enums that nothing refers to: a bare `type: string` names its enum in the description alone."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.dialect.vsphere.prose import types_named, without_values
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import child

# What may stand in a schema beside `type: string` without saying that it is no enum.
_BARE = frozenset(
    {"type", "default", "deprecated", "description", "example", "nullable", "readOnly", "title"}
    | {"writeOnly"}
)

# Lists of maps of lists are real; deeper nesting is somebody's attempt to exhaust the stack.
_MAX_DEPTH = 16


@dialect_pass(
    Kind.SCHEMA,
    Kind.PARAMETER,
    Kind.HEADER,
    Kind.REQUEST_BODY,
    Kind.RESPONSE,
    fields={"description"},
)
def orphan_enums(node: Node, place: Place) -> Change | None:
    """Turn the enum that a description names into a reference.

    The description stands at the string itself, or at the property, parameter, body or response
    whose array or map holds the strings. It loses the sentence, and the values listed before it.
    """
    description = text(node.get("description"))
    name = _enum_named(description, place.document)
    if not name:
        return None
    reference = {"$ref": child("#/components/schemas", name)}
    if place.kind is Kind.SCHEMA:
        linked = _link(node, reference)
    elif "content" in node:
        linked = _link_content(node, reference)
    else:
        linked = _link_in(node, "schema", reference)
    if linked is None:
        return None
    if place.kind is Kind.SCHEMA:
        return Change(linked)
    return Change(_reworded(linked, keep=place.kind is Kind.RESPONSE))


def _enum_named(description: str, document: DocumentView) -> str:
    """Return the name of the one enum component that the description points to, or ""."""
    names = [name for name in types_named(description) if _is_enum(name, document)]
    return names[0] if len(names) == 1 else ""


def _is_enum(name: str, document: DocumentView) -> bool:
    return bool(mapping(document.components("schemas").get(name)).get("enum"))


def _link(schema: Node, reference: Node, depth: int = 0) -> Node | None:
    """Return the schema with its strings linked, or None if it holds no bare string."""
    if _is_bare_string(schema):
        rest = {key: value for key, value in _reworded(schema).items() if key != "type"}
        return {**rest, "allOf": [reference]} if rest else reference
    if schema.get("type") == "array":
        linked = _link_in(schema, "items", reference, depth + 1)
    elif schema.get("type") == "object" and not schema.get("properties"):
        linked = _link_in(schema, "additionalProperties", reference, depth + 1)
    else:
        return None
    return None if linked is None else _reworded(linked)


def _link_in(node: Node, key: str, reference: Node, depth: int = 0) -> Node | None:
    inner = node.get(key)
    if not isinstance(inner, Mapping) or depth > _MAX_DEPTH:
        return None
    linked = _link(inner, reference, depth)
    return None if linked is None else {**node, key: linked}


def _link_content(node: Node, reference: Node) -> Node | None:
    content = mapping(node.get("content"))
    linked = {
        media: _link_in(mapping(value), "schema", reference) for media, value in content.items()
    }
    if not any(linked.values()):
        return None
    return {**node, "content": {media: linked[media] or content[media] for media in content}}


def _is_bare_string(schema: Node) -> bool:
    return schema.get("type") == "string" and all(
        key in _BARE or key.startswith("x-") for key in schema
    )


def _reworded(node: Node, *, keep: bool = False) -> Node:
    """Return the node with its description shortened; an empty one goes, unless it must stay."""
    if "description" not in node:
        return node
    description = without_values(text(node["description"]))
    return {
        key: description if key == "description" else value
        for key, value in node.items()
        if key != "description" or description or keep
    }
