"""The sliced document, put together from what the walk copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vcgen.dialect import DocumentView, Kind
from vcgen.dialect.view import pointer_to
from vcgen.errors import Diagnostic, SpecError
from vcgen.slicing.closure import Closure
from vcgen.slicing.grammar import Field, Shape
from vcgen.slicing.selecting import OperationKey, path_item

_SHARED = frozenset({"summary", "description", "servers", "parameters"})
_VERBATIM = frozenset({"openapi", "jsonSchemaDialect"})
_NEEDED = frozenset({"info", "paths"})


def assemble(view: DocumentView, keys: Sequence[OperationKey], closure: Closure) -> dict[str, Any]:
    """Return the document that holds these operations and what they reach, in the same order."""
    paths = _paths(view, keys, closure)
    root = _root(view, closure)
    root["paths"] = paths
    root["components"] = _components(view, closure)
    return {key: root[key] for key in view.tree if root.get(key) or key in _NEEDED}


def _paths(view: DocumentView, keys: Sequence[OperationKey], closure: Closure) -> dict[str, Any]:
    methods: dict[str, set[str]] = {}
    for key in keys:
        methods.setdefault(key.path, set()).add(key.method.lower())
    paths: dict[str, Any] = {}
    for path in methods:
        item = path_item(view, path, view.tree["paths"][path])
        if isinstance(item, Diagnostic):  # select() has refused it
            raise SpecError(item)
        wanted = _SHARED | methods[path]
        kept = {key: item[key] for key in item if key in wanted or str(key).startswith("x-")}
        closure.add(Kind.PATH_ITEM, kept, pointer_to(["paths", path]), paths, path)
    closure.run()
    return paths


def _root(view: DocumentView, closure: Closure) -> dict[str, Any]:
    """Return all but the paths and components."""
    tree = view.tree
    root = {key: tree[key] for key in tree if key in _VERBATIM or str(key).startswith("x-vcgen-")}
    if "info" in tree:
        closure.add(Kind.INFO, tree["info"], "#/info", root, "info")
    else:
        closure.refuse("the document has no info", "#", "add it, with a title and a version")
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
    declared = view.tree.get("tags")
    used = [
        (f"#/tags/{index}", tag)
        for index, tag in enumerate(declared if isinstance(declared, list) else ())
        if isinstance(tag, Mapping) and str(tag.get("name")) in closure.tags
    ]
    root["tags"] = [None] * len(used)
    for index, (pointer, tag) in enumerate(used):
        closure.add(Kind.TAG, tag, pointer, root["tags"], index)


def _components(view: DocumentView, closure: Closure) -> dict[str, Any]:
    components: dict[str, Any] = {}
    sections = view.tree.get("components")
    for section in sections if isinstance(sections, Mapping) else ():
        reached = closure.reached.get(section, {})
        copies = {name: reached[name] for name in view.components(section) if name in reached}
        if copies:
            components[section] = copies
    return components
