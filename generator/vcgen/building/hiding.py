"""Hiding: which values are passwords and the like, so that no `repr` may show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.openapi import Node, Reference
from vcgen.building.subschemas import OPEN_KEYWORDS, Part, others_of
from vcgen.text.pointers import escaped

FORMAT = "password"
# What others may be inside of.
_HOLDING = frozenset({"allOf", "anyOf", "oneOf", "items", "prefixItems"} | {*OPEN_KEYWORDS})


class Hiding:
    """Knows which values of a document are secret, or are made of such."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def is_secret(self, node: Node) -> bool:
        """Tell whether the values of a schema are secret."""
        return any(
            (
                part.ref in self._components
                if isinstance(part, Reference)
                else part.schema_format == FORMAT
            )
            for part in _parts(node)
        )

    def hides_others(self, bases: Iterable[ir.Struct], parts: Iterable[Part]) -> bool:
        """Tell whether the properties that an object does not declare are secret.

        Args:
            bases: The classes that it extends, or is merged with.
            parts: What it is made of.
        """
        return any(base.hides_others for base in bases) or any(
            self.is_secret(node)
            for part, at in parts
            for node, _ in ([(part, at)] if isinstance(part, Reference) else others_of(part, at))
        )

    @cached_property
    def _components(self) -> frozenset[str]:
        """The references to the components whose values are secret."""
        users: dict[str, list[str]] = {}
        own: list[str] = []
        for name, schema in (self._context.components.schemas or {}).items():
            reference = f"#/components/schemas/{escaped(name)}"
            for part in _parts(schema):
                if isinstance(part, Reference):
                    users.setdefault(part.ref, []).append(reference)
                elif part.schema_format == FORMAT:
                    own.append(reference)
        return spread(own, users)


def spread(own: Iterable[str], users: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Return what is secret: by itself, or since it is made of what is.

    Args:
        own: What is so by itself.
        users: What is made of each.
    """
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += users.get(one, ())
    return frozenset(found)


def _parts(node: Node) -> Iterator[Node]:
    """Yield a schema and those inside it, but for what the fields of an object are."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Reference) or one.properties or _HOLDING.isdisjoint(one.given):
            continue
        waiting += [*(one.allOf or ()), *(one.anyOf or ()), *(one.oneOf or ())]
        waiting += [*([one.items] if one.items else ()), *(one.prefixItems or ())]
        waiting += [other for other, _ in others_of(one, "")]
