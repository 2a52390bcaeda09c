"""Enumerations become classes that keep values they do not list."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vcgen import ir
from vcgen.building.openapi import Reference, Schema, extension
from vcgen.building.subschemas import without
from vcgen.text import naming
from vcgen.text.prose import clean, headed

_SCALARS: dict[type, str] = {bool: "bool", int: "int", float: "float", str: "str"}


def enum_class(schema: Schema, values: list[Any], name: str, spec_name: str) -> ir.EnumClass | None:
    """Return the class of an enumeration of strings or of integers, None for any other."""
    kinds = {type(value) for value in values}
    if kinds not in ({str}, {int}):
        return None
    docs = extension(schema, "x-enum-descriptions") or []
    given = extension(schema, "x-enum-varnames") or []
    wanted = dict.fromkeys(values)
    names = _names([str(value) for value in wanted], [str(one) for one in given])
    doc_of = dict(zip(values, docs, strict=False))
    members = tuple(
        ir.Member(member, value, clean(doc_of.get(value)))
        for member, value in zip(names, wanted, strict=True)
    )
    return ir.EnumClass(
        name,
        spec_name,
        members,
        headed(schema.description),
        is_integer=kinds == {int},
        deprecated=bool(schema.deprecated),
    )


def gathered(schema: Schema) -> Schema:
    """Return a list of alternatives which are but values as the enumeration that it is."""
    variants = schema.oneOf or schema.anyOf or []
    if schema.properties or schema.allOf or not variants:
        return schema
    values: list[Any] = []
    docs: list[str] = []
    for variant in variants:
        if isinstance(variant, Reference) or not _values_of(variant):
            return schema
        values += _values_of(variant)
        docs += [variant.description or variant.title or ""] * len(_values_of(variant))
    found = without(schema, "oneOf", "anyOf").model_copy(update={"enum": values})
    found.model_fields_set.add("enum")
    found.__pydantic_extra__ = {**(found.model_extra or {}), "x-enum-descriptions": docs}
    return found


def _values_of(schema: Schema) -> list[Any]:
    if schema.enum is not None:
        return schema.enum
    return [schema.const] if "const" in schema.model_fields_set else []


def scalar_types(values: list[Any]) -> list[ir.Type]:
    """Return the types of values that are no enumeration class: mixed, boolean, structured."""
    kinds = dict.fromkeys(type(value) for value in values)
    if not all(kind in _SCALARS for kind in kinds):
        return [ir.ANY]
    return [ir.Type(ir.TypeKind.SCALAR, _SCALARS[kind]) for kind in kinds]


def _names(values: list[str], given: list[str]) -> list[str]:
    """Name each value after itself; those that would share a name are spelt out exactly."""
    if len(set(given)) == len(values):
        values = given
    names = [naming.member_name(value) for value in values]
    count = Counter(names)
    return [
        name if count[name] == 1 else naming.exact_member_name(value)
        for name, value in zip(names, values, strict=True)
    ]
