"""Opaque schemas: objects whose inside nobody asks for, so that the slice stops there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vcgen.dialect import DocumentView
from vcgen.errors import Diagnostic, SpecError, did_you_mean
from vcgen.text.pointers import child

_SCHEMAS = "#/components/schemas"
_NO_OBJECT = frozenset({"enum", "const", "items", "prefixItems"})


def without_insides(tree: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Any]:
    """Return a document in which these schemas are objects of which nothing more is known.

    Raises:
        SpecError: A name is that of no schema, or of one that is no object; all of them.
    """
    if not names:
        return tree
    view = DocumentView(tree)
    if problems := tuple(_problems(view, names)):
        raise SpecError(*problems)
    schemas = view.components("schemas")
    changed = {name: _opaque(view.resolve(schemas[name])) for name in names}
    return {**tree, "components": {**tree["components"], "schemas": {**schemas, **changed}}}


def _problems(view: DocumentView, names: Sequence[str]) -> Iterator[Diagnostic]:
    schemas = view.components("schemas")
    for name in names:
        if name not in schemas:
            hint = did_you_mean(name, schemas, "name it as the document does")
            yield Diagnostic(f'opaque: there is no schema "{name}"', hint=hint)
        elif not is_object(view.resolve(schemas[name])):
            message = f'opaque: the schema "{name}" is not an object'
            yield Diagnostic(message, child(_SCHEMAS, name), "name a schema that contains it")


def is_object(schema: Mapping[str, Any]) -> bool:
    """Tell whether the values of a schema may be objects."""
    stated = schema.get("type")
    if stated is None:
        return not _NO_OBJECT & schema.keys()
    return "object" in (stated if isinstance(stated, list) else [stated])


def _opaque(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema for any object, or null where that is a value of the schema."""
    stated = schema.get("type")
    nullable = {"nullable": True} if schema.get("nullable") is True else {}
    has_null = isinstance(stated, list) and "null" in stated
    type_ = ["object", "null"] if has_null else "object"
    # In a map, a bare object may be anything: see the repair `map_of_objects`.
    return {"type": type_, "additionalProperties": True, **nullable}
