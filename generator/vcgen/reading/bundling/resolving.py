"""What becomes of a reference: an internal one, or the node itself in its place."""

from __future__ import annotations

from collections.abc import Callable

from vcgen.dialect import Kind, component_named
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.bundling.components import Components
from vcgen.reading.bundling.edits import Claim, Edits, Inline, Problem, Write
from vcgen.reading.bundling.files import File, Files, Place
from vcgen.text.pointers import pointer_keys, pointer_to


class References:
    """Notes what becomes of each reference, and says where it leads.

    Attributes:
        components: The names.
        edits: What changes in the files.
        claims: The nodes that want to be the component of a kind and name: the first is it.
        uses: The places that rely on claims.
        telling: Those of them whose names are values on the wire, or named without a reference.
    """

    def __init__(self, files: Files, reach: Callable[[Kind, Place], None]) -> None:
        self.edits = Edits()
        self.components = Components(files, self.edits)
        self.claims: dict[tuple[Kind, str], dict[Claim, None]] = {}
        self.uses: list[tuple[Place, Claim]] = []
        self.telling: set[Claim] = set()
        self._dangling: list[tuple[Place, tuple[str, ...]]] = []
        self._implied: set[tuple[Kind, Place]] = set()
        self._files = files
        self._reach = reach

    def is_internal(self, file: File, reference: str) -> bool:
        """Tell whether a reference of the root document stays in it; these are right already."""
        return file is self._files.root and reference.startswith("#")

    def follow(self, kind: Kind, place: Place, reference: str, *, is_alone: bool) -> None:
        """Follow the `$ref` of the node at `place`."""
        at = place.child("$ref")
        if self.is_internal(place.file, reference):
            self._stay(kind, at, pointer_keys(reference))
            return
        if declared := self._misspelt(kind, place.file, reference):
            self._reach(kind, declared)
            return
        target = self.target(at, reference)
        if target is None:
            return
        kind = self.components.kind(target.keys, kind)
        target = self.components.settled(kind, target)
        name = self.components.name(kind, target)
        self._reach(kind, target)
        if name is not None and place != self.components.declared(kind, name):
            write = self._claim(kind, name, target)
            self._write(at, write)
            if write.claim and self._is_tag(place, target):
                self.telling.add(write.claim)
        elif name is None and target.file is self._files.root:
            self._write(at, Write(pointer_to(target.keys)))
        else:
            self.edits.put(place, Inline(target, kind is Kind.SCHEMA and not (name or is_alone)))

    def _misspelt(self, kind: Kind, file: File, reference: str) -> Place | None:
        """Return the component of the root that a reference names without its place, if no file."""
        if file is not self._files.root:
            return None
        target = self._files.leads(file, reference)
        if target is not None and self._files.has(target):
            return None
        return self.components.declared(kind, component_named(reference))

    def follow_mapped(self, at: Place, reference: str) -> None:
        """Follow the reference to a schema that is the plain value at `at`."""
        if self.is_internal(at.file, reference):
            self._stay(Kind.SCHEMA, at, pointer_keys(reference))
            return
        target = self.target(at, reference)
        if target is None:
            return
        target = self.components.settled(Kind.SCHEMA, target)
        name = self.components.name(Kind.SCHEMA, target)
        if name is None:
            message = f'"{reference}" is a part of a schema, but is not a component'
            hint = "move it to the schemas of that file"
            self.break_off(at, reference, SpecError(Diagnostic(message, hint=hint)))
            return
        self._reach(Kind.SCHEMA, target)
        self._write(at, self._claim(Kind.SCHEMA, name, target))

    def imply(self, kind: Kind, place: Place, at: Place) -> bool:
        """Bring in what is meant at `at` without a reference; tell whether that is new."""
        name = self.components.name(kind, place)
        if name is None or (kind, place) in self._implied:
            return False
        self._implied.add((kind, place))
        self._reach(kind, place)
        if claim := self._claim(kind, name, place).claim:
            self.uses.append((at, claim))
            self.telling.add(claim)
        return True

    def _is_tag(self, place: Place, target: Place) -> bool:
        """Tell whether a reference is to an alternative that a discriminator knows by its name."""
        *around, keyword, _ = ("", "", *place.keys)
        if keyword not in {"oneOf", "anyOf"}:
            return False
        above = Place(place.file, tuple(around[2:]))
        told = self._files.mapping(above.child("discriminator"))
        mapping = told.get("mapping")
        values = mapping.values() if isinstance(mapping, dict) else ()
        mapped = (self._files.leads(place.file, str(value)) for value in values)
        return bool(told) and target not in mapped

    def brought_in(self) -> dict[tuple[str, ...], Place]:
        """Return the nodes that become components, by their keys in the bundle."""
        firsts = (next(iter(claims)) for claims in self.claims.values())
        return {
            self.components.pointer(claim.kind, claim.name): claim.place
            for claim in firsts
            if self.components.declared(claim.kind, claim.name) is None
        }

    def target(self, at: Place, reference: str) -> Place | None:
        """Return where the reference at `at` leads, or None after noting why it leads nowhere."""
        try:
            target = self._files.find(at.file, reference)
            if target.file is self._files.root:
                keys, pointer = target.keys, pointer_to(target.keys)
                target = self.components.rooted(keys)
                if not self._files.has(target):
                    # It is internal, and a dialect may know what is meant.
                    self._write(at, Write(pointer))
                    self._dangling.append((at, keys))
                    return None
            self._files.node(target)
        except SpecError as error:
            self.break_off(at, reference, error)
            return None
        return target

    def refuse_dangling(self) -> None:
        """Break the references to what only another file has: it is not what they mean."""
        brought_in = self.brought_in()
        for at, keys in self._dangling:
            way = (keys[:length] for length in range(1, len(keys) + 1))
            if found := next((above for above in way if above in brought_in), None):
                pointer = pointer_to(keys)
                message = f'there is no "{pointer}" in {self._files.root.name}'
                meant = brought_in[found].child(*keys[len(found) :])
                hint = f"did you mean {meant.uri}?"
                self.break_off(at, pointer, SpecError(Diagnostic(message, hint=hint)))

    def break_off(self, at: Place, reference: str, error: SpecError) -> None:
        """Leave a reference as it is, but for saying why it cannot be followed."""
        # In the bundle, what is internal to another file would mean something else.
        value = at.file.name + reference if reference.startswith("#") else reference
        self.edits.put(at, Write(value, problem=Problem(error.diagnostics[0], at)))

    def _stay(self, kind: Kind, at: Place, keys: tuple[str, ...]) -> None:
        target = self.components.rooted(keys)
        if self._files.has(target):
            self._reach(self.components.kind(keys, kind), target)
        else:
            self._dangling.append((at, keys))

    def _write(self, at: Place, write: Write) -> None:
        self.edits.put(at, write)
        if write.claim is not None:
            self.uses.append((at, write.claim))

    def _claim(self, kind: Kind, name: str, target: Place) -> Write:
        """Have a node become a component, and return the reference to it."""
        pointer = pointer_to(self.components.pointer(kind, name))
        declared = self.components.declared(kind, name)
        if declared is not None:
            self._reach(kind, declared)
        if declared == target:
            return Write(pointer)
        claim = Claim(kind, name, target)
        claims = self.claims.setdefault((kind, name), {})
        if not claims and (owner := self.components.owner(kind, name)):
            claims[Claim(kind, name, owner)] = None
        claims[claim] = None
        return Write(pointer, claim)
