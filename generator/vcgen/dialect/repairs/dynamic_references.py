"""Dynamic references: `$dynamicRef` (JSON Schema 2020-12), and `$recursiveRef` before it.

They let a schema that extends another one say what the other contains. Where nothing extends it,
they lead to the schema that has the anchor.
"""

from collections.abc import Iterator, Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.errors import Diagnostic, SpecError
from vcgen.text.pointers import pointer_keys, pointer_to

_SCHEMAS = ("components", "schemas")


@dialect_pass(Kind.SCHEMA, fields={"$dynamicRef", "$recursiveRef"})
def dynamic_references(node: Node, place: Place) -> Change | None:
    """Write the reference that is meant: to the schema with the anchor, or to the one around.

    Raises:
        SpecError: Several schemas have the anchor, or none.
    """
    key = next((one for one in ("$dynamicRef", "$recursiveRef") if one in node), None)
    if key is None or "$ref" in node:
        return None
    stated = node[key]
    is_pointer = isinstance(stated, str) and stated.startswith("#/")
    reference = stated if is_pointer else _target(key, str(stated), place)
    rest = {name: value for name, value in node.items() if name != key}
    return Change({"$ref": reference, **rest})


def _target(key: str, stated: str, place: Place) -> str:
    around = pointer_keys(place.pointer)
    component = around[:3] if around[:2] == _SCHEMAS else ()
    if key == "$recursiveRef" or stated == "#":
        found = [component] if component else []
    else:
        found = list(_anchored(stated.removeprefix("#"), place.document))
        found = [component] if component in found else found
    if len(found) == 1:
        return pointer_to(found[0])
    message = f'`{key}: "{stated}"` may lead to {len(found)} schemas'
    hint = "write a $ref to the schema that is meant"
    raise SpecError(Diagnostic(message, place.pointer, hint))


def _anchored(anchor: str, document: DocumentView) -> Iterator[tuple[str, ...]]:
    """Yield the component schemas that have a dynamic anchor."""
    for name, schema in document.components("schemas").items():
        if isinstance(schema, Mapping) and schema.get("$dynamicAnchor") == anchor:
            yield (*_SCHEMAS, name)
