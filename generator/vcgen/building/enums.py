"""Enumerations become classes that keep values they do not list."""

from __future__ import annotations

from typing import Any

from vcgen import ir
from vcgen.building.docs import Docs
from vcgen.building.openapi import Schema, extension
from vcgen.text import naming
from vcgen.text.clashes import Claim, settle
from vcgen.text.prose import since_of

_SCALARS: dict[type, str] = {bool: "bool", int: "int", float: "float", str: "str"}


_BITS_64 = range(-(2**63), 2**63)


def is_class(values: list[Any]) -> bool:
    """Tell whether values are an enumeration of strings or of integers."""
    kinds = {type(value) for value in values}
    # msgspec decodes no class that has a value beyond 64 bits.
    return kinds == {str} or (kinds == {int} and all(value in _BITS_64 for value in values))


def enum_class(
    schema: Schema, values: list[Any], name: str, spec_name: str, said: Docs
) -> ir.EnumClass | None:
    """Return the class of an enumeration of strings or of integers, None for any other."""
    if not is_class(values):
        return None
    docs = _told(schema, "description", values, "x-enum-descriptions", "x-enumDescriptions")
    given = _told(schema, "name", values, "x-enum-varnames", "x-enumNames")
    wanted = list(dict.fromkeys(values))
    names = _names([str(value) for value in wanted], [given.get(value, "") for value in wanted])
    members = tuple(
        ir.Member(member, value, said.of_member(value, docs.get(value)), since_of(docs.get(value)))
        for member, value in zip(names, wanted, strict=True)
    )
    return ir.EnumClass(
        name,
        spec_name,
        members,
        said.of_class(schema.description),
        is_integer=isinstance(values[0], int),
        deprecated=bool(schema.deprecated),
    )


def _told(schema: Schema, what: str, values: list[Any], *extensions: str) -> dict[Any, str]:
    """Return what is said of each value by the first of some extensions, or by `x-ms-enum`."""
    for name in extensions:
        if found := _texts(extension(schema, name), values):
            return found
    entries = extension(schema, "x-ms-enum")
    entries = entries.get("values") if isinstance(entries, dict) else None
    listed = [one for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    return _texts({str(one.get("value")): one.get(what) for one in listed}, values)


def _texts(listed: Any, values: list[Any]) -> dict[Any, str]:
    """Return what an extension says of each value: a list beside `enum`, or a mapping by value.

    Anything else that stands there is not of the form that those who read it agree on.
    """
    if isinstance(listed, dict):
        found = {value: listed.get(str(value)) for value in values}
    elif isinstance(listed, list):
        # The first of several descriptions of a value that is listed twice.
        found = dict(reversed(list(zip(values, listed, strict=False))))
    else:
        return {}
    return {value: text for value, text in found.items() if isinstance(text, str)}


def scalar_types(values: list[Any]) -> list[ir.Type]:
    """Return the types of values that are no enumeration class: mixed, boolean, structured."""
    kinds = dict.fromkeys(type(value) for value in values)
    if not all(kind in _SCALARS for kind in kinds):
        return [ir.ANY]
    return [ir.Type(ir.TypeKind.SCALAR, _SCALARS[kind]) for kind in kinds]


def _names(values: list[str], given: list[str]) -> list[str]:
    """Name each value after itself, or as the document says."""
    if all(given) and len(set(given)) == len(values):
        values = given
    return settle([Claim(value, naming.member_names(value)) for value in values])
