"""Request bodies, of a body parameter or of the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vcgen.reading.swagger2.context import Context, Media, shared_name
from vcgen.reading.swagger2.forms import form
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.parameters import Listed
from vcgen.reading.swagger2.simple_values import is_of_value
from vcgen.reading.swagger2.values import extensions, is_required, refusal, stated_schema
from vcgen.text.pointers import child

_ONE_BODY = "keep one body parameter, or only form fields"


def request_body(
    context: Context, parts: Sequence[Listed], media: Media, spot: Spot
) -> dict[str, Any]:
    """Return the request body that the body and form parameters of an operation make.

    Raises:
        SpecError: They contradict each other, or OpenAPI 3 cannot say it.
    """
    bodies = [part for part in parts if part.node["in"] == "body"]
    if bodies and len(bodies) < len(parts):
        message = "the operation has a body and form fields, but can send only one of them"
        raise refusal(message, bodies[0].pointer, _ONE_BODY)
    bodies = _telling(context, bodies, spot)
    if len(bodies) > 1:
        message = f"the operation has {len(bodies)} body parameters"
        raise refusal(message, bodies[1].pointer, _ONE_BODY)
    if not bodies:
        fields = Spot(parts[0].pointer.rpartition("/")[0], spot.target)
        return form(context, parts, media, fields)
    (body,) = bodies
    name = shared_name(body.entry, "parameters")
    if name is not None and media.of_bodies == context.media.of_bodies:
        context.notes.moved(Spot(body.pointer, spot.target))
        return {"$ref": f"#/components/requestBodies/{name}"}
    place = Spot(body.found.pointer, spot.target)
    return body_parameter(context, body.node, media.of_bodies, place)


def _telling(context: Context, bodies: list[Listed], spot: Spot) -> list[Listed]:
    """Return the only body that says what it holds: LXD names what else can be sent beside it."""
    telling = [
        one for one in bodies if any(key == "schema" or is_of_value(key) for key in one.node)
    ]
    if len(telling) != 1:
        return bodies
    for one in bodies:
        if one is not telling[0]:
            message = "a second body does not say what it holds: left out"
            context.notes.repair(Spot(one.pointer, spot.target), message)
    return telling


def body_parameter(
    context: Context, node: Mapping[str, Any], consumes: Sequence[str], spot: Spot
) -> dict[str, Any]:
    """Return the request body of a body parameter.

    Raises:
        SpecError: The parameter cannot be understood.
    """
    context.notes.moved(spot)
    body = {"description": node["description"]} if "description" in node else {}
    schema = _body_schema(context, node, spot)
    media = {} if schema is None else {"schema": schema}
    body["content"] = {media_type: dict(media) for media_type in consumes}
    if "required" in node:
        body["required"] = is_required(node, spot, context.notes)
    return body | extensions(node)


def _body_schema(context: Context, node: Mapping[str, Any], spot: Spot) -> Any:
    if "schema" in node:
        pointer = child(spot.source, "schema")
        return context.schemas.convert(stated_schema(node["schema"], pointer))
    keywords = {key: value for key, value in node.items() if is_of_value(key)}
    if not keywords:
        return None
    names = ", ".join(keywords)
    context.notes.repair(spot, f"the body has no `schema`: read from {names} beside it")
    return context.schemas.convert(keywords)
