"""Clashes inside one class or one operation, settled there, by the configuration first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.subschemas import property_pointer
from vcgen.records import replace
from vcgen.text import naming
from vcgen.text.clashes import Claim, settle


def settled_fields(
    context: Context,
    struct: ir.Struct,
    fields: Sequence[ir.Field],
    inherited: Mapping[str, ir.Field],
    pointer: str,
) -> dict[str, ir.Field]:
    """Return the fields of a class by property, each with a name of its own.

    Those of its bases keep the names that they have there.
    """
    renames = context.options.properties
    above = Counter(one.name for one in inherited.values())

    def claim(field: ir.Field) -> Claim:
        base = inherited.get(field.spec_name)
        fixed = renames.get(f"{struct.spec_name}.{field.spec_name}")
        if not fixed and base and above[base.name] == 1:
            fixed = base.name
        names = (fixed,) if fixed else naming.field_names(field.spec_name)
        return Claim(field.spec_name, names, is_fixed=fixed is not None)

    others = {"additional_properties": "additionalProperties"} if struct.others else {}
    names = settle([claim(field) for field in fields], others)
    for one, other, name in _shared(others, [field.spec_name for field in fields], names):
        context.refuse(
            property_pointer(pointer, one),
            f'properties "{other}" and "{one}" both become the field {name}',
            "rename one in the configuration: "
            f'rename.properties."{struct.spec_name}.{one}" = "..."',
        )
    for field, name in zip(fields, names, strict=True):
        if not naming.is_free_field(name):
            key = f"{struct.spec_name}.{field.spec_name}"
            refuse_chosen(
                context, property_pointer(pointer, field.spec_name), name, "properties", key
            )
    return {
        field.spec_name: field if field.name == name else replace(field, name=name)
        for field, name in zip(fields, names, strict=True)
    }


def settled_arguments(
    context: Context, arguments: Sequence[tuple[ir.Parameter, str]]
) -> tuple[ir.Parameter, ...]:
    """Return the arguments of an operation, each with a name of its own.

    Args:
        context: What the building steps share.
        arguments: The arguments, and where each parameter stands.
    """
    renames = context.options.parameters

    def claim(one: ir.Parameter) -> Claim:
        fixed = renames.get(f"{one.location}.{one.spec_name}") or renames.get(one.spec_name)
        names = (fixed,) if fixed else naming.argument_names(one.spec_name, one.location)
        return Claim(one.spec_name, names, is_fixed=fixed is not None)

    # What is in the path is what the operation is about.
    order = sorted(arguments, key=lambda pair: pair[0].location != "path")
    names = settle([claim(one) for one, _ in order])
    keys = [f"{one.location}.{one.spec_name}" for one, _ in order]
    places = dict(zip(keys, (at for _, at in order), strict=True))
    for one_key, other_key, name in _shared({}, keys, names):
        context.refuse(
            places[one_key],
            f'parameters "{other_key}" and "{one_key}" both become the argument {name}',
            f'rename one in the configuration: rename.parameters."{one_key}" = "..."',
        )
    found = dict(zip(keys, names, strict=True))
    for key, name in found.items():
        if not naming.is_free_argument(name):
            refuse_chosen(context, places[key], name, "parameters", key)
    named = ((one, found[f"{one.location}.{one.spec_name}"]) for one, _ in arguments)
    return tuple(one if one.name == name else replace(one, name=name) for one, name in named)


def refuse_chosen(context: Context, pointer: str, name: str, table: str, key: str) -> None:
    """Refuse a name that the configuration chose, and that generated code has for another thing.

    Args:
        context: What the building steps share.
        pointer: Where what is called so stands.
        name: The name.
        table: The table of `rename` that has the name.
        key: What is called so, as the table names it.
    """
    context.refuse(
        pointer,
        f'"{key}" cannot become {name}, which generated code needs for something else',
        f'choose another name in the configuration: rename.{table}."{key}" = "..."',
    )


def _shared(
    taken: Mapping[str, str], keys: Iterable[str], names: Iterable[str]
) -> list[tuple[str, str, str]]:
    """Return what has the name of another thing, with the other and the name."""
    owners = dict(taken)
    pairs = zip(keys, names, strict=True)
    return [(key, owners[name], name) for key, name in pairs if owners.setdefault(name, key) != key]
