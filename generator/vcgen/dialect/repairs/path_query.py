"""Path keys with a query: `/vm?action=check` fixes a parameter, `/vm?name={name}` has one.

So has `/vm?{name}=1`: the braces are around the wrong part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.path_keys import plain_path
from vcgen.dialect.view import DocumentView
from vcgen.errors import EXCLUDE, Diagnostic, SpecError
from vcgen.text import marks, templates
from vcgen.text.nodes import listed, mapping, text
from vcgen.text.pointers import pointer_keys

_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dialect_pass(Kind.OPERATION)
def path_query(node: Node, place: Place) -> Change | None:
    """Write the query of the path key as query parameters: those of one value come first.

    Raises:
        SpecError: A value of the query is a template in part, or the operation declares another
            value for it.
    """
    keys = pointer_keys(place.pointer)
    declared = node.get("parameters", [])
    if len(keys) < 3 or keys[0] != "paths" or not isinstance(declared, list):
        return None
    document = place.document
    path = plain_path(keys[1], document.paths.get(keys[1]), document)
    query = templates.split(path)[1]
    if not query:
        return None
    pairs = parse_qsl(query, keep_blank_values=True)
    names = {name: found[1] for name, value in pairs if (found := _TEMPLATE.fullmatch(value))}
    # `?{search}=1` has the braces around the name, and an example of its value.
    marked = [found[1] for name, _ in pairs if (found := _TEMPLATE.fullmatch(name))]
    names |= {name: name for name in marked}
    fixed = [pair for pair in pairs if pair[0] not in names and pair[0][1:-1] not in marked]
    missing = [pair for pair in fixed if not _is_fixed(pair, declared, place.document)]
    if any("{" in part for pair in missing for part in pair):
        raise _refusal(place, f'the path key has a template in its query, "{query}"')
    others = list(_others(dict(missing), declared, place)) if missing else declared
    parameters = [*map(_parameter, missing), *_open(names, others, place)]
    if parameters == declared:
        return None
    what = "in the query of the path key is a template: read as a parameter"
    return Change({**node, "parameters": parameters}, tuple(f'"{one}" {what}' for one in names))


def _open(names: dict[str, str], declared: list[object], place: Place) -> Iterator[object]:
    """Yield the declared parameters, of which those of the query's templates are in the query.

    Args:
        names: The variable of each template, by the name in the query.
        declared: The parameters of the operation.
        place: Where the operation is.
    """
    wanted = {variable: name for name, variable in names.items()}
    left = dict(names)
    for entry in declared:
        parameter = place.document.resolve(entry)
        variable, where = text(parameter.get("name")), text(parameter.get("in"))
        if where == "query" and variable in left:
            left.pop(variable)
        elif where in {"path", "query"} and wanted.get(variable) in left:
            name = wanted[variable]
            left.pop(name)
            entry = {**parameter, "name": name, "in": "query"}
        yield entry
    item = place.document.resolve(place.document.at(pointer_keys(place.pointer)[:2]))
    for parameter in map(place.document.resolve, listed(item.get("parameters"))):
        name = wanted.get(text(parameter.get("name")), "")
        if left.pop(name, None):
            yield {**parameter, "name": name, "in": "query"}
    for name in left:
        yield {"name": name, "in": "query", "required": True, "schema": {"type": "string"}}


def _parameter(pair: tuple[str, str]) -> Node:
    name, value = pair
    schema = {"type": "string", "enum": [value]}
    return {"name": name, "in": "query", "required": True, "schema": schema, marks.FIXED: True}


def _is_fixed(pair: tuple[str, str], declared: list[object], document: DocumentView) -> bool:
    """Return whether the pair was written out before, as in a slice."""
    name, value = pair
    return any(
        parameter.get(marks.FIXED) is True
        and parameter.get("name") == name
        and mapping(parameter.get("schema")).get("enum") == [value]
        for parameter in map(document.resolve, declared)
    )


def _others(fixed: dict[str, str], declared: list[object], place: Place) -> Iterator[object]:
    """Yield the declared parameters, but for those that repeat what the path key says."""
    for entry in declared:
        parameter = place.document.resolve(entry)
        name = text(parameter.get("name"))
        if (
            parameter.get("in") != "query"
            or name not in fixed
            or parameter.get(marks.FIXED) is True
        ):
            yield entry
            continue
        schema = place.document.resolve(parameter.get("schema"))
        if schema.get("type") == "array":  # of which the pair is one item
            schema = place.document.resolve(schema.get("items"))
        if not _admits(schema, fixed[name]):
            raise _refusal(
                place, f'the path key fixes the query parameter "{name}", declared as another'
            )


def _admits(schema: Node, value: str) -> bool:
    if schema.get("type") != "string":
        return False
    values = schema.get("enum", [schema.get("const", value)])
    return isinstance(values, list) and value in values


def _refusal(place: Place, message: str) -> SpecError:
    hint = f"correct the document, or {EXCLUDE}"
    return SpecError(Diagnostic(message, place.pointer, hint))
