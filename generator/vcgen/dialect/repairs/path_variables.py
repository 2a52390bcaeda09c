"""Path parameters that are not declared, or not in the path: `/vm/{id}` without an `id`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.path_keys import plain_path
from vcgen.dialect.view import DocumentView
from vcgen.text import templates
from vcgen.text.nodes import listed, text
from vcgen.text.path_items import operations_of
from vcgen.text.pointers import pointer_keys


@dialect_pass(Kind.PATH_ITEM, Kind.OPERATION)
def path_variables(node: Node, place: Place) -> Change | None:
    """Declare the variables of a path as texts, or drop parameters that are none of them.

    Of a parameter and a variable with the same letters, as of the only ones, one is the other,
    misspelt; of others it is not known which.
    """
    keys, document = pointer_keys(place.pointer), place.document
    if keys[:1] != ("paths",) or len(keys) < 2:
        return None
    written = templates.variables(plain_path(keys[1], document.paths.get(keys[1]), document))
    variables = {*map(templates.name_of, written)}
    is_item = place.kind is Kind.PATH_ITEM
    item = node if is_item else document.resolve(document.at(keys[:2]))
    shared = set(_names(item, document))
    own_operations = [one for _, one in operations_of(node)] if is_item else [node]
    operations = [document.resolve(operation) for operation in own_operations]
    own = [{*_names(operation, document)} for operation in operations]
    missing = {name for names in own for name in variables - shared - names}
    strange = (shared if is_item else own[0]) - variables
    if missing and any(_leads_nowhere(one, document) for one in (item, *operations)):
        return None  # that may be what is missing
    if meant := _pairs(strange, missing):
        change = _renamed(node, meant, document)
        rest = path_variables(change.node, place)
        return Change(rest.node, change.repairs + rest.repairs) if rest else change
    if strange and not missing:
        return _without(node, strange, document)
    # Parameters that are no list are not mended here: whoever reads the slice refuses them.
    is_list = isinstance(node.get("parameters", []), list)
    if is_list and missing and not (is_item or strange or shared - variables):
        return _with(node, [name for name in map(templates.name_of, written) if name in missing])
    return None


def _names(node: Node, document: DocumentView) -> Iterator[str]:
    """Yield the path parameters that a path item or an operation declares."""
    for parameter in map(document.resolve, listed(node.get("parameters"))):
        if text(parameter.get("in")).lower() == "path":
            yield templates.name_of(text(parameter.get("name")))


def _leads_nowhere(node: Node, document: DocumentView) -> bool:
    """Tell whether a parameter is a reference to nothing, or to a file that is not there."""
    declared = node.get("parameters")
    return isinstance(declared, list) and not all(map(document.resolve, declared))


def _is(parameter: Node, names: Set[str]) -> bool:
    """Tell whether a parameter is one of the path that has one of these names."""
    name = templates.name_of(text(parameter.get("name")))
    return text(parameter.get("in")).lower() == "path" and name in names


def _without(node: Node, names: Set[str], document: DocumentView) -> Change:
    kept = [one for one in node["parameters"] if not _is(document.resolve(one), names)]
    messages = (f'"{name}" is not in the path: dropped' for name in sorted(names))
    return Change({**node, "parameters": kept}, tuple(messages))


def _pairs(strange: Set[str], missing: Set[str]) -> dict[str, str]:
    """Return the variable that each parameter is, as far as that is known."""
    if len(strange) == 1 and len(missing) == 1:
        return {min(strange): min(missing)}
    names, variables = _by_letters(strange), _by_letters(missing)
    alike = ((found, variables.get(letters, [])) for letters, found in names.items())
    return {found[0]: others[0] for found, others in alike if len(found) == len(others) == 1}


def _by_letters(names: Set[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault("".join(filter(str.isalnum, name.casefold())), []).append(name)
    return found


def _renamed(node: Node, meant: Mapping[str, str], document: DocumentView) -> Change:
    entries: list[object] = []
    for entry in node["parameters"]:
        parameter = document.resolve(entry)
        name = templates.name_of(text(parameter.get("name")))
        is_meant = _is(parameter, meant.keys())
        entries.append({**parameter, "name": meant[name]} if is_meant else entry)
    messages = (
        f'"{name}" is not in the path, and "{variable}" is not declared: read as one'
        for name, variable in meant.items()
    )
    return Change({**node, "parameters": entries}, tuple(messages))


def _with(node: Node, names: list[str]) -> Change:
    schema = {"type": "string"}
    added = [{"name": name, "in": "path", "required": True, "schema": schema} for name in names]
    messages = (f'"{name}" of the path is not declared: read as a text' for name in names)
    return Change({**node, "parameters": [*added, *node.get("parameters", [])]}, tuple(messages))
