"""Fields that OpenAPI does not have: what they were meant to say is lost, and that is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.errors import Diagnostic, SpecError, close_matches
from vcgen.text.path_items import ADDITIONAL, METHODS

_ANYWHERE = frozenset({"$ref", "description", "example", "examples", "summary"})
_VALUE = {
    *("allowEmptyValue", "allowReserved", "content", "deprecated", "explode", "required"),
    *("schema", "style"),
}
# OpenAPI 3.2.0, section 4: the fixed fields of each object, of which older versions have some.
_FIELDS: Mapping[Kind, frozenset[str]] = {
    Kind.PATH_ITEM: METHODS | {ADDITIONAL, "parameters", "servers"},
    Kind.OPERATION: frozenset(
        {"callbacks", "deprecated", "externalDocs", "operationId", "parameters", "requestBody"}
        | {"responses", "security", "servers", "tags"}
    ),
    Kind.PARAMETER: frozenset(_VALUE | {"in", "name"}),
    Kind.HEADER: frozenset(_VALUE),
    Kind.REQUEST_BODY: frozenset({"content", "required"}),
    Kind.RESPONSE: frozenset({"content", "headers", "links"}),
    Kind.MEDIA_TYPE: frozenset(
        {"encoding", "itemEncoding", "itemSchema", "prefixEncoding", "schema"}
    ),
    Kind.ENCODING: frozenset(
        {"allowReserved", "contentType", "encoding", "explode", "headers", "itemEncoding"}
        | {"prefixEncoding", "style"}
    ),
    Kind.SECURITY_SCHEME: frozenset(
        {"bearerFormat", "deprecated", "flows", "in", "name", "oauth2MetadataUrl"}
        | {"openIdConnectUrl", "scheme", "type"}
    ),
}
# What changes what is sent or read: one that is but misspelt must not be passed over.
_WEIGHTY = frozenset(
    {"content", "parameters", "requestBody", "required", "responses", "schema", "security"}
)
_NEAR = 0.8


def _strange(kind: Kind, keys: Collection[str]) -> list[str]:
    known = _FIELDS[kind] | _ANYWHERE
    return [key for key in keys if key not in known and not key.startswith("x-")]


def _has_strange(kind: Kind, keys: Collection[str]) -> bool:
    return bool(_strange(kind, keys))


@dialect_pass(*_FIELDS, when=_has_strange)
def unknown_fields(node: Node, place: Place) -> Change | None:
    """Drop the fields that are not known, and say so.

    Raises:
        SpecError: One is what changes a call, misspelt.
    """
    strange = _strange(place.kind, node)
    for key in strange:
        near = close_matches(key, _FIELDS[place.kind] & _WEIGHTY, cutoff=_NEAR)
        if near and near[0] not in node:
            message = f"`{key}` is not a field of {place.kind.with_article}"
            hint = f"did the document mean `{near[0]}`?"
            raise SpecError(Diagnostic(message, place.pointer, hint))
    rest = {key: value for key, value in node.items() if key not in strange}
    return Change(
        rest, tuple(f"{place.kind.with_article} has no `{key}`: not read" for key in strange)
    )
