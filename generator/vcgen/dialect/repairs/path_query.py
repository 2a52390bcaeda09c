"""Path keys with a query, such as `/vm?action=check`: each pair is a parameter of one value."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping, text
from vcgen.dialect.view import DocumentView
from vcgen.errors import Diagnostic, SpecError
from vcgen.text import templates
from vcgen.text.pointers import pointer_keys

MARK = "x-vcgen-fixed"


@dialect_pass(Kind.OPERATION)
def path_query(node: Node, place: Place) -> Change | None:
    """Write the query of the path key as fixed query parameters, before the operation's own.

    Raises:
        SpecError: The query holds a template, or the operation declares another value for it.
    """
    keys = pointer_keys(place.pointer)
    declared = node.get("parameters", [])
    if len(keys) < 3 or keys[0] != "paths" or not isinstance(declared, list):
        return None
    query = templates.split(keys[1])[1]
    pairs = parse_qsl(query, keep_blank_values=True)
    missing = [pair for pair in pairs if not _is_fixed(pair, declared, place.document)]
    if not missing:
        return None
    if "{" in query:
        raise _refusal(place, f'the path key has a template in its query, "{query}"')
    others = list(_others(dict(missing), declared, place))
    return Change({**node, "parameters": [*map(_parameter, missing), *others]})


def _parameter(pair: tuple[str, str]) -> Node:
    name, value = pair
    schema = {"type": "string", "enum": [value]}
    return {"name": name, "in": "query", "required": True, "schema": schema, MARK: True}


def _is_fixed(pair: tuple[str, str], declared: list[object], document: DocumentView) -> bool:
    """Return whether the pair was written out before, as in a slice."""
    name, value = pair
    return any(
        parameter.get(MARK) is True
        and parameter.get("name") == name
        and mapping(parameter.get("schema")).get("enum") == [value]
        for parameter in map(document.resolve, declared)
    )


def _others(fixed: dict[str, str], declared: list[object], place: Place) -> Iterator[object]:
    """Yield the declared parameters, but for those that repeat what the path key says."""
    for entry in declared:
        parameter = place.document.resolve(entry)
        name = text(parameter.get("name"))
        if parameter.get("in") != "query" or name not in fixed or parameter.get(MARK) is True:
            yield entry
            continue
        if not _admits(place.document.resolve(parameter.get("schema")), fixed[name]):
            raise _refusal(
                place, f'the path key fixes the query parameter "{name}", declared as another'
            )


def _admits(schema: Node, value: str) -> bool:
    if schema.get("type") != "string":
        return False
    values = schema.get("enum", [schema.get("const", value)])
    return isinstance(values, list) and value in values


def _refusal(place: Place, message: str) -> SpecError:
    hint = "correct the document, or exclude the operation"
    return SpecError(Diagnostic(message, place.pointer, hint))
