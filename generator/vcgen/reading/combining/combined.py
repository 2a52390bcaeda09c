"""Combined: several opened documents as one that is ready to be sliced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vcgen import slicing
from vcgen.dialect import Dialect, Repair
from vcgen.errors import Diagnostic
from vcgen.reading.combining.labels import labels
from vcgen.reading.combining.merging import Merged, merged
from vcgen.reading.opened import Opened, Single
from vcgen.reading.overlay import Overlay
from vcgen.records import replace
from vcgen.text.pointers import pointer_keys, pointer_to

_REPAIR = "combining"


@dataclass(frozen=True)
class Combined(Opened):
    """Several documents as one."""

    _parts: tuple[Single, ...]
    _files: tuple[str, ...]
    _merged: Merged = field(repr=False)
    _kept_apart: frozenset[str]

    @property
    def parts(self) -> tuple[Single, ...]:
        """The documents that it is made of."""
        return self._parts

    @property
    def apart(self) -> frozenset[str]:
        """The names of the schemas that have a name of another document, and are unlike it."""
        return self._merged.apart

    def prepared(self, dialect: Dialect) -> Mapping[str, Any]:
        """Return the document as the slicing can take it, by the passes of a dialect."""
        own = [dialect.prepare_own(part.tree) for part in self._parts]
        return dialect.prepare_whole(
            merged(own, labels(self._files), self._names, self._kept_apart).tree
        )

    def origin(self, pointer: str) -> str:
        """Return the label of a document, and a JSON pointer into its source."""
        part, there = self._merged.origin(pointer)
        return self._files[part] + self._parts[part].origin(there)

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree as one about the file that the node is from."""
        if not diagnostic.pointer:
            return diagnostic.at(self.name, None)
        part, pointer = self._merged.origin(diagnostic.pointer)
        return self._parts[part].locate(diagnostic._replace(pointer=pointer))

    def place(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about an origin with its place in a file."""
        file, _, pointer = diagnostic.pointer.partition("#")
        part = self._parts[self._files.index(file)]
        return part.place(diagnostic._replace(pointer=f"#{pointer}"))

    def repairs(self, part: slicing.Slice) -> Iterator[Repair]:
        """Yield what was repaired in the texts and in a slice, at its place in the source."""
        for number, (document, file) in enumerate(zip(self._parts, self._files, strict=True)):
            for repair in document.repairs(self._share(number, part)):
                yield replace(repair, pointer=file + repair.pointer)
        for (first, other), count in self._elsewhere(part).items():
            what = "also has operations of this document, in another form, and its own are used"
            message = f"{first} {what}: {count}"
            yield Repair(_REPAIR, f"{other}#/paths", message)

    def _elsewhere(self, part: slicing.Slice) -> Counter[tuple[str, str]]:
        """Return how many operations of a slice a later document has in other words, too."""
        found: Counter[tuple[str, str]] = Counter()
        for operation in part.operations:
            for one in self._merged.dropped.get(pointer_keys(operation.pointer), ()):
                first = self._merged.origin(operation.pointer)[0]
                found[self._files[first], self._files[one.part]] += 1
        return found

    @property
    def _names(self) -> list[str]:
        return [part.name for part in self._parts]

    def _share(self, number: int, whole: slicing.Slice) -> slicing.Slice:
        """Return what of a slice is from one of the documents, as that has it."""
        tree: dict[str, Any] = {"paths": {}, "components": {}}
        for keys in _units(whole.tree):
            part, pointer = self._merged.origin(pointer_to(keys))
            if part == number:
                node, (*above, last) = tree, pointer_keys(pointer)
                for key in above:
                    node = node.setdefault(key, {})
                node[last] = _at(whole.tree, keys)
        repairs = [
            replace(repair, pointer=pointer)
            for repair in whole.repairs
            for part, pointer in [self._merged.origin(repair.pointer)]
            if part == number
        ]
        return replace(whole, tree=tree, repairs=tuple(repairs))


def combined(
    parts: Sequence[Single],
    files: Sequence[str],
    overlays: Sequence[Overlay] = (),
    apart: Collection[str] = (),
) -> Opened:
    """Return opened documents as one; a single one stays what it is.

    Args:
        parts: The documents, in order.
        files: The same files as the configuration has them, which is how origins name them.
        overlays: What corrected them.
        apart: The names of schemas, with labels, that the configuration knows.

    Raises:
        SpecError: The documents are about different servers.
    """
    if len(parts) == 1:
        return parts[0]
    names = [part.name for part in parts]
    whole = merged([part.tree for part in parts], labels(files), names, apart)
    return Combined(
        whole.tree,
        ", ".join(names),
        tuple(overlays),
        tuple(_warnings(parts)),
        tuple(parts),
        tuple(files),
        whole,
        frozenset(apart),
    )


def _warnings(parts: Sequence[Single]) -> Iterator[Diagnostic]:
    """Yield the warnings of the documents; of an overlay, what fits none of those it is for."""
    for warning in dict.fromkeys(one for part in parts for one in part.warnings):
        users = [part for part in parts if any(warning.file == one.name for one in part.overlays)]
        if not users or all(warning in part.warnings for part in users):
            yield warning


def _units(tree: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield where the operations and the components of a slice stand."""
    for path, item in tree["paths"].items():
        yield from (("paths", path, key) for key in item)
    for section, nodes in tree.get("components", {}).items():
        yield from (("components", section, name) for name in nodes)


def _at(tree: Mapping[str, Any], keys: Sequence[str]) -> Any:
    node: Any = tree
    for key in keys:
        node = node[key]
    return node
