"""Records: values with named fields, of which most of what flows through the rooms is made.

They are structs of msgspec, of which clients have their models, too. To define a hundred classes of
`dataclasses` takes 60 ms of CPU in each process, a quarter of a run for one operation, since each
of their methods is compiled anew. What `check` needs is made of dataclasses all the same, for
msgspec takes 8 ms to import; so is what has abstract methods.
"""

from __future__ import annotations

from typing import dataclass_transform

from msgspec import Struct, field
from msgspec.structs import asdict, replace

__all__ = ["PartlyCompared", "Record", "State", "asdict", "field", "replace"]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Record(Struct, frozen=True):
    """Base of the values that never change: they are equal, and hash alike, if all fields are."""


class PartlyCompared(Record):
    """Base of records that are equal if a part of them is, whatever their other fields hold."""

    @property
    def identity(self) -> tuple[object, ...]:
        """The part that is compared."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartlyCompared) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)


@dataclass_transform(field_specifiers=(field,))
class State(Struct):
    """Base of what changes as a pass goes on."""
