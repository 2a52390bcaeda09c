"""Places: what a schema inside a component is called, whoever refers to the component."""

from __future__ import annotations

from typing import Any

from vcgen.building.context import Context
from vcgen.building.openapi import MediaType, Parameter
from vcgen.building.subschemas import label_of
from vcgen.text.holders import HOLDERS, spec_name_of
from vcgen.text.pointers import unescaped


def name_of_place(context: Context, pointer: str) -> str:
    """Return the spec name of a schema inside a component by its place alone, "" elsewhere."""
    if not pointer.startswith("#/components/"):
        return ""
    section, component, *keys = pointer.removeprefix("#/components/").split("/")
    name = unescaped(component)
    node: Any = (getattr(context.components, section, None) or {}).get(name)
    if section in HOLDERS:
        name = spec_name_of(section, name)
        node, keys = _schema_of(node, keys)
    elif section != "schemas":
        return ""
    return ".".join([name, *_names_inside(node, keys)])


def _schema_of(node: Any, keys: list[str]) -> tuple[Any, list[str]]:
    """Return the schema of a parameter or body that keys lead into, and where they go from it."""
    if keys[0] == "content":
        node, keys = node.content[unescaped(keys[1])], keys[2:]
    if isinstance(node, MediaType):
        return node.media_type_schema, keys[1:]
    return node.param_schema if isinstance(node, Parameter) else node, keys[1:]


def _names_inside(node: Any, keys: list[str]) -> list[str]:
    names: list[str] = []
    while keys:
        keyword = keys.pop(0)
        node = getattr(node, keyword, None)
        if keyword in {"items", "additionalProperties", "unevaluatedProperties"}:
            names.append({"items": "item"}.get(keyword, "value"))
            continue
        key = unescaped(keys.pop(0))
        if keyword in {"oneOf", "anyOf"}:
            names += filter(None, [label_of(node, int(key))])
        elif keyword == "properties":  # the parts of allOf have the name of the whole
            names.append(key)
        elif keyword == "patternProperties":
            names.append("value")
        node = node[int(key) if isinstance(node, list) else key]
    return names
