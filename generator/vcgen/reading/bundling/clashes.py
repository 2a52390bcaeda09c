"""Names that more than one node wants: fair where they are equal, else a problem of who uses it."""

from __future__ import annotations

from typing import Any

from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.bundling.edits import Claim, Problem, Write
from vcgen.reading.bundling.files import Files, Place
from vcgen.reading.bundling.joining import Joiner
from vcgen.reading.bundling.resolving import References


def refuse_clashes(files: Files, references: References) -> None:
    """Break the references to nodes that are not the component whose name they want."""
    lost = _lost(files, references)
    first_uses: dict[Claim, Place] = {}
    for at, claim in references.uses:
        first_uses.setdefault(claim, at)
    for at, claim in references.uses:
        if claim in lost:
            # Wherever it is met, it is one problem, and told in one place.
            culprit = lost[claim]
            owner = next(iter(references.claims[culprit.kind, culprit.name]))
            problem = Problem(_clash(owner, culprit), first_uses[culprit])
            references.edits.put(at, Write(claim.place.uri, problem=problem))


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
        f'the {owner.kind} "{owner.name}" would be two different ones:'
        f" {owner.place.uri} and {other.place.uri}",
        hint="rename one of them in its file",
    )
