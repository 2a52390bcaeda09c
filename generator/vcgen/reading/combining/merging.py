"""Merging: the trees of several documents become one, and each of its nodes knows whose it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from vcgen.dialect import DocumentView
from vcgen.reading.combining.paths import Paths
from vcgen.reading.combining.rewriting import rewritten
from vcgen.reading.combining.separating import separated
from vcgen.reading.combining.servers import Servers, common_servers
from vcgen.records import Record
from vcgen.text import marks
from vcgen.text.nodes import listed, mapping
from vcgen.text.pointers import Keys, pointer_keys, pointer_to

# What the tree of a slice says of names, by kind.


class Origin(NamedTuple):
    """Where a node is from.

    Attributes:
        part: The number of the document.
        keys: The way there from its root.
    """

    part: int
    keys: Keys


class Merged(Record):
    """What documents were merged to.

    Attributes:
        tree: One document.
        origins: Where the nodes are from whose place is not the same in the first document.
        apart: The new names of schemas that could not share theirs.
        dropped: The operations that an earlier document has in other words, by the place of those.
    """

    tree: dict[str, Any]
    origins: Mapping[Keys, Origin]
    apart: frozenset[str]
    dropped: Mapping[Keys, tuple[Origin, ...]]

    def origin(self, pointer: str) -> tuple[int, str]:
        """Return the number of the document that a node is from, and its pointer there."""
        keys = pointer_keys(pointer)
        for length in range(len(keys), 0, -1):
            if found := self.origins.get(keys[:length]):
                return found.part, pointer_to((*found.keys, *keys[length:]))
        return 0, pointer


def merged(
    trees: Sequence[Mapping[str, Any]],
    labels: Sequence[str],
    names: Sequence[str],
    apart: Collection[str] = (),
) -> Merged:
    """Return several documents as one.

    Args:
        trees: The documents, as plain OpenAPI, in order.
        labels: What goes in front of the names that a document cannot share.
        names: What messages call the documents.
        apart: The names with a label that are to be used though they could be shared.

    Raises:
        SpecError: The documents are about different servers.
    """
    draft = _Draft(trees, common_servers(trees, names))
    for part, label in enumerate(labels):
        draft.add(part, label, apart)
    return draft.finished()


class _Draft:
    """What was merged so far."""

    def __init__(self, trees: Sequence[Mapping[str, Any]], servers: Servers) -> None:
        self._trees = list(trees)
        self._servers = servers
        self._components: dict[str, dict[str, Any]] = {}
        self._tags: dict[str, Any] = {}
        self._names: dict[str, dict[str, Any]] = {}
        self._origins: dict[Keys, Origin] = {}
        self._apart: set[str] = set()
        self._paths = Paths()

    def add(self, part: int, label: str, apart: Collection[str]) -> None:
        """Add all but the paths of a document, after those that are there."""
        tree = self._trees[part]
        moved = separated(self._components, tree, label, apart)
        self._apart |= {name for (section, _), name in moved.items() if section == "schemas"}
        tree = self._trees[part] = rewritten(tree, moved)
        was = {(section, new): old for (section, old), new in moved.items()}
        for section in mapping(tree.get("components")):
            known = self._components.setdefault(section, {})
            for name, node in DocumentView(tree).components(section).items():
                if name not in known:
                    known[name] = node
                    there = ("components", section, was.get((section, name), name))
                    self._note(("components", section, name), part, there)
        self._add_tags(part, tree)
        for kind, table in mapping(tree.get(marks.NAMES)).items():
            for name, chosen in mapping(table).items():
                new = moved.get(("schemas", name), name) if kind in {"schemas", "natures"} else name
                self._names.setdefault(kind, {}).setdefault(new, chosen)

    def _add_tags(self, part: int, tree: Mapping[str, Any]) -> None:
        for index, tag in enumerate(listed(tree.get("tags"))):
            name = str(mapping(tag).get("name"))
            if name not in self._tags:
                self._note(("tags", str(len(self._tags))), part, ("tags", str(index)))
                self._tags[name] = tag

    def _note(self, keys: Keys, part: int, there: Keys) -> None:
        if part or keys != there:
            self._origins[keys] = Origin(part, there)

    def finished(self) -> Merged:
        """Return the whole, with what it says at its top."""
        security = self._trees[0].get("security")
        is_shared = all(tree.get("security") == security for tree in self._trees)
        for part, tree in enumerate(self._trees):
            own = None if is_shared else tree.get("security")
            self._paths.add(part, tree, self._servers.prefixes[part], own)
        for keys, (part, there) in self._paths.origins.items():
            self._note(keys, part, there)
        leading = _leading(self._trees)
        self._note(("openapi",), leading, ("openapi",))
        combined = {
            "openapi": self._trees[leading].get("openapi"),
            "swagger": self._trees[leading].get("swagger"),
            "servers": self._servers.listed,
            "security": security if is_shared else None,
            "tags": list(self._tags.values()) or None,
            "paths": self._paths.items,
            "components": self._components or None,
            marks.NAMES: self._names or None,
        }
        # All else is as the first document has it.
        every = {**self._trees[0], **combined}
        order = dict.fromkeys(["openapi", *self._trees[0], *combined])
        tree = {key: every[key] for key in order if every[key] is not None}
        dropped = {
            keys: tuple(Origin(*one) for one in each) for keys, each in self._paths.dropped.items()
        }
        return Merged(tree, self._origins, frozenset(self._apart), dropped)


def _leading(trees: Sequence[Mapping[str, Any]]) -> int:
    """Return the number of the document whose version of OpenAPI is that of all.

    It is the latest; one that is none of OpenAPI 3 comes before, for it is to be refused.
    """
    versions = [DocumentView(tree).version for tree in trees]
    lowest = versions.index(min(versions))
    return lowest if versions[lowest] < (3, 0) else versions.index(max(versions))
