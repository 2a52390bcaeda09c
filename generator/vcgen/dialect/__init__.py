"""What is peculiar to a vendor's documents: pure passes that make each node plain OpenAPI.

A pass is a function node -> node in a module of its own, for some kinds of node. The slicing hands
each node to the dialect when it first reaches it, and follows its references only then: an enum
that nothing refers to, or a reference that dangles, is put right before its target is looked for.

A document pass is a function tree -> tree, for what no node can say alone: a component that is
missing, a family that nothing ties together. It comes before the slicing; what it repaired, a pass
tells where it is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from vcgen.dialect import repairs, vsphere
from vcgen.dialect.protocol import (
    Change,
    Kind,
    Node,
    Pass,
    Place,
    Repair,
    Sessions,
    dialect_pass,
)
from vcgen.dialect.repairs.path_keys import plain_path
from vcgen.dialect.repairs.reference_spelling import named as component_named
from vcgen.dialect.view import DocumentView
from vcgen.errors import ConfigError, Diagnostic, SpecError, did_you_mean
from vcgen.records import Record

__all__ = [
    "DIALECTS",
    "Change",
    "Dialect",
    "DocumentPass",
    "DocumentView",
    "Kind",
    "Node",
    "Normalised",
    "Pass",
    "Place",
    "Repair",
    "Sessions",
    "component_named",
    "detect",
    "dialect_pass",
    "get",
    "plain_path",
]


DocumentPass = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def _no_prefix(name: str) -> str:
    return ""


def _no_sessions(tree: Mapping[str, Any]) -> Sessions:
    return Sessions((), ())


class Normalised(NamedTuple):
    """A node after the passes of a dialect.

    Attributes:
        node: The node, the same object where no pass changed it.
        repairs: What was repaired.
        problems: What a pass refused, because mending it would have been a guess.
    """

    node: Node
    repairs: tuple[Repair, ...]
    problems: tuple[Diagnostic, ...]


class Dialect(Record, dict=True):
    """A vendor's habits.

    Attributes:
        name: What the configuration calls it.
        passes: Applied in this order.
        roots: Leading words that generated names go without.
        own_passes: Applied to each document by itself, before it is combined with others.
        document_passes: Applied to the whole document, in this order, before the slicing.
        qualifiers: Leading words that say too little for the name of a module.
        names_errors: Whether every error names its kind, which says more than its status.
        regroups: Whether a pass gives operations another resource than their tag.
        schema_prefix: What the class for a schema begins with, by the schema's name.
        sessions: How the sessions are opened that the operations of a document need.
    """

    name: str
    passes: tuple[Pass, ...]
    roots: tuple[str, ...] = ()
    own_passes: tuple[DocumentPass, ...] = ()
    document_passes: tuple[DocumentPass, ...] = ()
    qualifiers: tuple[str, ...] = ()
    names_errors: bool = False
    regroups: bool = False
    schema_prefix: Callable[[str], str] = _no_prefix
    sessions: Callable[[Mapping[str, Any]], Sessions] = _no_sessions

    @cached_property
    def _looking(self) -> Callable[[Kind, tuple[str, ...]], tuple[tuple[int, Pass], ...]]:
        """Tells the passes for a node of a kind that has these keys, and their numbers."""

        # Most nodes have the same keys as many others.
        @lru_cache(maxsize=4096)
        def looking(kind: Kind, keys: tuple[str, ...]) -> tuple[tuple[int, Pass], ...]:
            return tuple(
                (number, one)
                for number, one in enumerate(self.passes)
                if kind in one.kinds and one.is_for(kind, keys)
            )

        return looking

    def prepare(self, tree: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the document as the slicing can take it; the one given is untouched."""
        return self.prepare_whole(self.prepare_own(tree))

    def prepare_own(self, tree: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return one of several documents as it can be combined with the others."""
        for step in self.own_passes:
            tree = step(tree)
        return tree

    def prepare_whole(self, tree: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what documents were combined to as the slicing can take it."""
        for step in self.document_passes:
            tree = step(tree)
        return tree

    def prefixes(self, schemas: Iterable[str]) -> dict[str, str]:
        """Return what the classes of some schemas begin with, by the names of the schemas."""
        found = {name: self.schema_prefix(name) for name in schemas}
        return {name: prefix for name, prefix in found.items() if prefix}

    def normalise(self, node: Node, place: Place) -> Normalised:
        """Return the node as plain OpenAPI writes it."""
        made: list[Repair] = []
        problems: list[Diagnostic] = []
        done = -1
        while True:
            for number, step in self._looking(place.kind, tuple(node)):
                if number <= done:
                    continue
                try:
                    change = step.apply(node, place)
                except SpecError as error:
                    problems += error.diagnostics
                    continue
                if change is not None:
                    told = change.repairs
                    made += [Repair(step.name, place.pointer, message) for message in told]
                    # What it has now may be for a pass that it had nothing for.
                    node, done = change.node, number
                    break
            else:
                return Normalised(node, tuple(made), tuple(problems))


DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect("plain", repairs.PASSES + repairs.PLAIN),
        Dialect(
            "vsphere",
            repairs.PASSES + vsphere.PASSES,
            roots=vsphere.ROOTS,
            own_passes=vsphere.OWN_PASSES,
            document_passes=vsphere.DOCUMENT_PASSES,
            qualifiers=vsphere.QUALIFIERS,
            names_errors=True,
            regroups=True,
            schema_prefix=vsphere.schema_prefix,
            sessions=vsphere.sessions,
        ),
    )
}


def detect(tree: Mapping[str, Any]) -> str:
    """Return the name of the dialect that the document is written in."""
    return "vsphere" if vsphere.speaks(tree) else "plain"


def get(name: str) -> Dialect:
    """Return the dialect of that name.

    Raises:
        ConfigError: There is none.
    """
    if name in DIALECTS:
        return DIALECTS[name]
    every = f"did you mean {' or '.join(sorted(DIALECTS))}?"
    hint = did_you_mean(name, DIALECTS, every, quote="")
    raise ConfigError(Diagnostic(f'there is no dialect "{name}"', hint=hint))
