"""Values that are no bodies: parameters, form fields and headers say themselves what they hold.

OpenAPI 3 says it with a schema, and how an array is written with `style` and `explode`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from vcgen.dialect.repairs.collection_formats import BY_MARKS, STYLES
from vcgen.dialect.repairs.parameter_keywords import KEYWORDS
from vcgen.errors import EXCLUDE
from vcgen.reading.swagger2.context import Context
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.values import refusal
from vcgen.text import marks
from vcgen.text.pointers import child

# Extensions that speak of the values; the prefix is that of lists parallel to `enum`.
_VALUE_EXTENSIONS = ("x-enum", "x-ms-enum", "x-nullable")

_COMMAS = {"style": "simple", "explode": False}
# Several headers of one name are one with commas (RFC 9110, section 5.3); a path has no "multi".
_INLINE = {
    "csv": _COMMAS,
    "multi": _COMMAS,
    # OpenAPI 3 has these in a query alone.
    **{one: {**_COMMAS, marks.STYLE: STYLES[one]["style"]} for one in sorted(BY_MARKS)},
}
_STYLES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "query": STYLES,
    "formData": STYLES,
    "path": _INLINE,
    "header": _INLINE,
    "cookie": {"csv": STYLES["csv"]},
}
_MARKS = {"csv": "commas", "pipes": "bars", "ssv": "spaces", "tsv": "tabs"}
_REPLACED = frozenset({"collectionFormat", "schema"})
_FORMATS = frozenset({*STYLES, "tsv"})


@lru_cache(maxsize=1024)  # parameters have few fields, and there are tens of thousands of them
def is_of_value(key: str) -> bool:
    """Return whether a field speaks of the value, and belongs into the schema."""
    return key in KEYWORDS or key.startswith(_VALUE_EXTENSIONS)


def with_schema(
    context: Context, node: Mapping[str, Any], location: str, spot: Spot
) -> dict[str, Any]:
    """Return a parameter or header with a schema in place of the keywords of one.

    Raises:
        SpecError: OpenAPI 3 cannot say it.
    """
    rest = {key: v for key, v in node.items() if key not in _REPLACED and not is_of_value(key)}
    style = array_style(context, node, location, spot)
    schema = value_schema(context, node, spot)
    return {**rest, **style} if schema is None else {**rest, **style, "schema": schema}


def value_schema(context: Context, node: Mapping[str, Any], spot: Spot) -> Any:
    """Return the schema of a value, or None where nothing is said of it.

    An array of arrays, which OpenAPI 3 cannot express here, is one of texts that hold the items.
    """
    if "schema" in node:
        context.notes.repair(spot, "only a body has a `schema` in Swagger 2.0: read anyway")
        return context.schemas.convert(node["schema"])
    keywords = {key: value for key, value in node.items() if is_of_value(key)}
    items = keywords.get("items")
    if isinstance(items, dict):
        if context.view.resolve(items).get("type") == "array":
            items = _joined(items, context, spot)
        # In an array that is not nested, it says nothing.
        keywords["items"] = {k: v for k, v in items.items() if k != "collectionFormat"}
        if keywords.get("type") == "array" and _are_scalar(keywords.get("enum")):
            keywords["items"]["enum"] = keywords.pop("enum")
            message = "the enum of the array has no arrays: read as the enum of its items"
            context.notes.repair(spot, message)
    return context.schemas.convert(keywords) if keywords else None


def _joined(items: Mapping[str, Any], context: Context, spot: Spot) -> Mapping[str, Any]:
    """Return the schema of a text that holds the items of an inner array."""
    stated = str(context.view.resolve(items).get("collectionFormat", "csv"))
    mark = _MARKS.get(stated, "commas")
    message = f"an array of arrays: each inner one is read as a text with {mark} between its items"
    context.notes.repair(spot, message)
    return {"type": "string"}


def _are_scalar(values: object) -> bool:
    return isinstance(values, list) and not any(isinstance(value, list) for value in values)


def array_style(
    context: Context, node: Mapping[str, Any], location: str, spot: Spot
) -> Mapping[str, Any]:
    """Return `style` and `explode` of a value, empty where it is no array.

    Raises:
        SpecError: OpenAPI 3 cannot say it.
    """
    inner = node.get("schema", node)
    if context.view.resolve(inner).get("type") != "array":
        return {}
    stated = str(node.get("collectionFormat", "csv"))
    styles = _STYLES[location]
    if stated in styles:
        if stated == "brackets" or (stated == "multi" and location in ("path", "header")):
            message = f'`collectionFormat` is "{stated}", which is not for a {location}'
            context.notes.repair(spot, f"{message}: read as {styles[stated]['style']}")
        return styles[stated]
    if stated in _FORMATS:
        message = f'OpenAPI 3 has no equivalent of the collectionFormat "{stated}" here'
        hint = f"make it a string by an overlay, or {EXCLUDE}"
    else:
        message = f'unknown collectionFormat "{stated}"'
        hint = f"it is one of {', '.join(styles)}"
    raise refusal(message, child(spot.source, "collectionFormat"), hint)
