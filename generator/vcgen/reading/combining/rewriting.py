"""Rewriting: a document whose references follow its components to their new names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.view import mapped_by, remapped
from vcgen.reading.combining.separating import Component, component_of
from vcgen.text.keywords import NAMED, VALUES
from vcgen.text.pointers import child, pointer_keys


def rewritten(tree: Mapping[str, Any], names: Mapping[Component, str]) -> Mapping[str, Any]:
    """Return a document with other names for some components; what has none of them is shared."""
    if not names:
        return tree
    found: dict[str, Any] = _copied(tree, names)
    components = {
        section: {names.get((section, name), name): node for name, node in parts.items()}
        for section, parts in found["components"].items()
        if isinstance(parts, dict)
    }
    return {**found, "components": {**found["components"], **components}}


def _copied(node: Any, names: Mapping[Component, str], *, is_named: bool = False) -> Any:
    if isinstance(node, list):
        items = [_copied(item, names) for item in node]
        return node if all(a is b for a, b in zip(items, node, strict=True)) else items
    if not isinstance(node, dict):
        return node
    copy = {
        key: (
            value
            if key in VALUES and not is_named
            else _copied(value, names, is_named=key in NAMED and not is_named)
        )
        for key, value in node.items()
    }
    if isinstance(copy.get("$ref"), str):
        copy["$ref"] = _reference(copy["$ref"], names)
    if isinstance(copy.get("discriminator"), dict):
        copy["discriminator"] = _discriminator(copy["discriminator"], names)
    if isinstance(copy.get("security"), list):
        copy["security"] = [_requirement(one, names) for one in copy["security"]]
    return node if all(copy[key] is node[key] for key in node) else copy


def _reference(reference: str, names: Mapping[Component, str]) -> str:
    component = component_of(reference)
    if component is None or component not in names:
        return reference
    pointer = child(f"#/components/{component[0]}", names[component])
    for key in pointer_keys(reference)[3:]:
        pointer = child(pointer, key)
    return pointer


def _discriminator(node: dict[str, Any], names: Mapping[Component, str]) -> Mapping[str, Any]:
    meant = ((way, value, _mapped(value, names)) for way, value in mapped_by(node))
    return remapped(node, {way: other for way, value, other in meant if other != value})


def _mapped(value: Any, names: Mapping[Component, str]) -> Any:
    if isinstance(value, str) and "/" in value:
        return _reference(value, names)
    return names.get(("schemas", str(value)), value)


def _requirement(node: Any, names: Mapping[Component, str]) -> Any:
    if not isinstance(node, dict):
        return node
    return {names.get(("securitySchemes", key), key): scopes for key, scopes in node.items()}
