"""The walk from the operations to all that they reach, in whichever file it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.dialect import DocumentView, Kind
from vcgen.dialect.view import mapped_by
from vcgen.reading.bundling.edits import Drop, Inline
from vcgen.reading.bundling.files import Files, Place
from vcgen.reading.bundling.resolving import References
from vcgen.slicing.grammar import FIELDS, REFERABLE, SECTIONS, Field, Shape, is_dropped
from vcgen.text.nodes import listed, mapping
from vcgen.text.path_items import METHODS, operations_of
from vcgen.text.pointers import pointer_keys, pointer_to

_FILE_SUFFIXES = (".json", ".yaml", ".yml")

# Where Swagger 2.0 has schemas too, and other documents by mistake.
_SWAGGER_FIELDS = {Kind.RESPONSE: "schema", Kind.PARAMETER: "items", Kind.HEADER: "items"}

# The methods of each path.
Wanted = Mapping[str, frozenset[str]]


class Walk:
    """Follows references, and notes for each that leads into another file what becomes of it.

    What is broken is noted too, and hurts nobody who does not reach it.

    Attributes:
        references: What becomes of the references.
    """

    def __init__(self, files: Files) -> None:
        self.references = References(files, self._add)
        self._files = files
        self._root = DocumentView(files.document(files.root).tree)
        self._components = self.references.components
        self._todo: deque[tuple[Kind, Place]] = deque()
        self._seen: set[tuple[Kind, Place]] = set()
        self._kept: dict[Place, frozenset[str]] = {}
        # Joined at once, so that one can see the operations, and select among them.
        for _, item in self._path_items():
            for place in self._chain(item):
                if place.file is not self._files.root:
                    self._kept[place] = frozenset()
                for keys, _ in operations_of(self._files.mapping(place)):
                    deque(self._chain(place.child(*keys)), maxlen=0)

    def follow(self, wanted: Wanted | None) -> None:
        """Follow all that the operations reach, and then what can be meant without a reference.

        A schema can be, as the subtype of another one, and a security scheme always is. They come
        last, lest they take a name away from what is known to be needed.
        """
        for path, item in self._path_items():
            methods = METHODS if wanted is None else wanted.get(path)
            if methods:
                self._path_item(item, methods)
        self._run()
        for kind in (Kind.SCHEMA, Kind.SECURITY_SCHEME):
            for place in self._components.all_declared(kind):
                self._add(kind, place)
        self._run()
        self._drop_unwanted()
        self.references.refuse_dangling()

    def _path_items(self) -> Iterator[tuple[str, Place]]:
        place = self._components.paths
        for path in self._files.mapping(place):
            yield path, place.child(path)

    def _chain(self, start: Place) -> Iterator[Place]:
        """Yield a path item or an operation, the one that it refers to, and so on."""
        seen: set[Place] = set()
        place: Place | None = start
        while place is not None and place not in seen:
            seen.add(place)
            yield place
            place = self._behind(place)

    def _behind(self, place: Place) -> Place | None:
        reference = self._files.mapping(place).get("$ref")
        if not isinstance(reference, str):
            return None
        target: Place | None
        if self.references.is_internal(place.file, reference):
            target = self._components.rooted(pointer_keys(reference))
        else:
            target = self.references.target(place.child("$ref"), reference)
        if target is None or not self._files.has(target):
            return None
        # Inlined even if internal: problems below it are known by where one looks for them.
        self.references.edits.put(place, Inline(target))
        return target

    def _path_item(self, item: Place, methods: frozenset[str]) -> None:
        for place in self._chain(item):
            if place in self._kept:
                self._kept[place] |= methods
            node = self._files.mapping(place)
            for key, field in FIELDS[Kind.PATH_ITEM].items():
                if key in node and (key in methods or key not in METHODS):
                    self._add_field(field, place.child(key), node[key])

    def _drop_unwanted(self) -> None:
        # The references of an operation that was not followed would mean something else here.
        for place, methods in self._kept.items():
            for key in METHODS.intersection(self._files.mapping(place)) - methods:
                self.references.edits.put(place.child(key), Drop())

    def _add(self, kind: Kind, place: Place) -> None:
        if (kind, place) not in self._seen:
            self._seen.add((kind, place))
            self._todo.append((kind, place))

    def _add_field(self, field: Field, place: Place, value: object) -> None:
        if field.shape is Shape.ONE:
            self._add(field.kind, place)
        elif field.shape is Shape.LIST:
            for index in range(len(value) if isinstance(value, list) else 0):
                self._add(field.kind, place.child(str(index)))
        else:
            for key in value if isinstance(value, Mapping) else ():
                self._add(field.kind, place.child(key))

    def _run(self) -> None:
        while self._todo:
            kind, place = self._todo.popleft()
            self._visit(kind, place, self._files.mapping(place))

    def _visit(self, kind: Kind, place: Place, node: Mapping[str, Any]) -> None:
        if kind is Kind.OPERATION and "$ref" in node:
            for target in [*self._chain(place)][1:]:
                self._add(kind, target)
        if kind in REFERABLE and "$ref" in node:
            if isinstance(reference := node["$ref"], str):
                is_alone = all(is_dropped(kind, key) for key in node if key != "$ref")
                self.references.follow(kind, place, reference, is_alone=is_alone)
            if kind is not Kind.SCHEMA:
                return
        for key, field in FIELDS[kind].items():
            if key in node:
                self._add_field(field, place.child(key), node[key])
        if kind is Kind.SCHEMA and "discriminator" in node:
            self._discriminator(place, node)
        elif _SWAGGER_FIELDS.get(kind) in node:
            self._add(Kind.SCHEMA, place.child(_SWAGGER_FIELDS[kind]))
        elif kind is Kind.OPERATION and place.file is not self._files.root:
            self._security(place.child("security"), node.get("security"))

    def _discriminator(self, place: Place, node: Mapping[str, Any]) -> None:
        found = list(mapped_by(node["discriminator"]))
        for keys, value in found:
            if isinstance(value, str):
                self._mapped(place.child("discriminator", *keys), value)
        is_mapped = any(keys[0] == "mapping" for keys, _ in found)
        if not is_mapped and "oneOf" not in node and "anyOf" not in node:
            self._subtypes(place, place.child("discriminator"))

    def _mapped(self, at: Place, value: str) -> None:
        """Follow a value of a discriminator's mapping: a schema's name, or a reference."""
        declared = self._components.declared(Kind.SCHEMA, value)
        own = ("components", SECTIONS[Kind.SCHEMA], value)
        if declared is not None:
            self._add(Kind.SCHEMA, declared)
        elif {"#", "/"} & set(value) or value.endswith(_FILE_SUFFIXES):
            self.references.follow_mapped(at, value)
        elif self._files.has(Place(at.file, own)):
            self.references.follow_mapped(at, pointer_to(own))

    def _subtypes(self, base: Place, at: Place) -> None:
        """Bring in the schemas of another file that extend `base`, directly or not.

        It is the discriminator at `at` that relies on them.
        """
        if base.file is self._files.root or not base.keys:
            return
        around = Place(base.file, base.keys[:-1])
        waiting = [base]
        while waiting:
            base = waiting.pop()
            for name, node in self._files.mapping(around).items():
                subtype = around.child(name)
                if self._is_subtype(node, base):
                    is_new = self.references.imply(Kind.SCHEMA, subtype, at)
                    waiting += [subtype] if is_new else []

    def _is_subtype(self, node: object, base: Place) -> bool:
        bases = self._root.bases_of(mapping(node))
        return any(self._files.leads(base.file, reference) == base for reference in bases)

    def _security(self, at: Place, requirements: object) -> None:
        """Bring in the schemes that an operation of another file names, and only that file has."""
        for requirement in listed(requirements):
            for name in mapping(requirement):
                scheme = Place(at.file, ("components", SECTIONS[Kind.SECURITY_SCHEME], str(name)))
                kind = Kind.SECURITY_SCHEME
                if self._components.declared(kind, str(name)) is None and self._files.has(scheme):
                    self.references.imply(kind, scheme, at)
