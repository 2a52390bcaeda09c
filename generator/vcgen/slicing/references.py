"""Where a reference leads, and why it may not."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect import DocumentView, Kind
from vcgen.errors import EXCLUDE, Diagnostic, did_you_mean
from vcgen.records import Record
from vcgen.slicing.grammar import SECTIONS
from vcgen.slicing.lifting import is_schema
from vcgen.text.nodes import type_shown
from vcgen.text.pointers import pointer_keys

# Looking for near names in a thousand takes its time; after so many, the reader has the idea.
_MOST_HINTS = 20

_SCHEMAS = SECTIONS[Kind.SCHEMA]


class Target(Record):
    """Where a reference leads.

    Attributes:
        keys: The way there from the root.
        is_component: Whether it is a component of the kind that is needed, known by its name.
    """

    keys: tuple[str, ...]
    is_component: bool


class References:
    """Looks up references in one document."""

    def __init__(self, view: DocumentView) -> None:
        self._view = view
        self._hints = 0
        self._straight: set[str] = set()

    def target(self, kind: Kind, reference: object, pointer: str) -> Target | Diagnostic:
        """Return where the `$ref` of a node of that kind leads; `pointer` is that of the `$ref`."""
        if not isinstance(reference, str):
            return Diagnostic(f"the $ref is {type_shown(reference)}, not a string", pointer)
        if not reference.startswith("#"):
            message = f'"{reference}" is in another file that could not be joined'
            return Diagnostic(message, pointer, "join the files into one document first")
        if not reference.startswith("#/"):
            message = f'"{reference}" is not a JSON pointer, such as "#/components/schemas/Name"'
            return Diagnostic(message, pointer)
        keys = pointer_keys(reference)
        if len(keys) == 3 and keys[0] == "components" and keys[1] in SECTIONS.values():
            return self._component(kind, keys, reference, pointer)
        try:
            self._view.at(keys)
        except LookupError:
            return Diagnostic(f'"{reference}" does not exist in this document', pointer)
        return Target(keys, is_component=False)

    def _component(
        self, kind: Kind, keys: tuple[str, ...], reference: str, pointer: str
    ) -> Target | Diagnostic:
        _, section, name = keys
        if section != SECTIONS.get(kind):
            return Diagnostic(f'"{reference}" is not {kind.with_article}', pointer)
        if name not in self._view.components(section):
            return self._missing(f'there is no {kind} "{name}"', section, name, pointer)
        if pointer.count("/") == 4 and self._is_circular(reference):
            return Diagnostic(f'"{reference}" refers to itself', pointer)
        return Target(keys, is_component=True)

    def mapped(self, value: object, pointer: str) -> Target | Diagnostic:
        """Return where a value of a discriminator's mapping leads: a schema's name, or a `$ref`."""
        if isinstance(value, str) and value in self._view.components(_SCHEMAS):
            return Target(("components", _SCHEMAS, value), is_component=True)
        if isinstance(value, str) and not {"#", "/"} & set(value):
            return self._missing(f'there is no schema "{value}"', _SCHEMAS, value, pointer)
        target = self.target(Kind.SCHEMA, value, pointer)
        if isinstance(target, Target) and not (target.is_component or is_schema(target.keys)):
            return Diagnostic(f'"{value}" is not a schema', pointer)
        return target

    def scheme(self, name: str, pointer: str) -> Target | Diagnostic:
        """Return where the name of a security scheme leads."""
        section = SECTIONS[Kind.SECURITY_SCHEME]
        if name in self._view.components(section):
            return Target(("components", section, name), is_component=True)
        return self._missing(f'there is no security scheme "{name}"', section, name, pointer)

    def _is_circular(self, reference: str) -> bool:
        """Return whether a component is nothing but a reference that returns to it."""
        node: object = {"$ref": reference}
        seen: set[str] = set()
        while isinstance(node, Mapping) and isinstance(step := node.get("$ref"), str):
            if step in seen:
                return True
            if step in self._straight:
                break
            seen.add(step)
            try:
                node = self._view.at(pointer_keys(step))
            except LookupError:
                break
        # Each link of a chain is looked at once, however many components begin in it.
        self._straight |= seen
        return False

    def _missing(self, message: str, section: str, name: str, pointer: str) -> Diagnostic:
        self._hints += 1
        names = self._view.components(section) if self._hints <= _MOST_HINTS else ()
        hint = did_you_mean(name, map(str, names), f"define it, or {EXCLUDE}", 3)
        return Diagnostic(message, pointer, hint)
