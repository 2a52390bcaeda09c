"""The walk from the selected operations to everything that they reach."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from functools import reduce
from typing import Any, NamedTuple

from vcgen.dialect import Dialect, DocumentView, Kind, Place, Repair
from vcgen.dialect.view import mapped_by, remapped
from vcgen.errors import Diagnostic, SpecError
from vcgen.slicing.copies import Copied
from vcgen.slicing.grammar import (
    BOOLEANS,
    FIELDS,
    KEPT_BOOLEANS,
    KINDS,
    REFERABLE,
    SECTIONS,
    Field,
    Shape,
    boolean_schema,
    is_dropped,
)
from vcgen.slicing.lifting import component_name, is_definition
from vcgen.slicing.references import References, Target
from vcgen.text.nodes import type_shown
from vcgen.text.pointers import child, pointer_keys, pointer_to

_NOWHERE = frozenset[tuple[str, ...]]()

# The 441 operations of vSphere 7.0.3 have 13,000. Far more are references that multiply.
_MOST_NODES = 500_000
# So long may the pointer of a node be that counts as one: a chain without end fills the memory.
_LONG_POINTER = 400


class _Step(NamedTuple):
    """A node that waits to be copied, and where the copy belongs.

    A list of steps instead of recursion: no document nests too deep for it.
    """

    kind: Kind
    node: Mapping[str, Any]
    pointer: str
    into: Any
    key: Any
    inlined: frozenset[tuple[str, ...]]


class Closure:
    """Copies nodes with all that they reach; problems are collected on the way.

    What it copies is a path item, a component, or one of a few things at the top, with all that it
    holds: one after the other, each as a slice before may have copied it.

    Attributes:
        reached: Copies of the components that were reached, by section and name.
        tags: Names of the tags in use.
        inherits_security: Whether an operation relies on the security of the whole document.
        repairs: What the dialect repaired, each defect once.
        problems: Why what was reached cannot be used, each problem once.
        inlined: For a place that is written out where it is referred to, those places.
        lifted: The names of the schemas that become components, by where they are.
    """

    def __init__(
        self,
        view: DocumentView,
        dialect: Dialect,
        lifted: Mapping[tuple[str, ...], str],
        copies: dict[str, Copied],
    ) -> None:
        """Begin a walk.

        Args:
            view: The document.
            dialect: Its conventions.
            lifted: The names of the schemas that are known to become components.
            copies: What walks before have copied, where the same was known; it gets what this one
                copies.
        """
        self.reached: dict[str, dict[str, Any]] = {}
        self.tags: set[str] = set()
        self.inherits_security = False
        self.repairs: dict[Repair, None] = {}
        self.problems: dict[Diagnostic, None] = {}
        self.inlined: dict[str, set[str]] = {}
        self.lifted = dict(lifted)
        self._known = lifted
        self._view = view
        self._dialect = dialect
        self._references = References(view)
        self._copies = copies
        self._waiting: deque[_Step] = deque()
        self._added: list[_Step] = []
        self._size = 0
        # What is found at the top of the document, and where the walk is now.
        self._top = self._found = Copied({})

    def add(
        self,
        kind: Kind,
        value: object,
        pointer: str,
        into: Any,
        key: Any,
        inlined: frozenset[tuple[str, ...]] = _NOWHERE,
    ) -> None:
        """Have `value` copied to `into[key]`; the place is taken at once, to keep the order."""
        into[key] = None
        if isinstance(value, dict):
            self._added.append(_Step(kind, value, pointer, into, key, inlined))
        else:
            into[key] = self._no_mapping(kind, value, pointer, key)

    def add_field(
        self,
        field: Field,
        value: object,
        pointer: str,
        into: dict[str, Any],
        key: str,
        inlined: frozenset[tuple[str, ...]] = _NOWHERE,
    ) -> None:
        """Have the nodes that a field holds copied to `into[key]`."""
        if field.shape is Shape.ONE:
            self.add(field.kind, value, pointer, into, key, inlined)
        elif field.shape is Shape.LIST and isinstance(value, list):
            into[key] = [None] * len(value)
            for index, item in enumerate(value):
                self.add(field.kind, item, f"{pointer}/{index}", into[key], index, inlined)
        elif field.shape is not Shape.LIST and isinstance(value, dict):
            into[key] = {}
            for name, item in value.items():
                if isinstance(item, bool) and field.kind is Kind.SCHEMA:
                    # A name is no keyword, though it may be called like one.
                    into[key][str(name)] = self._boolean(item, child(pointer, name))
                elif field.shape is Shape.MAP or not str(name).startswith("x-"):
                    self.add(field.kind, item, child(pointer, name), into[key], str(name), inlined)
        else:
            wanted = "list" if field.shape is Shape.LIST else "mapping"
            self.refuse(f"`{key}` is not a {wanted}", pointer)

    def run(self) -> None:
        """Copy what was added: each with all that it holds, then the components that are needed."""
        self._waiting += self._added
        self._added.clear()
        self._take(self._top)
        while self._waiting:
            step = self._waiting.popleft()
            found = self._copies.get(step.pointer) if self._is_as_known else None
            # Of a path, it may have been other operations.
            if found is None or found.node != step.node:
                found = self._copied(step)
            step.into[step.key] = found.copy
            self._take(found)

    def require(self, security: object, pointer: str) -> None:
        """Reach the schemes that a list of security requirements names."""
        if not isinstance(security, list):
            self.refuse("`security` is not a list", pointer)
            return
        for index, requirement in enumerate(security):
            place = f"{pointer}/{index}"
            if not isinstance(requirement, dict):
                self.refuse("the security requirement is not a mapping", place)
                continue
            for name in requirement:
                self._follow(self._references.scheme(str(name), child(place, name)))

    def refuse(self, message: str, pointer: str, hint: str = "") -> None:
        """Note a problem; the walk goes on, so that independent problems are found together."""
        self._found.problems[Diagnostic(message, pointer, hint)] = None

    @property
    def _is_as_known(self) -> bool:
        """Whether no schema was found that has to become a component, and was not known to."""
        return self.lifted == self._known

    def _no_mapping(self, kind: Kind, value: object, pointer: str, key: object) -> Any:
        """Return the schema that a boolean is; everything else is refused."""
        if isinstance(value, bool) and kind is Kind.SCHEMA:
            if key in KEPT_BOOLEANS:
                return value
            return boolean_schema(value) if key in BOOLEANS else self._boolean(value, pointer)
        self.refuse(f"the {kind} is {type_shown(value)}, not a mapping", pointer)
        return None

    def _boolean(self, value: bool, pointer: str) -> dict[str, Any]:
        """Return the schema that a boolean is from 3.1 on (JSON Schema 2020-12, section 4.3.2)."""
        if self._view.version < (3, 1):
            meant = "`true`: any value" if value else "`false`: no value"
            message = f"the schema is {meant} is valid"
            self._found.repairs[Repair("boolean_schemas", pointer, message)] = None
        return boolean_schema(value)

    def _copied(self, first: _Step) -> Copied:
        """Copy a node with all that it holds."""
        found = self._found = Copied(first.node)
        into: dict[Any, Any] = {}
        steps = [first._replace(into=into)]
        while steps:
            self._copy(steps.pop())
            steps += reversed(self._added)
            self._added.clear()
        found.copy = into[first.key]
        self._found = self._top
        # What is wrong is told anew: of many problems, only the first ones have hints.
        if self._is_as_known and not found.problems:
            self._copies[first.pointer] = found
        return found

    def _take(self, found: Copied) -> None:
        """Note what was found, and have the components copied that it needs."""
        self._size += found.size
        self.repairs.update(found.repairs)
        self.problems.update(found.problems)
        self.tags |= found.tags
        self.inherits_security |= found.inherits_security
        for place, origins in found.inlined.items():
            self.inlined.setdefault(place, set()).update(origins)
        for (section, name), keys in found.reached.items():
            reached = self.reached.setdefault(section, {})
            if name not in reached:
                self.add(KINDS[section], self._view.at(keys), pointer_to(keys), reached, name)
        self._waiting += self._added
        self._added.clear()

    def _copy(self, step: _Step) -> None:
        self._found.size += 1 + len(step.pointer) // _LONG_POINTER
        if self._size + self._found.size > _MOST_NODES:
            raise SpecError(Diagnostic("the references expand without end", step.pointer))
        node = step.node
        if not all(isinstance(key, str) for key in node):
            node = {str(key): value for key, value in node.items()}
        place = Place(self._view, step.kind, step.pointer)
        normalised = self._dialect.normalise(node, place)
        # Most nodes have neither.
        for repair in normalised.repairs:
            self._found.repairs[repair] = None
        for problem in normalised.problems:
            self._found.problems[problem] = None
        copy: dict[str, Any] = {}
        step.into[step.key] = copy
        if "$ref" in normalised.node and step.kind in REFERABLE:
            self._copy_reference(step, normalised.node, copy)
        elif "$ref" in normalised.node and step.kind is Kind.OPERATION:
            # Those that lead to an operation were followed when the operations were selected.
            reference = normalised.node["$ref"]
            message = f'the operation refers to "{reference}", which is not in the document'
            self.refuse(message, child(step.pointer, "$ref"))
        else:
            self._copy_fields(step, normalised.node, copy)

    def _copy_fields(self, step: _Step, node: Mapping[str, Any], copy: dict[str, Any]) -> None:
        fields = FIELDS[step.kind]
        if step.kind is Kind.SCHEMA and isinstance(node.get("discriminator"), dict):
            node = {**node, "discriminator": self._reach_variants(node, step.pointer)}
        for key, value in node.items():
            if is_dropped(step.kind, key):
                continue
            if key in fields:
                place = child(step.pointer, key)
                self.add_field(fields[key], value, place, copy, key, step.inlined)
            else:
                copy[key] = value
        if step.kind is Kind.OPERATION:
            self._note_operation(node, step.pointer)

    def _copy_reference(self, step: _Step, node: Mapping[str, Any], copy: dict[str, Any]) -> None:
        """Copy a reference to a component; what has no name of its own is written in its place."""
        pointer = child(step.pointer, "$ref")
        target = self._references.target(step.kind, node["$ref"], pointer)
        if step.kind is not Kind.SCHEMA:
            node = {key: node[key] for key in ("$ref", "summary", "description") if key in node}
        if isinstance(target, Diagnostic):
            self._found.problems[target] = None
        elif target.is_component:
            self._reach(target)
            self._copy_fields(step, node, copy)
        elif step.kind is Kind.SCHEMA and self._has_name(target.keys, step.inlined):
            reference = self._lift(target, step.pointer)
            self._copy_fields(step, {**node, "$ref": reference}, copy)
        elif target.keys in step.inlined:
            message = f'"{node["$ref"]}" is recursive, but is not a component'
            self.refuse(message, pointer, "move what it refers to into the components")
        else:
            self._inline(step, node, copy, target.keys)

    def _inline(
        self, step: _Step, node: Mapping[str, Any], copy: dict[str, Any], keys: tuple[str, ...]
    ) -> None:
        target = self._view.at(keys)
        pointer = pointer_to(keys)
        self._found.inlined.setdefault(pointer, set()).add(step.pointer)
        inlined = step.inlined | {keys}
        beside = {key: value for key, value in node.items() if key != "$ref"}
        if step.kind is not Kind.SCHEMA or all(is_dropped(step.kind, key) for key in beside):
            self.add(step.kind, target, pointer, step.into, step.key, inlined)
            return
        self._copy_fields(step, beside, copy)
        parts = copy.setdefault("allOf", [])
        if isinstance(parts, list):
            parts.append(None)
            self.add(step.kind, target, pointer, parts, len(parts) - 1, inlined)

    def _reach(self, target: Target) -> None:
        """Have a component copied, after what is being copied now."""
        _, section, name = target.keys
        if (section, name) in self._found.reached:
            return
        self._found.reached[section, name] = target.keys
        node = self._view.components(section)[name]
        if not isinstance(node, dict):
            # Refused where it is reached first; it is not copied.
            self._no_mapping(KINDS[section], node, pointer_to(target.keys), name)

    def _has_name(self, keys: tuple[str, ...], inlined: frozenset[tuple[str, ...]]) -> bool:
        """Tell whether a schema that is no component becomes one."""
        return keys in self.lifted or keys in inlined or is_definition(keys)

    def _lift(self, target: Target, origin: str) -> str:
        """Have a schema copied as a component, after what is copied now, and return its pointer."""
        keys = target.keys
        if keys not in self.lifted:
            self.lifted[keys] = component_name(keys, self._view, self.lifted)
        self._found.inlined.setdefault(pointer_to(keys), set()).add(origin)
        section, name = SECTIONS[Kind.SCHEMA], self.lifted[keys]
        self._found.reached.setdefault((section, name), keys)
        return pointer_to(("components", section, name))

    def _reach_variants(self, node: Mapping[str, Any], pointer: str) -> Mapping[str, Any]:
        """Reach the schemas that a discriminator tells apart; return it with their components."""
        told: Mapping[str, Any] = node["discriminator"]
        lifted: dict[tuple[str, ...], str] = {}
        place = f"{pointer}/discriminator"
        for way, value in mapped_by(told):
            at = reduce(child, way, place)
            target = self._references.mapped(value, at)
            if isinstance(target, Target) and not target.is_component:
                lifted[way] = self._lift(target, at)
            else:
                self._follow(target)
        values = told.get("mapping")
        if values and not isinstance(values, dict):
            self.refuse("`mapping` is not a mapping", f"{place}/mapping")
        elif not values and "oneOf" not in node and "anyOf" not in node:
            keys = pointer_keys(pointer)
            if len(keys) == 3 and keys[:2] == ("components", SECTIONS[Kind.SCHEMA]):
                for name in self._view.subtypes_of(keys[2]):
                    self._reach(Target((*keys[:2], name), is_component=True))
        return remapped(told, lifted)

    def _note_operation(self, node: Mapping[str, Any], pointer: str) -> None:
        tags = node.get("tags")
        if isinstance(tags, list):
            self._found.tags.update(tag for tag in tags if isinstance(tag, str))
        if "security" in node:
            self.require(node["security"], f"{pointer}/security")
        else:
            self._found.inherits_security = True

    def _follow(self, target: Target | Diagnostic) -> None:
        if isinstance(target, Diagnostic):
            self._found.problems[target] = None
        else:
            self._reach(target)
