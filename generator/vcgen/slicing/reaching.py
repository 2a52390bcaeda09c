"""Which operations reach a place: whose problem it is, and who can be generated without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vcgen.dialect.view import DocumentView, mapped_by
from vcgen.errors import EXCLUDE, Diagnostic
from vcgen.slicing.selecting import OperationKey
from vcgen.text.nodes import listed, mapping
from vcgen.text.path_items import ADDITIONAL, METHODS
from vcgen.text.pointers import pointer_keys
from vcgen.text.shapes import mappings_in

Unit = tuple[str, ...]
SCHEMAS = ("components", "schemas")
_USUAL_HINT = f"correct the document, or {EXCLUDE}"


class Reach:
    """The operations that reach each part of a slice.

    A part is an operation, a path with what its operations share, or a component.
    """

    def __init__(
        self,
        tree: Mapping[str, Any],
        operations: Sequence[OperationKey],
        inlined: Mapping[str, Iterable[str]],
    ) -> None:
        """Look through a slice.

        Args:
            tree: The slice.
            operations: Its operations.
            inlined: For a place that is written out where it is referred to, those places.
        """
        self._operations = operations
        self._inlined = inlined
        self._users: dict[Unit, set[Unit]] = {}
        for unit, node in units(tree):
            for target in targets(node):
                self._users.setdefault(target, set()).add(unit)
        for base, subtype in subtypes(tree):
            self._users.setdefault(subtype, set()).add(base)

    def told(self, problem: Diagnostic) -> Diagnostic:
        """Return a problem with the operations that reach its place, and with a hint."""
        hint = problem.hint or _USUAL_HINT
        return problem._replace(hint=hint, operations=self.operations_at(problem.pointer))

    def operations_at(self, pointer: str) -> tuple[str, ...]:
        """Return the names of the operations that reach a place; none if it is nobody's."""
        found = self._reaching(pointer, set())
        return tuple(
            key.name
            for key in self._operations
            if ("paths", key.path, key.method.lower()) in found or ("paths", key.path) in found
        )

    def _reaching(self, pointer: str, seen: set[str]) -> set[Unit]:
        """Return the parts that reach a place, the one that it is in among them."""
        seen.add(pointer)
        found: set[Unit] = set()
        waiting = [unit] if (unit := _unit(pointer)) else []
        while waiting:
            unit = waiting.pop()
            if unit not in found:
                found.add(unit)
                waiting += self._users.get(unit, ())
        for place, origins in self._inlined.items():
            if pointer == place or pointer.startswith(f"{place}/"):
                for origin in origins:
                    found |= self._reaching(origin, seen) if origin not in seen else set()
        return found


def _unit(pointer: str) -> Unit:
    keys = pointer_keys(pointer)
    if keys[:1] == ("components",):
        return keys[:3]
    if keys[:1] == ("paths",):
        return keys[:3] if len(keys) > 2 and keys[2] in METHODS else keys[:2]
    return ()


def units(tree: Mapping[str, Any]) -> Iterator[tuple[Unit, Any]]:
    """Yield the operations, paths and components of a slice, by the keys that lead to them."""
    shared = tree.get("security")
    for path, item in tree.get("paths", {}).items():
        rest = {key: value for key, value in item.items() if key not in METHODS}
        if ADDITIONAL in item:
            yield ("paths", path), [{"security": shared}, rest]
        for method in METHODS & item.keys():
            # What the operations of a path share is a part of each of them.
            yield ("paths", path, method), [{"security": shared, **(item[method] or {})}, rest]
    for section, components in tree.get("components", {}).items():
        for name, node in components.items():
            yield ("components", section, name), node


def targets(node: Any) -> Iterator[Unit]:
    """Yield the components that a part refers to."""
    for one in mappings_in(node):
        yield from _referred(one)


def _referred(node: Mapping[str, Any]) -> Iterator[Unit]:
    if isinstance(reference := node.get("$ref"), str):
        yield pointer_keys(reference)[:3]
    for _, value in mapped_by(node):  # if it is a discriminator
        is_pointer = isinstance(value, str) and value.startswith("#")
        yield pointer_keys(value)[:3] if is_pointer else (*SCHEMAS, str(value))
    for requirement in listed(node.get("security")):
        for name in mapping(requirement):
            yield "components", "securitySchemes", str(name)


def subtypes(tree: Mapping[str, Any]) -> Iterator[tuple[Unit, Unit]]:
    """Yield each base whose subtypes are told apart, with each of its subtypes."""
    view = DocumentView(tree)
    for base, node in view.components("schemas").items():
        if isinstance(node, Mapping) and "discriminator" in node:
            yield from (((*SCHEMAS, base), (*SCHEMAS, one)) for one in view.subtypes_of(base))
