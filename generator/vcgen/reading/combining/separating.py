"""Separating: which components of a document cannot share the name that an earlier one has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.dialect.view import mapped_by
from vcgen.text import marks
from vcgen.text.pointers import pointer_keys
from vcgen.text.shapes import ANNOTATIONS, mappings_in, shape

# A component: its section, such as `schemas`, and its name.
Component = tuple[str, str]
Components = Mapping[str, Mapping[str, Any]]


def separated(
    earlier: Components, tree: Mapping[str, Any], label: str, apart: Collection[str]
) -> dict[Component, str]:
    """Return the components of a document that need another name, and which.

    That is what has the name of an earlier one and another shape, and what has the name of an
    earlier one and refers to such a component.

    Args:
        earlier: The components of the documents before it, by section and name.
        tree: The document.
        label: What goes in front of a name.
        apart: The new names that are to be used though the shapes are the same.
    """
    view = DocumentView(tree)
    contested = {
        (section, name): node
        for section, components in earlier.items()
        for name, node in view.components(section).items()
        if name in components
    }
    moved = {
        (section, name)
        for (section, name), node in contested.items()
        if f"{label}-{name}" in apart or not is_same(earlier[section][name], node)
    }
    waiting = list(moved)
    users = _users(contested) if moved else {}
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in moved:
                moved.add(user)
                waiting.append(user)
    return {one: _free(one, label, earlier, view) for one in contested if one in moved}


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two nodes say the same of what is sent, whatever they say to people."""
    return bool(one == other or _sent(one) == _sent(other))


def _sent(node: Any) -> Any:
    return shape(node, ignores=_is_annotation)


def _is_annotation(key: str) -> bool:
    """Tell whether a key of a node of OpenAPI says nothing of what is sent."""
    return key in ANNOTATIONS or key == "summary" or key.startswith(marks.BEGINNING)


def referred(node: Any) -> Iterator[Component]:
    """Yield the components that a node refers to, by `$ref` or as alternatives by name."""
    for one in mappings_in(node):
        for value in (one.get("$ref"), *_mapped(one)):
            if component := component_of(value):
                yield component


def component_of(reference: object) -> Component | None:
    """Return the component that a local reference leads to, or into."""
    if not isinstance(reference, str) or not reference.startswith("#/components/"):
        return None
    keys = pointer_keys(reference)
    return (keys[1], keys[2]) if len(keys) > 2 else None


def _mapped(node: Mapping[str, Any]) -> list[Any]:
    """Return what the discriminator of a schema refers to."""
    every = (value for _, value in mapped_by(node.get("discriminator")))
    return [one if "/" in str(one) else f"#/components/schemas/{one}" for one in every]


def _users(components: Mapping[Component, Any]) -> dict[Component, list[Component]]:
    users: dict[Component, list[Component]] = {}
    for component, node in components.items():
        for target in referred(node):
            users.setdefault(target, []).append(component)
    return users


def _free(component: Component, label: str, earlier: Components, view: DocumentView) -> str:
    """Return the new name of a component."""
    section, name = component
    taken = {*earlier[section], *view.components(section)}
    found = f"{label}-{name}"
    while found in taken:
        found = f"{label}-{found}"
    return found
