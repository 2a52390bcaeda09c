"""The operations that begin and end a session, and the header that carries its token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, Sessions, dialect_pass
from vcgen.dialect.view import DocumentView
from vcgen.dialect.vsphere.rest_envelope import unwrapped
from vcgen.text import marks
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys

HEADER = "vmware-api-session-id"
# The documents of vSphere that have the sessions of `/api`, and those of `/rest`.
_FILES = ("session.json", "cis.json")


@dialect_pass(Kind.OPERATION, Kind.SECURITY_SCHEME)
def session(node: Node, place: Place) -> Change | None:
    """Mark the operations of a session, and name the token's scheme, for the building."""
    if place.kind is Kind.SECURITY_SCHEME:
        is_token = node.get("type") == "apiKey" and node.get("in") == "header"
        if not is_token or text(node.get("name")).lower() != HEADER or marks.NAME in node:
            return None
        return Change({**node, marks.NAME: "session_id"})
    role = _role(node, place)
    return Change({**node, marks.SESSION: role}) if role and marks.SESSION not in node else None


def _role(node: Node, place: Place) -> str:
    """Return "create", "delete" or "": what the operation does with a session."""
    keys = pointer_keys(place.pointer)
    if len(keys) != 3 or keys[0] != "paths" or not is_session_path(keys[1]):
        return ""
    if keys[2] == "post":
        return "create" if _is_login(node, place.document) else ""
    if keys[2] != "delete":
        return ""
    item = place.document.resolve(mapping(place.document.tree.get("paths")).get(keys[1]))
    return "delete" if _is_login(mapping(item.get("post")), place.document) else ""


def sessions(tree: Mapping[str, Any]) -> Sessions:
    """Return the operations of a document that open and end a session, or which file has them.

    Args:
        tree: The document, after the passes for whole documents.
    """
    view = DocumentView(tree)
    paths = [
        str(path)
        for path, item in mapping(tree.get("paths")).items()
        if is_session_path(str(path))
        and "delete" in view.resolve(item)
        and _is_login(mapping(view.resolve(item).get("post")), view)
    ]
    shortest = min(paths, key=len, default="")
    found = (f"POST {shortest}", f"DELETE {shortest}") if shortest else ()
    return Sessions(found, _FILES)


def is_session_path(path: str) -> bool:
    """Return whether a path key is that of the caller's own session."""
    return path.endswith("/session")


def answers_token(operation: Node, document: DocumentView) -> bool:
    """Return whether an operation answers a string, be it in the envelope of `/rest`."""
    responses = mapping(operation.get("responses"))
    successes = [document.resolve(responses[s]) for s in responses if str(s).startswith("2")]
    schemas = [
        document.resolve(mapping(media).get("schema"))
        for response in successes
        for media in mapping(response.get("content")).values()
    ]
    return any(document.resolve(unwrapped(one)).get("type") == "string" for one in schemas)


def _is_login(operation: Node, document: DocumentView) -> bool:
    """Return whether the operation takes a user's name and password, and answers a string."""
    security = operation.get("security", document.tree.get("security"))
    if not isinstance(security, list) or not security:
        return False
    if not all(_is_basic(mapping(requirement), document) for requirement in security):
        return False
    return answers_token(operation, document)


def _is_basic(requirement: Node, document: DocumentView) -> bool:
    if len(requirement) != 1:
        return False
    scheme = document.resolve(document.components("securitySchemes").get(next(iter(requirement))))
    return scheme.get("type") == "http" and text(scheme.get("scheme")).lower() == "basic"
