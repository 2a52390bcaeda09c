"""The objects of OpenAPI 3.1.1 (section 4.8) as far as they are built from.

OpenAPI 3.0 is read with the same classes: every keyword of 3.0 that means the same is there, and
the one that does not (`nullable`) is kept beside them. Path items have the operations of 3.2.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, TypeAlias

from vcgen.building.structuring import Declared

Number: TypeAlias = int | float | bool  # OpenAPI 3.0 writes `exclusiveMaximum: true`
Count: TypeAlias = Annotated[Number, lambda value: value >= 0 and value % 1 == 0]
Step: TypeAlias = Annotated[Number, lambda value: value > 0]
Choices: TypeAlias = Annotated[list[Any], bool]
# What is only for people.
Words: TypeAlias = dict[str, Any]


class DataType(enum.StrEnum):
    """The types of JSON Schema (draft 2020-12, validation, section 6.1.1)."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    OBJECT = "object"
    ARRAY = "array"
    NULL = "null"


class ParameterLocation(enum.StrEnum):
    """Where a parameter is sent."""

    QUERY = "query"
    HEADER = "header"
    PATH = "path"
    COOKIE = "cookie"


class Reference(Declared):
    """A `$ref`; what stands beside it is in `extra`."""

    ALIASES: ClassVar[Mapping[str, str]] = {"ref": "$ref"}

    ref: str
    summary: str | None = None
    description: str | None = None


class Discriminator(Declared):
    """The property that tells alternatives apart."""

    propertyName: str
    mapping: dict[str, str] | None = None
    defaultMapping: str | None = None


class Schema(Declared):
    """A schema, which is no reference."""

    ALIASES: ClassVar[Mapping[str, str]] = {
        "schema_not": "not",
        "schema_if": "if",
        "schema_else": "else",
        "schema_format": "format",
    }

    allOf: list[Schema | Reference] | None = None
    anyOf: list[Schema | Reference] | None = None
    oneOf: list[Schema | Reference] | None = None
    schema_not: Schema | Reference | None = None
    schema_if: Schema | Reference | None = None
    then: Schema | Reference | None = None
    schema_else: Schema | Reference | None = None
    dependentSchemas: dict[str, Schema | Reference] | None = None
    prefixItems: list[Schema | Reference] | None = None
    items: Schema | Reference | None = None
    contains: Schema | Reference | None = None
    properties: dict[str, Schema | Reference] | None = None
    patternProperties: dict[str, Schema | Reference] | None = None
    additionalProperties: Schema | Reference | bool | None = None
    propertyNames: Schema | Reference | None = None
    unevaluatedItems: Schema | Reference | None = None
    unevaluatedProperties: Schema | Reference | None = None
    type: DataType | list[DataType] | None = None
    enum: Choices | None = None
    const: Any = None
    multipleOf: Step | None = None
    maximum: Number | None = None
    exclusiveMaximum: Number | None = None
    minimum: Number | None = None
    exclusiveMinimum: Number | None = None
    maxLength: Count | None = None
    minLength: Count | None = None
    pattern: str | None = None
    maxItems: Count | None = None
    minItems: Count | None = None
    uniqueItems: bool | None = None
    maxContains: Count | None = None
    minContains: Count | None = None
    maxProperties: Count | None = None
    minProperties: Count | None = None
    required: list[str] | None = None
    dependentRequired: dict[str, list[str]] | None = None
    schema_format: str | None = None
    contentEncoding: str | None = None
    contentMediaType: str | None = None
    contentSchema: Schema | Reference | None = None
    title: str | None = None
    description: str | None = None
    default: Any = None
    deprecated: bool | None = None
    readOnly: bool | None = None
    writeOnly: bool | None = None
    examples: list[Any] | None = None
    discriminator: Discriminator | None = None
    xml: Words | None = None
    externalDocs: Words | None = None
    example: Any = None


class Encoding(Declared):
    """How a part of a form is sent."""

    contentType: str | None = None
    headers: dict[str, Header | Reference] | None = None
    style: str | None = None
    explode: bool | None = None
    allowReserved: bool = False


class MediaType(Declared):
    """What a body of one media type is."""

    ALIASES: ClassVar[Mapping[str, str]] = {"media_type_schema": "schema"}

    media_type_schema: Schema | Reference | None = None
    example: Any = None
    examples: Words | None = None
    encoding: dict[str, Encoding] | None = None


class Header(Declared):
    """A header; what parameters have, too."""

    ALIASES: ClassVar[Mapping[str, str]] = {"param_schema": "schema"}

    description: str | None = None
    required: bool = False
    deprecated: bool = False
    style: str | None = None
    explode: bool | None = None
    param_schema: Schema | Reference | None = None
    example: Any = None
    examples: Words | None = None
    content: dict[str, MediaType] | None = None


class Parameter(Header):
    """A parameter."""

    ALIASES: ClassVar[Mapping[str, str]] = {"param_schema": "schema", "param_in": "in"}

    name: str
    param_in: ParameterLocation
    allowEmptyValue: bool = False
    allowReserved: bool = False


class RequestBody(Declared):
    """The body of a request."""

    description: str | None = None
    content: dict[str, MediaType]
    required: bool = False


class Response(Declared):
    """A response."""

    description: str
    headers: dict[str, Header | Reference] | None = None
    content: dict[str, MediaType] | None = None
    links: Words | None = None


class ServerVariable(Declared):
    """A part of a server's URL."""

    enum: list[str] | None = None
    default: str
    description: str | None = None


class Server(Declared):
    """A server."""

    url: str
    description: str | None = None
    variables: dict[str, ServerVariable] | None = None


class Operation(Declared):
    """An operation."""

    tags: list[str] | None = None
    summary: str | None = None
    description: str | None = None
    externalDocs: Words | None = None
    operationId: str | None = None
    parameters: list[Parameter | Reference] | None = None
    requestBody: RequestBody | Reference | None = None
    responses: dict[str, Response | Reference] | None = None
    callbacks: Words | None = None
    deprecated: bool = False
    security: list[dict[str, list[str]]] | None = None
    servers: list[Server] | None = None


class PathItem(Declared):
    """A path item, with the operations that OpenAPI 3.2 has and 3.1 has not.

    Attributes:
        query: The operation of the method QUERY.
        additionalOperations: Those of other methods, which are written as they are sent.
    """

    ALIASES: ClassVar[Mapping[str, str]] = {"ref": "$ref"}

    ref: str | None = None
    summary: str | None = None
    description: str | None = None
    get: Operation | None = None
    put: Operation | None = None
    post: Operation | None = None
    delete: Operation | None = None
    options: Operation | None = None
    head: Operation | None = None
    patch: Operation | None = None
    trace: Operation | None = None
    query: Operation | None = None
    additionalOperations: dict[str, Operation] | None = None
    servers: list[Server] | None = None
    parameters: list[Parameter | Reference] | None = None


class OAuthFlow(Declared):
    """A way to a token."""

    authorizationUrl: str | None = None
    tokenUrl: str | None = None
    refreshUrl: str | None = None
    scopes: dict[str, str] | None = None


class OAuthFlows(Declared):
    """The ways to a token."""

    implicit: OAuthFlow | None = None
    password: OAuthFlow | None = None
    clientCredentials: OAuthFlow | None = None
    authorizationCode: OAuthFlow | None = None


class SecurityScheme(Declared):
    """A security scheme."""

    ALIASES: ClassVar[Mapping[str, str]] = {"security_scheme_in": "in"}

    type: str
    description: str | None = None
    name: str | None = None
    security_scheme_in: str | None = None
    scheme: str | None = None
    bearerFormat: str | None = None
    flows: OAuthFlows | None = None
    openIdConnectUrl: str | None = None


class Components(Declared):
    """What the document refers to, by kind and name."""

    schemas: dict[str, Schema | Reference] | None = None
    responses: dict[str, Response | Reference] | None = None
    parameters: dict[str, Parameter | Reference] | None = None
    examples: Words | None = None
    requestBodies: dict[str, RequestBody | Reference] | None = None
    headers: dict[str, Header | Reference] | None = None
    securitySchemes: dict[str, SecurityScheme | Reference] | None = None
    links: Words | None = None
    callbacks: Words | None = None
    pathItems: dict[str, PathItem | Reference] | None = None


class Info(Declared):
    """What the API is."""

    title: str
    summary: str | None = None
    description: str | None = None
    termsOfService: str | None = None
    contact: Words | None = None
    license: Words | None = None
    version: str


class Tag(Declared):
    """A tag of operations."""

    name: str
    description: str | None = None
    externalDocs: Words | None = None


class OpenAPI(Declared):
    """A document."""

    openapi: str
    info: Info
    jsonSchemaDialect: str | None = None
    servers: list[Server] = [Server(url="/")]  # noqa: RUF012  # nobody changes it
    paths: dict[str, PathItem] | None = None
    webhooks: Words | None = None
    components: Components | None = None
    security: list[dict[str, list[str]]] | None = None
    tags: list[Tag] | None = None
    externalDocs: Words | None = None
