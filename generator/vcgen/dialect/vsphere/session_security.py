"""Documents that do not say how a caller proves who calls: the schemes, or who needs them.

The documents in OpenAPI before 9.0 declare no security at all; those in Swagger 2.0 declare the
schemes, and leave them out of some operations. It takes the whole document to add what is missing,
and it is told where it is reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.dialect.vsphere.edits import with_components, with_operations
from vcgen.dialect.vsphere.session import HEADER, answers_token, is_session_path
from vcgen.text.nodes import mapping, text
from vcgen.text.path_items import METHODS

_REPAIR = "x-vcgen-repair"
_TOKEN = "session_id"  # noqa: S105  the name of a scheme, and no secret
_BASIC = "basic_auth"

_ADDED = {
    _TOKEN: {
        "type": "apiKey",
        "in": "header",
        "name": HEADER,
        _REPAIR: f"the document declares no security: the header {HEADER} is assumed",
    },
    _BASIC: {
        "type": "http",
        "scheme": "basic",
        _REPAIR: "the document declares no security: a login by name and password is assumed",
    },
}


def add_security(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document with the security that it goes without, marked for the pass to tell."""
    view = DocumentView(tree)
    schemes = view.components("securitySchemes")
    if "security" in tree:
        return tree
    if not schemes:
        logins = {key: node for key, node in _operations(tree) if _is_login(key, node, view)}
        required = {key: {**node, "security": [{_BASIC: []}]} for key, node in logins.items()}
        secured = with_operations(with_components(tree, "securitySchemes", _ADDED), required)
        return {**secured, "security": [{_TOKEN: []}]}
    token = _scheme(schemes, type="apiKey", name=HEADER)
    basic = _scheme(schemes, type="http", scheme="basic")
    if not token:
        return tree
    return with_operations(
        tree,
        {
            key: _requiring(basic if basic and _is_login(key, node, view) else token, node)
            for key, node in _operations(tree)
            if "security" not in node and _is_refused_to_strangers(node)
        },
    )


@dialect_pass(Kind.OPERATION, Kind.SECURITY_SCHEME)
def session_security(node: Node, _: Place) -> Change | None:
    """Tell of the security that was added to the document."""
    message = text(node.get(_REPAIR))
    if not message:
        return None
    return Change({key: value for key, value in node.items() if key != _REPAIR}, (message,))


def _operations(tree: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Node]]:
    for path, item in mapping(tree.get("paths")).items():
        for method, operation in mapping(item).items():
            if method in METHODS and mapping(operation):
                yield (path, method), operation


def _is_login(key: tuple[str, str], operation: Node, view: DocumentView) -> bool:
    path, method = key
    may_be = method == "post" and "security" not in operation and is_session_path(path)
    return may_be and answers_token(operation, view)


def _is_refused_to_strangers(operation: Node) -> bool:
    """Return whether an operation has a reply for those who do not prove who they are."""
    return bool({"401", "403"} & set(map(str, mapping(operation.get("responses")))))


def _requiring(scheme: str, operation: Node) -> Node:
    message = f"the operation declares 401 or 403, but no security: {scheme} added"
    return {**operation, "security": [{scheme: []}], _REPAIR: message}


def _scheme(schemes: Node, **facts: str) -> str:
    """Return the name of the first scheme of which these facts are true, or ""."""
    for name, scheme in schemes.items():
        stated = mapping(scheme)
        if all(text(stated.get(key)).lower() == facts[key].lower() for key in facts):
            return str(name)
    return ""
