"""Names that more than one node wants: nodes that are equal share it, others get one of their own.

The first node has the name, and the others have that of their file in front: `Item` of `two.yaml`
is `two-Item`. Where the name itself goes over the wire it cannot be another, and is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from vcgen.dialect import Kind
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.bundling.edits import Claim, Problem, Write
from vcgen.reading.bundling.files import Files, Place
from vcgen.reading.bundling.joining import Joiner
from vcgen.reading.bundling.resolving import References
from vcgen.reading.name_parts import name_parts
from vcgen.text.pointers import pointer_to


def settle_clashes(files: Files, references: References) -> None:
    """Name the nodes that are not the component whose name they want."""
    lost = _lost(files, references)
    apart = {claim: _apart(claim, references) for claim in lost}
    first_uses: dict[Claim, Place] = {}
    for at, claim in references.uses:
        first_uses.setdefault(claim, at)
    for at, claim in references.uses:
        if claim not in lost:
            continue
        if other := apart[claim]:
            pointer = pointer_to(references.components.pointer(other.kind, other.name))
            references.edits.put(at, Write(pointer, other))
        else:
            # Wherever it is met, it is one problem, and told in one place.
            culprit = lost[claim]
            owner = next(iter(references.claims[culprit.kind, culprit.name]))
            problem = Problem(_clash(owner, culprit), first_uses[culprit])
            references.edits.put(at, Write(claim.place.uri, problem=problem))


def _apart(claim: Claim, references: References) -> Claim | None:
    """Claim another name for a node that lost its own; return None if it can have none."""
    if claim in references.telling:
        return None
    for label in _labels(claim.place):
        name = f"{label}-{claim.name}"
        is_taken = references.components.declared(claim.kind, name)
        if not is_taken and (claim.kind, name) not in references.claims:
            other = Claim(claim.kind, name, claim.place)
            references.claims[claim.kind, name] = {other: None}
            return other
    return None


def _labels(place: Place) -> Iterator[str]:
    """Yield what can go in front of the name of a node: its file, with folders, with its keys."""
    path = PurePosixPath(place.file.relative).with_suffix("")
    # The name of a file that is a node as a whole is its own already.
    parts = path.parts if place.keys or len(path.parts) == 1 else path.parts[:-1]
    named = name_parts(parts) or ["document"]
    for length in range(1, len(named) + 1):
        yield ".".join(named[-length:])
    yield ".".join([*named, *name_parts(place.keys[:-1])])


def _lost(files: Files, references: References) -> dict[Claim, Claim]:
    """Return the claims of nodes that differ from the first of their name, and what is to blame."""
    lost: dict[Claim, Claim] = {}
    equal: dict[Claim, tuple[Claim, ...]] = {}
    for owner, *others in references.claims.values():
        first = _content(files, references, owner) if others else None
        for other in others:
            content = _content(files, references, other)
            if first is None or content is None or not _are_equal(first[0], content[0]):
                lost[other] = other
            else:
                equal[other] = content[1]
    # Equal as they look, nodes differ where they refer to nodes that do.
    while found := {one: lost[used] for one in equal for used in equal[one] if used in lost}:
        lost |= found
        equal = {claim: used for claim, used in equal.items() if claim not in found}
    return lost


def _content(
    files: Files, references: References, claim: Claim
) -> tuple[Any, tuple[Claim, ...]] | None:
    """Return a node as the bundle has it, and what it relies on, or None if it cannot be had."""
    joiner = Joiner(files, references.edits)
    try:
        return joiner.copy(claim.place, ()), tuple(joiner.claims)
    except SpecError:
        return None


def _are_equal(one: Any, other: Any) -> bool:
    """Tell whether two nodes are equal as JSON is: to Python, 1 and true are too."""
    todo = [(one, other)]
    while todo:
        one, other = todo.pop()
        if type(one) is not type(other):
            return False
        if isinstance(one, dict):
            if one.keys() != other.keys():
                return False
            todo += ((one[key], other[key]) for key in one)
        elif isinstance(one, list):
            if len(one) != len(other):
                return False
            todo += zip(one, other, strict=True)
        elif one != other:
            return False
    return True


def _clash(owner: Claim, other: Claim) -> Diagnostic:
    return Diagnostic(
        f'the {owner.kind} "{owner.name}" would have two definitions:'
        f" {owner.place.uri} and {other.place.uri}",
        hint="rename one of them in its file"
        + (", or give the discriminator a mapping" if owner.kind is Kind.SCHEMA else ""),
    )
