"""What a document says of its operations, in one form for OpenAPI 3 and Swagger 2.0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from corpus_files import Node, made

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_STYLES = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_COLLECTIONS = {"csv": ("", False), "ssv": ("spaceDelimited", False), "multi": ("form", True)}
_COLLECTIONS |= {"pipes": ("pipeDelimited", False)}
_TRUE = (True, "true")  # one of the documents has it as a string
# These headers are no parameters, by the words of the standard.
_NO_PARAMETERS = {"accept", "content-type", "authorization"}


@dataclass(frozen=True)
class Parameter:
    """A parameter: `style` is `json` where it has a media type in place of a style."""

    name: str
    place: str
    required: bool
    schema: Node
    style: str
    explode: bool

    @property
    def is_fixed(self) -> bool:
        """Whether its schema lists one value alone."""
        schema = self.schema.resolved()
        return "const" in schema or len(schema.get("enum") or ()) == 1


@dataclass(frozen=True)
class Operation:
    """An operation.

    Attributes:
        path: The template, without what the path key holds of a query.
        fixed: What the path key holds of a query.
        bodies: The schema of the body by media type; None where there is none.
        replies: For each status, the schema by media type.
        security: Alternatives, each the security schemes that go together; None: nothing is said.
    """

    method: str
    path: str
    fixed: tuple[tuple[str, str], ...]
    parameters: tuple[Parameter, ...]
    bodies: dict[str, Node | None]
    body_required: bool
    replies: dict[str, dict[str, Node | None]]
    security: list[list[dict[str, Any]]] | None

    @property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        """What no other operation shares."""
        return self.method, self.path, tuple(sorted(self.fixed))

    @property
    def name(self) -> str:
        """What it is called in a message."""
        query = "&".join(f"{name}={value}" for name, value in self.fixed)
        return f"{self.method} {self.path}" + (f"?{query}" if query else "")


def operations(document: Node) -> Iterator[Operation]:
    """Yield the operations of a document."""
    read = _read_2 if "swagger" in document else _read_3
    for path, shell in document.children("paths"):
        item = shell.resolved()
        for method in METHODS:
            if method in item and not path.startswith("x-"):
                yield read(document, path, item, method)


def _split(path: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    template, _, query = path.partition("?")
    return template, tuple(parse_qsl(query, keep_blank_values=True))


def _parameters(item: Node, operation: Node) -> list[Node]:
    """Return the parameters of an operation, and those of its path that it does not replace."""
    found: dict[tuple[str, str], Node] = {}
    for place in (item, operation):
        for _, shell in place.children("parameters"):
            node = shell.resolved()
            found[node.value["in"], node.value["name"]] = node
    return [
        node
        for (place, name), node in found.items()
        if place != "header" or name.lower() not in _NO_PARAMETERS
    ]


def _security(document: Node, operation: Node) -> list[list[dict[str, Any]]] | None:
    stated = operation.get("security")
    stated = document.get("security") if stated is None else stated
    if "swagger" in document:
        schemes = document.get("securityDefinitions") or {}
    else:
        schemes = (document.get("components") or {}).get("securitySchemes") or {}
    if stated is None:
        return None
    return [[schemes[name] for name in one if name in schemes] for one in stated]


def _read_3(document: Node, path: str, item: Node, method: str) -> Operation:
    operation = item[method]
    template, fixed = _split(path)
    body = _body_3(operation)
    return Operation(
        method.upper(),
        template,
        fixed,
        tuple(map(_parameter_3, _parameters(item, operation))),
        _contents(body) if body else {},
        bool(body and body.get("required")),
        {status: _contents(reply.resolved()) for status, reply in operation.children("responses")},
        _security(document, operation),
    )


def _body_3(operation: Node) -> Node | None:
    if "requestBody" not in operation:
        return None
    shell = operation["requestBody"]
    try:
        return shell.resolved()
    except KeyError:
        # The 7.0.3 documents refer to bodies that are not there, by the name of a schema that is.
        name = str(shell.get("$ref")).rpartition("/")[2]
        schema = {"$ref": f"{shell.file}#/components/schemas/{name}"}
        content = {"application/json": {"schema": schema}}
        return made({"content": content, "required": True})


def _contents(node: Node) -> dict[str, Node | None]:
    return {
        media_type: media["schema"] if has_schema else None
        for media_type, media in node.children("content")
        for has_schema in ["schema" in media]
    }


def _parameter_3(node: Node) -> Parameter:
    value = node.value
    style = value.get("style") or _STYLES[value["in"]]
    explode = value.get("explode")
    explode = style in {"form", "deepObject"} if explode is None else explode
    schema = node["schema"] if "schema" in node else made({})
    for _, media in node.children("content"):
        schema, style = media["schema"] if "schema" in media else made({}), "json"
    required = value.get("required") in _TRUE or value["in"] == "path"
    return Parameter(value["name"], value["in"], required, schema, style, explode)


def _read_2(document: Node, path: str, item: Node, method: str) -> Operation:
    operation = item[method]
    # `basePath` is a part of the URL of the server, for which each client is given another here.
    template, fixed = _split(path)
    nodes = _parameters(item, operation)
    consumes = operation.get("consumes") or document.get("consumes") or ["application/json"]
    produces = operation.get("produces") or document.get("produces") or ["application/json"]
    bodies: dict[str, Node | None] = {}
    for node in nodes:
        if node.value["in"] == "body":
            bodies = dict.fromkeys(consumes, node["schema"])
    fields = [node for node in nodes if node.value["in"] == "formData"]
    if fields:
        has_file = any(node.value.get("type") == "file" for node in fields)
        multipart = has_file or "multipart/form-data" in consumes
        form = "multipart/form-data" if multipart else "application/x-www-form-urlencoded"
        bodies = {form: made(_form(fields))}
    in_body = [node for node in nodes if node.value["in"] in {"body", "formData"}]
    return Operation(
        method.upper(),
        template,
        fixed,
        tuple(_parameter_2(node) for node in nodes if node not in in_body),
        bodies,
        any(node.value.get("required") in _TRUE for node in in_body),
        {
            status: _reply_2(reply.resolved(), produces)
            for status, reply in operation.children("responses")
        },
        _security(document, operation),
    )


def _reply_2(reply: Node, produces: list[str]) -> dict[str, Node | None]:
    if "schema" not in reply:
        return {}
    return dict.fromkeys(produces, reply["schema"])


def _schema_2(node: Node) -> dict[str, Any]:
    """Return the schema that a parameter of Swagger 2.0 is at the same time."""
    others = {"name", "in", "required", "collectionFormat", "description", "allowEmptyValue"}
    schema = {key: value for key, value in node.value.items() if key not in others}
    return {**schema, "type": "string", "format": "binary"} if schema["type"] == "file" else schema


def _form(fields: list[Node]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {node.value["name"]: _schema_2(node) for node in fields},
        "required": [node.value["name"] for node in fields if node.value.get("required") in _TRUE],
    }


def _parameter_2(node: Node) -> Parameter:
    value = node.value
    style, explode = _COLLECTIONS.get(value.get("collectionFormat") or "csv", ("", False))
    style = style or _STYLES[value["in"]]
    required = value.get("required") in _TRUE
    return Parameter(value["name"], value["in"], required, made(_schema_2(node)), style, explode)
