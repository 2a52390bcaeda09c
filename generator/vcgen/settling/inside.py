"""What is inside: the schemas that are described on the spot, and what each would be called.

The spec names are those that the building gives (see `building.places`), read from plain data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.records import Record
from vcgen.text import labels
from vcgen.text.holders import spec_name_of
from vcgen.text.keywords import SUBSCHEMAS
from vcgen.text.nodes import listed, mapping
from vcgen.text.pointers import component_at

# A schema without any of these has no class, and nothing inside.
_TELLING = frozenset(
    {"properties", "items", "additionalProperties", "unevaluatedProperties", "patternProperties"}
    | {"enum", *SUBSCHEMAS}
)
# What is called by where it is.
_NAMELESS = {"items": "item", "additionalProperties": "value", "unevaluatedProperties": "value"}


class Inside(Record):
    """A schema that is described on the spot.

    Attributes:
        spec_name: What its class is named after.
        node: The schema.
        component: The component schema that it is in, or "".
    """

    spec_name: str
    node: Any
    component: str


def inside_component(section: str, name: str, node: Any) -> Iterator[Inside]:
    """Yield the schemas inside a component, which is none of them itself."""
    if section == "schemas":
        found = (one for one in _unfolded(name, node, name) if one.node is not node)
        yield from (one for one in found if one.spec_name != name)
        return
    for schema in _schemas_of(node):
        yield from _unfolded(spec_name_of(section, name), schema)


def inside_operation(owner: str, operation: Mapping[str, Any]) -> Iterator[Inside]:
    """Yield the schemas inside an operation; of a reply, by each of the names that it may have."""
    for schema in _schemas_of(operation.get("requestBody")):
        yield from _unfolded(f"{owner}.body", schema)
    for status, reply in (operation.get("responses") or {}).items():
        for schema in _schemas_of(reply):
            for word in ("response", "error"):
                yield from _unfolded(f"{owner}.{word}", schema)
                yield from _unfolded(f"{owner}.{word}{status}", schema)
    for parameter in operation.get("parameters") or []:
        for schema in _schemas_of(parameter):
            yield from _unfolded(f"{owner}.{parameter.get('name')}", schema)


def _schemas_of(node: Any) -> Iterator[Any]:
    """Yield the schemas of a parameter, a body or a reply."""
    if not isinstance(node, dict):
        return
    for holder in (node, *mapping(node.get("content")).values()):
        if isinstance(holder, dict) and "schema" in holder:
            yield holder["schema"]


def _unfolded(spec_name: str, node: Any, component: str = "") -> Iterator[Inside]:
    """Yield a schema and those inside it, of which a class may be made; what is deeper, later."""
    waiting = [(spec_name, node)]
    for name, node in waiting:
        if not isinstance(node, dict) or "$ref" in node or _TELLING.isdisjoint(node):
            continue
        if _has_class(node):
            yield Inside(name, node, component)
        for key, one in mapping(node.get("properties")).items():
            waiting.append((f"{name}.{key}", one))
        waiting += [(f"{name}.{word}", node[key]) for key, word in _NAMELESS.items() if key in node]
        for one in mapping(node.get("patternProperties")).values():
            waiting.append((f"{name}.value", one))
        waiting += [(name, one) for one in listed(node.get("allOf"))]
        for keyword in ("oneOf", "anyOf"):
            every = listed(node.get(keyword))
            waiting += [(f"{name}{_label(every, index)}", one) for index, one in enumerate(every)]


def _has_class(node: Mapping[str, Any]) -> bool:
    """Tell whether a class may be made of a schema: one part alone is what that refers to."""
    return (
        "properties" in node
        or "enum" in node
        or sum(len(listed(node.get(keyword))) for keyword in SUBSCHEMAS) > 1
    )


def _label(every: list[Any], index: int) -> str:
    """Return what tells an alternative apart, "" for one that has but null beside it."""
    others = [one for at, one in enumerate(every) if at != index]
    is_alone = bool(others) and all(
        isinstance(one, dict) and one.get("type") == "null" for one in others
    )
    if is_alone:
        return ""
    label = labels.label_of(_texts_of(every[index]), map(_texts_of, others))
    return f".{label or index + 1}"


def _texts_of(node: Any) -> list[str]:
    """Return the texts that may tell an alternative apart: of properties, its title, its bases."""
    if not isinstance(node, dict) or "$ref" in node:
        return []
    own = mapping(node.get("properties")).values()
    texts = [*map(_fixed_text, own), node.get("title")]
    bases = (one.get("$ref") for one in listed(node.get("allOf")) if isinstance(one, dict))
    found = map(component_at, bases)
    named = [one for one in texts if isinstance(one, str) and one]
    return [*named, *(component[1] for component in found if component)]


def _fixed_text(node: Any) -> str:
    """Return the only text that a schema admits, or ""."""
    if not isinstance(node, dict):
        return ""
    values = node["enum"] if "enum" in node else [node.get("const")]
    only = values[0] if isinstance(values, list) and len(values) == 1 else None
    return only if isinstance(only, str) else ""
