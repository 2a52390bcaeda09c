"""What a body says that it is, by a discriminator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.dialect.view import mapped_by
from vcgen.text.nodes import mapping
from vcgen.text.pointers import component_at, pointer_to


def told(view: DocumentView, schema: Any, value: Any) -> str:
    """Return the `$ref` of the schema that a value says that it is of, or "".

    Args:
        view: The slice that the schema is of.
        schema: The schema, with a discriminator or not.
        value: The value, of any type.
    """
    base = view.resolve(schema)
    discriminator = base.get("discriminator")
    if not isinstance(discriminator, Mapping) or not isinstance(value, dict):
        return ""
    name = str(discriminator.get("propertyName"))
    tag = value.get(name)
    text = tag if isinstance(tag, str) else str(tag).lower()
    mapped = dict(mapped_by(discriminator))
    if found := mapped.get(("mapping", text)):
        return _reference(view, str(found))
    # A schema that has values of its own is not told by its name.
    taken = {_reference(view, str(one)) for keys, one in mapped.items() if keys[0] == "mapping"}
    for one in _candidates(view, base):
        listed = mapping(view.declared({"$ref": one}).get(name))
        values = listed.get("enum", [listed.get("const")])
        is_named = one == pointer_to(("components", "schemas", text))
        if one not in taken and (is_named or (isinstance(values, list) and text in values)):
            return one
    # The name of a schema stands for that schema, and not for what is usual.
    usual = "" if text in view.components("schemas") else mapped.get(("defaultMapping",), "")
    return _reference(view, str(usual))


def _reference(view: DocumentView, name: str) -> str:
    """Return the `$ref` that is meant by the name of a schema, or by a reference."""
    known = view.components("schemas")
    return pointer_to(("components", "schemas", name)) if name in known else name


def _candidates(view: DocumentView, base: Mapping[str, Any]) -> Iterator[str]:
    """Yield the `$ref` of the alternatives of a schema, or of all that extend it."""
    listed = [one for key in ("oneOf", "anyOf") for one in base.get(key) or ()]
    if listed:
        yield from (str(one["$ref"]) for one in listed if component_at(mapping(one).get("$ref")))
        return
    for name, one in view.components("schemas").items():
        if one is base:
            subtypes = view.subtypes_of(name)
            yield from (pointer_to(("components", "schemas", each)) for each in subtypes)
