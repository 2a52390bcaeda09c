"""Replies that are not declared: a status, or a media type, for an operation or a shared reply."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from vcgen.learning.places import Place
from vcgen.text.media_types import JSON


def status(place: Place, code: str, schema: Any) -> dict[str, Any]:
    """Return the action that declares a status; `place` is the operation."""
    reply: dict[str, Any] = {"description": _phrase(code)}
    if schema is not None:
        if place.form == "swagger":
            reply["schema"] = schema
        else:
            reply["content"] = {JSON: {"schema": schema}}
    return {"target": f"{place.path}.responses", "update": {code: reply}}


def media_type(place: Place, kind: str, schema: Any) -> dict[str, Any]:
    """Return the action that declares a media type; `place` is the reply."""
    if place.form == "swagger" and "schema" not in place.node:
        return {"target": place.path, "update": {"schema": schema}}
    if place.form == "swagger":
        operation = place.beside(*place.keys[:3])
        known = operation.node.get("produces")
        shared = place.tree.get("produces")
        more = [] if isinstance(known, list) else [*shared] if isinstance(shared, list) else []
        return {"target": operation.path, "update": {"produces": [*more, kind]}}
    if schema is None:
        schema = {"type": "string"}
        schema |= {} if kind.startswith("text/") else {"format": "binary"}
    return {"target": place.path, "update": {"content": {kind: {"schema": schema}}}}


def _phrase(code: str) -> str:
    try:
        return HTTPStatus(int(code)).phrase
    except ValueError:
        return f"Status {code}"
