"""What the components of the bundle are called, and which of them the root document has itself."""

from __future__ import annotations

from pathlib import PurePosixPath

from vcgen.dialect import Kind
from vcgen.errors import SpecError
from vcgen.reading.bundling.edits import Edits, Inline
from vcgen.reading.bundling.files import Files, Place
from vcgen.slicing.grammar import FIELDS, KINDS, SECTIONS
from vcgen.text.keywords import DEFINITIONS

_IN_SWAGGER = {
    Kind.SCHEMA: ("definitions",),
    Kind.PARAMETER: ("parameters",),
    Kind.RESPONSE: ("responses",),
}
# A node whose pointer goes through one of these is a part of another node, and has no name.
_KEYWORDS = frozenset(key for fields in FIELDS.values() for key in fields)
_ANNOTATIONS = frozenset({"summary", "description"})


class Components:
    """The components of the root document, and the names of all others.

    A name depends on its node alone: it is what the root document calls the node, if it has a
    component that is nothing but a reference to it, else the last part of its pointer, or the name
    of the file without its suffix.

    Attributes:
        paths: Where the path items of the document are.
    """

    def __init__(self, files: Files, edits: Edits) -> None:
        self._files = files
        self._edits = edits
        self._root = Place(files.root, ())
        tree = files.node(self._root)
        self._is_swagger = "swagger" in tree and "openapi" not in tree
        self._prefixes = (
            _IN_SWAGGER
            if self._is_swagger
            else {kind: ("components", section) for kind, section in SECTIONS.items()}
        )
        self._moved: dict[tuple[str, ...], Place] = {}
        self.paths = self._collection(("paths",))
        self._collections = {
            kind: self._collection(self._prefixes[kind]) for kind in self._prefixes
        }
        self._aliases: dict[tuple[Kind, str], Place] = {}
        self._names: dict[tuple[Kind, Place], str] = {}
        self._name_declared()

    def pointer(self, kind: Kind, name: str) -> tuple[str, ...]:
        """Return the keys that lead to a component of the bundle."""
        return (*self._prefixes[kind], name)

    def declared(self, kind: Kind, name: str) -> Place | None:
        """Return the node that the root document has under that name, if any."""
        place = self._collections.get(kind)
        return place.child(name) if place and name in self._files.mapping(place) else None

    def all_declared(self, kind: Kind) -> list[Place]:
        """Return the components of a kind that the root document has."""
        place = self._collections.get(kind)
        return [place.child(name) for name in self._files.mapping(place)] if place else []

    def owner(self, kind: Kind, name: str) -> Place | None:
        """Return the node that is meant by that name in the root document, if any."""
        found = self._aliases.get((kind, name)) or self.declared(kind, name)
        return self.settled(kind, found) if found else None

    def rooted(self, keys: tuple[str, ...]) -> Place:
        """Return where an internal reference of the root document leads."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self._moved:
                return self._moved[keys[:length]].child(*keys[length:])
        return self._root.child(*keys)

    def kind(self, keys: tuple[str, ...], kind: Kind) -> Kind:
        """Return the kind of the node at `keys`, to which a node of that kind refers."""
        if len(keys) == 3 and keys[0] == "components":
            return KINDS.get(keys[1], kind)
        if self._is_swagger and len(keys) == 2:
            return next((own for own in _IN_SWAGGER if _IN_SWAGGER[own] == keys[:1]), kind)
        return kind

    def name(self, kind: Kind, place: Place) -> str | None:
        """Return the name of a node as a component, or None if it can only be inlined."""
        if kind not in self._prefixes:
            return None
        if (kind, place) in self._names:
            return self._names[kind, place]
        return _own_name(place) if place.file is not self._files.root else None

    def settled(self, kind: Kind, place: Place) -> Place:
        """Return the node itself where a place holds but a reference to one of the same name."""
        seen = {place}
        name = self.name(kind, place)
        while (target := self._alias_of(place, frozenset())) and target not in seen:
            if self.name(kind, target) != name or not self._files.has(target):
                break
            seen.add(target)
            place = target
        return place

    def _name_declared(self) -> None:
        aliases: list[tuple[Kind, str, Place]] = []
        for kind in self._collections:
            for place in self.all_declared(kind):
                name = place.keys[-1]
                self._names[kind, place] = name
                target = self._alias_of(place, _ANNOTATIONS)
                if target and target.file is not self._files.root:
                    aliases.append((kind, name, target))
        # Of several names for one node its own is the best, and else the first.
        aliases.sort(key=lambda alias: alias[1] != _own_name(alias[2]))
        for kind, name, target in aliases:
            if self._names.setdefault((kind, target), name) == name:
                self._aliases[kind, name] = target

    def _alias_of(self, place: Place, ignored: frozenset[str]) -> Place | None:
        """Return where a node leads that is nothing but a reference."""
        node = self._files.mapping(place)
        reference = node.get("$ref")
        if not isinstance(reference, str) or set(node) - ignored != {"$ref"}:
            return None
        return self._files.leads(place.file, reference)

    def _collection(self, keys: tuple[str, ...]) -> Place:
        """Return where a map of nodes is; people keep even these in files of their own.

        Raises:
            SpecError: It is in another file, and cannot be had: nothing is known without it.
        """
        place = self._root
        for length, key in enumerate(keys, 1):
            place = place.child(key)
            seen = {place}
            while (target := self._moved_to(place)) and target not in seen:
                seen.add(target)
                self._edits.put(place, Inline(target))
                self._moved[keys[:length]] = place = target
        return place

    def _moved_to(self, place: Place) -> Place | None:
        node = self._files.mapping(place)
        reference = node.get("$ref")
        is_internal = place.file is self._files.root and str(reference).startswith("#")
        if not isinstance(reference, str) or len(node) > 1 or is_internal:
            return None
        try:
            target = self._files.find(place.file, reference)
            self._files.node(target)
        except SpecError as error:
            found = self._files.located(error.diagnostics[0], place.child("$ref"))
            raise SpecError(found) from None
        return target


def _own_name(place: Place) -> str | None:
    """Return the name that the author of a file gave to a node, or None if it is a part of one."""
    keys = place.keys
    if not keys:
        return PurePosixPath(place.file.relative).stem
    if keys[0] == "components":
        return keys[2] if len(keys) == 3 else None
    if keys[0] in DEFINITIONS:
        return keys[1] if len(keys) == 2 else None
    is_part = keys[0] == "paths" or keys[-1].isdigit() or not _KEYWORDS.isdisjoint(keys[1:])
    return None if is_part else keys[-1]
