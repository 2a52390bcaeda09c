"""Schema objects: what JSON Schema Draft 4 and Swagger's own keywords are in OpenAPI 3.0."""

from __future__ import annotations

from typing import Any

from vcgen.reading.swagger2.subtypes import Subtypes
from vcgen.text.keywords import SUBSCHEMAS

FILE = {"type": "string", "format": "binary"}

DEFINITIONS = "#/definitions/"
SCHEMAS = "#/components/schemas/"

_CONTAINERS = (dict, list)
_ONE = frozenset({"additionalProperties", "items", "not"})
_PECULIAR = frozenset({"$ref", "discriminator", "type", "x-nullable"})


class Schemas:
    """Converts schemas; the places of their nodes stay as they are, below the schema itself.

    Attributes:
        strays: Converted schemas whose `$ref` leads to no definition, but elsewhere in the source.
    """

    def __init__(self, subtypes: Subtypes) -> None:
        self.strays: list[dict[str, Any]] = []
        self._subtypes = subtypes

    def convert(self, node: Any, name: str = "") -> Any:
        """Return the schema, which is the definition `name` if it is one.

        What is no schema stays what it is: it hurts nobody before it is reached.
        """
        if not isinstance(node, dict):
            return node
        copy = dict(node)
        for key, value in node.items():
            if isinstance(value, _CONTAINERS):
                copy[key] = self._value(key, value)
        if not _PECULIAR.isdisjoint(copy):
            self._write_out(copy, name)
        return copy

    def _value(self, key: str, value: Any) -> Any:
        if key in _ONE:
            return self.convert(value)
        if key == "properties" and isinstance(value, dict):
            return {name: self.convert(schema) for name, schema in value.items()}
        if key in SUBSCHEMAS and isinstance(value, list):
            return [self.convert(schema) for schema in value]
        return value

    def _write_out(self, copy: dict[str, Any], name: str) -> None:
        """Put what is Swagger's alone the way OpenAPI has it, in place."""
        if copy.get("type") == "file":
            copy.update(FILE)
        elif isinstance(copy.get("type"), list):
            _spread_types(copy)
        discriminator = copy.get("discriminator")
        if isinstance(discriminator, str):
            mapping = self._subtypes.mapping(name)
            copy["discriminator"] = {"propertyName": discriminator}
            if mapping:
                copy["discriminator"]["mapping"] = mapping
        reference = copy.get("$ref")
        if isinstance(reference, str):
            if reference.startswith(DEFINITIONS):
                copy["$ref"] = SCHEMAS + reference.removeprefix(DEFINITIONS)
            elif reference.startswith("#/"):
                self.strays.append(copy)
        if isinstance(copy.get("x-nullable"), bool):
            self._make_nullable(copy)

    def _make_nullable(self, copy: dict[str, Any]) -> None:
        if not copy.pop("x-nullable"):
            return
        if "$ref" in copy:
            # Nothing beside a `$ref` counts, so it moves inside.
            reference = {"$ref": copy.pop("$ref")}
            if self.strays and self.strays[-1] is copy:
                self.strays[-1] = reference
            copy["allOf"] = [reference]
        copy["nullable"] = True


def _spread_types(copy: dict[str, Any]) -> None:
    """Write a list of types, which Draft 4 allows, with `nullable` and `anyOf`, in place."""
    types = copy["type"]
    named = [name for name in types if name != "null"]
    if not named or not all(isinstance(name, str) for name in named):
        return
    if len(named) < len(types):
        copy["nullable"] = True
    if len(named) == 1:
        copy["type"] = named[0]
    elif "anyOf" not in copy:
        del copy["type"]
        copy["anyOf"] = [{"type": name} for name in named]
