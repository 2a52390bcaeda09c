"""The sliced document, put together from what the walk copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from vcgen.dialect import DocumentView, Kind, Repair, plain_path
from vcgen.errors import Diagnostic, SpecError
from vcgen.slicing.closure import Closure
from vcgen.slicing.grammar import Field, Shape
from vcgen.slicing.selecting import OperationKey, path_item
from vcgen.text import marks
from vcgen.text.nodes import listed
from vcgen.text.path_items import operations_of
from vcgen.text.pointers import pointer_keys, pointer_to

_SHARED = frozenset({"summary", "description", "servers", "parameters"})
_VERBATIM = frozenset({"openapi", "jsonSchemaDialect"})
_NEEDED = frozenset({"info", "paths"})


def assemble(view: DocumentView, keys: Sequence[OperationKey], closure: Closure) -> dict[str, Any]:
    """Return the document that holds these operations and what they reach, in the same order."""
    paths = _paths(view, keys, closure)
    root = _root(view, closure)
    root["paths"] = paths
    root["components"] = _components(view, closure)
    order = dict.fromkeys(["openapi", *view.tree, "info", "components"])
    return {key: root[key] for key in order if root.get(key) or key in _NEEDED}


def _paths(view: DocumentView, keys: Sequence[OperationKey], closure: Closure) -> dict[str, Any]:
    wanted: dict[str, set[str]] = {}
    for key in keys:
        wanted.setdefault(pointer_keys(key.pointer)[1], set()).add(key.pointer)
    paths: dict[str, Any] = {}
    for path, pointers in wanted.items():
        item = path_item(view, path, view.tree["paths"][path])
        if isinstance(item, Diagnostic):  # select() has refused it
            raise SpecError(item)
        kept = _kept(item, path, pointers)
        pointer = pointer_to(["paths", path])
        plain = plain_path(path, item, view)
        if plain != path:
            message = f'the path is not as OpenAPI has it: read as "{plain}"'
            closure.repairs[Repair("path_keys", pointer, message)] = None
        closure.add(Kind.PATH_ITEM, kept, pointer, paths, plain)
    closure.run()
    return paths


def _kept(item: Mapping[str, Any], path: str, pointers: Set[str]) -> dict[str, Any]:
    """Return a path item with some of its operations."""
    kept = {key: item[key] for key in item if key in _SHARED or str(key).startswith("x-")}
    for keys, operation in operations_of(item):
        if pointer_to(["paths", path, *keys]) in pointers:
            if len(keys) == 1:
                kept[keys[0]] = operation
            else:
                kept.setdefault(keys[0], {})[keys[1]] = operation
    return {key: kept[key] for key in item if key in kept}


def _root(view: DocumentView, closure: Closure) -> dict[str, Any]:
    """Return all but the paths and components."""
    tree = view.tree
    root = {
        key: tree[key] for key in tree if key in _VERBATIM or str(key).startswith(marks.BEGINNING)
    }
    if not isinstance(stated := tree.get("openapi"), str) or "." not in stated:
        kind = "the text" if isinstance(stated, str) else "the number"
        root["openapi"] = ".".join(map(str, (*view.version, 0)))
        message = f'`openapi` is {kind} {stated}: read as "{root["openapi"]}"'
        closure.repairs[Repair("version", "#/openapi", message)] = None
    if "info" in tree:
        closure.add(Kind.INFO, tree["info"], "#/info", root, "info")
    else:
        closure.add(Kind.INFO, {}, "#/info", root, "info")
    if "servers" in tree:
        field = Field(Kind.SERVER, Shape.LIST)
        closure.add_field(field, tree["servers"], "#/servers", root, "servers")
    if closure.inherits_security and "security" in tree:
        root["security"] = tree["security"]
        closure.require(tree["security"], "#/security")
    _add_tags(view, closure, root)
    closure.run()
    return root


def _add_tags(view: DocumentView, closure: Closure, root: dict[str, Any]) -> None:
    declared = listed(view.tree.get("tags"))
    names = _with_parents(closure.tags, declared)
    used = [
        (f"#/tags/{index}", tag)
        for index, tag in enumerate(declared)
        if isinstance(tag, Mapping) and str(tag.get("name")) in names
    ]
    root["tags"] = [None] * len(used)
    for index, (pointer, tag) in enumerate(used):
        closure.add(Kind.TAG, tag, pointer, root["tags"], index)


def _with_parents(names: Set[str], declared: Sequence[Any]) -> set[str]:
    """Return the names of tags with those of the tags that they are under."""
    parents = {
        str(tag["name"]): str(tag["parent"])
        for tag in declared
        if isinstance(tag, Mapping) and "name" in tag and "parent" in tag
    }
    found, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [parents[name]] if name in parents else []
    return found


def _components(view: DocumentView, closure: Closure) -> dict[str, Any]:
    components: dict[str, Any] = {}
    sections = view.tree.get("components")
    declared = sections if isinstance(sections, Mapping) else {}
    for section in dict.fromkeys([*declared, *closure.reached]):
        reached = closure.reached.get(section, {})
        copies = {name: reached[name] for name in view.components(section) if name in reached}
        # Schemas that were no components come last.
        if copies := {**copies, **reached}:
            components[section] = copies
    return components
