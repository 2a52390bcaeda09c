"""Classes: of the schemas of one document that want one name, who gets it.

A component has it before what is described on the spot, inside another component or an operation.
Two of one shape are one class, and have it both.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen.dialect import Dialect, DocumentView
from vcgen.settling.chosen import Chosen
from vcgen.settling.holders import Before, before
from vcgen.settling.inside import (
    Inside,
    inside_component,
    inside_operation,
)
from vcgen.slicing import OperationKey, Slice
from vcgen.text import marks, method_names, naming
from vcgen.text.clashes import Claim, settle
from vcgen.text.holders import HOLDERS, spec_name_of
from vcgen.text.pointers import pointer_keys
from vcgen.text.shapes import shape

# How what is inside something is told from a component of the same spec name.
_INSIDE = "~"


def schemas(
    view: DocumentView,
    part: Slice,
    dialect: Dialect,
    names: Chosen,
    already: Mapping[str, str],
) -> dict[str, str]:
    """Return the classes of schemas in a slice that are not what they would be alone.

    Args:
        view: The whole document.
        part: The slice.
        dialect: The conventions of the document.
        names: What the user chose.
        already: What was settled where the document was larger.
    """
    components = view.components("schemas")
    owners: dict[str, list[str]] = {}
    for name in components:
        own = names.schemas.get(name) or _class(name, dialect, names)
        owners.setdefault(own, []).append(name)
    there = part.tree.get("components", {})
    found = dict(_components(components, owners, there.get("schemas", {}), names))
    taken = {*owners, *found.values()}
    claimed = {own: [components[name] for name in group] for own, group in owners.items()}
    fixed = {*already, *(f"{_INSIDE}{name}" for name in names.schemas)}
    earlier = before(view, lambda name: _class(name, dialect, names))
    for root, group in _inside(part, names):
        way = earlier.get(root, Before())
        wishes = (
            (f"{_INSIDE}{one.spec_name}", _class(one.spec_name, dialect, names, one.component), one)
            for one in group
        )
        rivals = ChainMap(
            {own: [*claimed.get(own, ()), *nodes] for own, nodes in way.claimed.items()}, claimed
        )
        wanted = (wish for wish in wishes if wish[0] not in fixed)
        found |= _apart(wanted, rivals, taken | way.taken)
    kept = {
        key: name
        for key, name in already.items()
        if key.startswith(_INSIDE) or key in there.get("schemas", {})
    }
    return {**kept, **found}


def _apart(
    wishes: Iterable[tuple[str, str, Inside]], claimed: Mapping[str, list[Any]], taken: set[str]
) -> dict[str, str]:
    """Return the classes of what is described on the spot, where the plain one is another's.

    What is deeper makes way for what is not, a later one for an earlier one.

    Args:
        wishes: Of one operation or component: a key for the schema, its plain class, the schema.
        claimed: The components that have a class, by that.
        taken: All classes of components.
    """
    first: dict[str, tuple[str, Inside]] = {}
    moved: dict[str, str] = {}
    for key, own, one in wishes:
        if key in moved:
            continue
        holder, other = first.setdefault(own, (key, one))
        rivals = [*claimed.get(own, ()), *([other.node] if holder != key else ())]
        if any(shape(rival) != shape(one.node) for rival in rivals):
            free = (name for name in naming.classes_inside(own) if name not in taken)
            moved[key] = next(name for name in free if name not in moved.values())
    return moved


def _class(name: str, dialect: Dialect, names: Chosen, component: str = "") -> str:
    return dialect.schema_prefix(component or name) + naming.class_name(name, names.roots)


def _components(
    components: Mapping[str, Any],
    owners: Mapping[str, list[str]],
    there: Mapping[str, Any],
    names: Chosen,
) -> Iterator[tuple[str, str]]:
    """Yield the components of a slice that another component has the class of, and their own."""
    for own, group in owners.items():
        if len(group) == 1 or not any(name in there for name in group):
            continue
        shapes = [shape(components[name]) for name in group]
        if all(one == shapes[0] for one in shapes):
            continue
        claims = [
            Claim(
                name,
                (own, *naming.classes_apart(name, own, names.roots)),
                is_fixed=name in names.schemas,
            )
            for name in group
        ]
        for name, class_ in zip(group, settle(claims), strict=True):
            if class_ != own and name in there:
                yield name, class_


def _inside(part: Slice, names: Chosen) -> Iterator[tuple[str, Iterator[Inside]]]:
    """Yield what is described on the spot in each thing of a slice, and what a holder is called."""
    there = part.tree.get("components", {})
    for section in ("schemas", *HOLDERS):
        for name, node in there.get(section, {}).items():
            root = spec_name_of(section, name) if section in HOLDERS else ""
            yield root, inside_component(section, name, node)
    for key in part.operations:
        node = part.tree["paths"][key.path]
        for step in pointer_keys(key.pointer)[2:]:
            node = node[step]
        yield "", inside_operation(_owner(key, node, names), node)


def _owner(key: OperationKey, node: Mapping[str, Any], names: Chosen) -> str:
    """Return what the classes of an operation are named after."""
    tags = node.get("tags")
    texts = (tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    tag = next(iter(texts), "default")
    operation_id = str(node.get("operationId") or "")
    method = names.method(key.name, operation_id)
    method = method or method_names.operation_name(operation_id, tag, key.method, key.path)
    return f"{names.attribute(str(node.get(marks.RESOURCE) or tag))}.{method}"
