"""What the building steps share: the document, the names in use, and the problems found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import heappop, heappush
from typing import TypeVar, cast

from vcgen import ir
from vcgen.building.descent import Descent
from vcgen.building.docs import Docs
from vcgen.building.openapi import (
    Components,
    Declared,
    Discriminator,
    OpenAPI,
    Reference,
    Schema,
)
from vcgen.building.tables import Table
from vcgen.errors import Diagnostic, SpecError
from vcgen.records import Record, field
from vcgen.text.pointers import pointer_keys, unescaped

Node = TypeVar("Node", bound=Declared)

# Where a body is, or the content of a parameter.
_IN_REQUEST = re.compile(
    r"#/components/(requestBodies|parameters/[^/]+/content)/|.*/(requestBody|parameters/\d+/content)/"
)


class Options(Record):
    """What the configuration says about names.

    Attributes:
        package: Name of the package to be written.
        roots: Leading words that names go without.
        qualifiers: Leading words that say too little for the name of a module.
        modules: The modules of models, by the first words of their classes; () is one for each
            first word.
        names_errors: Whether every error names its kind, which says more than its status.
        schemas: Class for a schema, by its name in the document.
        tags: Attribute of the client for a tag.
        operations: Method for an operation, by `GET /path` or operationId.
        properties: Field for a property, by `Schema.property`.
        parameters: Argument for a parameter, by its name.
        settled: Class for a schema that another has its own class, by its name in the document; of
            one inside something, with `~` before it.
        sent: The schemas whose values some request carries in a body, or in the content of a
            parameter.
        kept: The schemas whose objects keep what they have no field for.
        flavours: Which of `sync` and `async` there is.
        layout: `flat`, `split`, or `auto`, which goes by the size of the package.
        media_types: Those preferred where there is a choice, the best first.
        media_choices: Those chosen for single operations.
        docs: `full`, or `summary` for docstrings of a sentence.
        base_path: What the path of the server is, whatever the document says; None for that.
        waiters: What can be waited for.
        pages: Which results come in pages.
        tells_limits: Whether the limits of values are found out, and digests of bodies: only who
            compares packages asks for them, and who fakes a server.
    """

    package: str
    roots: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    names_errors: bool = False
    schemas: Mapping[str, str] = field(default_factory=dict[str, str])
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    operations: Mapping[str, str] = field(default_factory=dict[str, str])
    properties: Mapping[str, str] = field(default_factory=dict[str, str])
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    settled: Mapping[str, str] = field(default_factory=dict[str, str])
    sent: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    media_types: tuple[str, ...] = ()
    media_choices: tuple[Table, ...] = ()
    layout: str = "auto"
    flavours: tuple[str, ...] = ir.FLAVOURS
    docs: str = "full"
    base_path: str | None = None
    waiters: tuple[Table, ...] = ()
    pages: tuple[Table, ...] = ()
    tells_limits: bool = True


class Context:
    """The document that is built from, and the problems found so far.

    Attributes:
        document: The document.
        options: What the configuration says about names.
        components: What the document refers to.
        descent: How to go into what contains one another.
    """

    def __init__(self, document: OpenAPI, options: Options) -> None:
        self.document = document
        self.options = options
        self.components = document.components or Components()
        self.descent = Descent()
        self.docs = Docs(is_brief=options.docs == "summary")
        self._problems: dict[Diagnostic, None] = {}
        self._resolved: dict[str, tuple[Declared, str]] = {}
        self._discriminators: dict[str, Discriminator | None] = {}

    def refuse(self, pointer: str, message: str, hint: str) -> None:
        """Note a problem; building goes on, so that independent problems are found together."""
        self._problems[Diagnostic(message, pointer, hint)] = None

    def note(self, error: SpecError) -> None:
        """Note problems that were found where nobody could go on."""
        self._problems.update(dict.fromkeys(error.diagnostics))

    def reference(self, pointer: str) -> Reference:
        """Return a reference to a component."""
        return Reference(ref=pointer)

    def pointer_of(self, target: str) -> str:
        """Return the pointer that a value of a discriminator mapping means: it may be a name."""
        return target if "/" in target or "#" in target else f"#/components/schemas/{target}"

    def discriminator_of(self, name: str) -> Discriminator | None:
        """Return the discriminator of a component, or of the nearest that it extends."""
        if name not in self._discriminators:
            self._discriminators[name] = self._nearest_discriminator(name)
        return self._discriminators[name]

    def _nearest_discriminator(self, name: str) -> Discriminator | None:
        waiting, seen = [name], set[str]()
        while waiting:
            name = waiting.pop(0)
            schema = (self.components.schemas or {}).get(name)
            if name in seen or not isinstance(schema, Schema):
                continue
            if schema.discriminator and not (schema.oneOf or schema.anyOf):
                return schema.discriminator
            seen.add(name)
            bases = (part.ref for part in schema.allOf or [] if isinstance(part, Reference))
            waiting += (component_of(base)[1] for base in bases if is_component(base))
        return None

    def subtypes(self, base: str, discriminator: Discriminator) -> dict[str, str]:
        """Return the pointers of the schemas that a base's discriminator names, by value.

        Those that are not mapped go by their own names (OpenAPI 3.1, section 4.8.25). Of a base
        that extends another, it is those that extend it.
        """
        mapping = discriminator.mapping or {}
        found = {tag: self.pointer_of(target) for tag, target in mapping.items()}
        section = "#/components/schemas/"
        own = f"{section}{base}"
        mapped, family = {*found.values()}, [*self.extending(own)]
        found |= {one.removeprefix(section): one for one in family if one not in mapped}
        if getattr((self.components.schemas or {}).get(base), "discriminator", None):
            return found
        found = found if own in found.values() else {**found, base: own}
        return {tag: pointer for tag, pointer in found.items() if pointer in {own, *family}}

    def extending(self, pointer: str) -> Iterator[str]:
        """Yield the pointers of the components that extend one by `allOf`, directly or not.

        In the order of the document; what extends one that stands below it, a turn later.
        """
        seen = set[str]()
        waiting = [(0, *one) for one in self._extending.get(pointer, ())]
        while waiting:
            turn, place, name = heappop(waiting)
            found = f"#/components/schemas/{name}"
            if found not in seen:
                seen.add(found)
                yield found
                for other, extending in self._extending.get(found, ()):
                    heappush(waiting, (turn + (other < place), other, extending))

    @cached_property
    def _extending(self) -> Mapping[str, list[tuple[int, str]]]:
        """What extends a component by `allOf`, by the pointer of that: its place, and its name."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, (name, schema) in enumerate((self.components.schemas or {}).items()):
            parts = getattr(schema, "allOf", None) or []
            for base in {part.ref for part in parts if isinstance(part, Reference)}:
                found[base].append((place, name))
        return found

    def is_sent(self, pointer: str) -> bool:
        """Tell whether some request carries values of a schema in a media type."""
        section, kind, name, *_ = (*pointer_keys(pointer), "", "", "")
        if (section, kind) == ("components", "schemas"):
            return name in self.options.sent
        return _IN_REQUEST.match(pointer) is not None

    def is_kept(self, pointer: str) -> bool:
        """Tell whether the objects of a schema keep what they have no field for."""
        section, kind, name, *_ = (*pointer_keys(pointer), "", "", "")
        return (section, kind) == ("components", "schemas") and name in self.options.kept

    def raise_problems(self) -> None:
        """Raise what was refused.

        Raises:
            SpecError: At least one problem was noted.
        """
        if self._problems:
            raise SpecError(*self._problems)

    def resolve(self, node: Node | Reference, pointer: str) -> tuple[Node, str]:
        """Return the node behind a reference, and its own pointer.

        The slicing has shown that every reference leads somewhere.

        Raises:
            SpecError: It leads back to itself.
        """
        if not isinstance(node, Reference):
            return node, pointer
        way: dict[str, None] = {}
        while isinstance(node, Reference):
            pointer = node.ref
            if pointer in self._resolved:
                known, pointer = self._resolved[pointer]
                node = cast("Node", known)
                break
            if pointer in way:
                raise SpecError(
                    Diagnostic("the reference refers to itself", pointer, "give it a target")
                )
            way[pointer] = None
            kind, name = component_of(pointer)
            node = cast("Node | Reference", (getattr(self.components, kind) or {})[name])
        self._resolved.update(dict.fromkeys(way, (node, pointer)))
        return node, pointer

    def resolve_part(self, part: tuple[Schema | Reference, str]) -> tuple[Schema, str]:
        """Return a schema for itself or for a reference to it, and its own pointer."""
        node, pointer = part
        schema: Schema
        schema, pointer = self.resolve(node, pointer)
        return schema, pointer


def is_component(pointer: str) -> bool:
    """Tell whether a pointer names a schema among the components, and nothing inside it."""
    return pointer.startswith("#/components/schemas/") and pointer.count("/") == 3


def component_of(pointer: str) -> tuple[str, str]:
    """Return the kind and name of the component that `#/components/<kind>/<name>` names."""
    kind, _, name = pointer.removeprefix("#/components/").partition("/")
    return kind, unescaped(name)
