"""Which schemas extend which, and the values that tell them apart.

The value of a discriminator is the name of a definition, and OpenAPI 3 implies the same. Where the
definitions state other values, as Microsoft's documents do, OpenAPI 3 needs them as a mapping.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.text.nodes import listed, mapping
from vcgen.text.pointers import child, pointer_keys

_VALUE = "x-ms-discriminator-value"


class Subtypes:
    """The definitions by what they extend."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._values = {
            name: value
            for name, schema in definitions.items()
            if isinstance(schema, Mapping) and isinstance(value := schema.get(_VALUE), str)
        }
        self._subtypes: dict[str, list[str]] = {}
        for name, schema in definitions.items() if self._values else ():
            for parent in _parents(schema):
                self._subtypes.setdefault(parent, []).append(name)

    def mapping(self, name: str) -> dict[str, str]:
        """Return the mapping for the discriminator of a definition; empty where none is needed."""
        family = dict.fromkeys([name])
        waiting = [name]
        while waiting:
            new = [
                subtype
                for subtype in self._subtypes.get(waiting.pop(), ())
                if subtype not in family
            ]
            family.update(dict.fromkeys(new))
            waiting += new
        if family.keys().isdisjoint(self._values):
            return {}
        return {
            self._values.get(member, member): child("#/components/schemas", member)
            for member in family
            if member != name or member in self._values
        }


def _parents(schema: object) -> list[str]:
    found = []
    for part in listed(mapping(schema).get("allOf")):
        reference = mapping(part).get("$ref")
        keys = pointer_keys(reference) if isinstance(reference, str) else ()
        if len(keys) == 2 and keys[0] == "definitions":
            found.append(keys[1])
    return found
