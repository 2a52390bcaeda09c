"""Operations become functions and methods, grouped by tag into resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import ir, naming
from generator.building.context import Context
from generator.building.failures import Failures
from generator.building.schemas import Node, Schemas, optional
from generator.openapi import (
    ANYTHING,
    METHODS,
    MediaType,
    Operation,
    Parameter,
    PathItem,
    Response,
    Schema,
    extension,
    pointer_part,
)
from generator.prose import sentence

_SCALAR_KINDS = (ir.TypeKind.SCALAR, ir.TypeKind.CLASS)


@dataclass(frozen=True)
class Source:
    """An operation of the document and where it stands."""

    method: str
    path: str
    item: PathItem
    operation: Operation

    @property
    def pointer(self) -> str:
        """The JSON pointer of the operation."""
        return f"#/paths/{pointer_part(self.path)}/{self.method}"

    @property
    def tag(self) -> str:
        """The tag that the operation is filed under."""
        return (self.operation.tags or ["default"])[0]


def sources(context: Context) -> Iterator[Source]:
    """Yield the operations in the order of the document."""
    for path, item in (context.document.paths or {}).items():
        for method in METHODS:
            operation: Operation | None = getattr(item, method)
            if operation is not None:
                yield Source(method, path, item, operation)


class Operations:
    """The resources of the package."""

    def __init__(self, context: Context, schemas: Schemas, failures: Failures) -> None:
        self._context = context
        self._schemas = schemas
        self._failures = failures

    def resources(self, schemes: Mapping[str, str]) -> tuple[ir.Resource, ...]:
        """Return the operations by tag; `schemes` gives each security scheme's argument."""
        by_tag: dict[str, list[Source]] = {}
        for source in sources(self._context):
            by_tag.setdefault(source.tag, []).append(source)
        docs = {tag.name: tag.description for tag in self._context.document.tags or []}
        return tuple(
            self._resource(tag, docs.get(tag), group, schemes) for tag, group in by_tag.items()
        )

    def _resource(
        self, tag: str, doc: str | None, group: list[Source], schemes: Mapping[str, str]
    ) -> ir.Resource:
        options = self._context.options
        attribute = options.tags.get(tag) or naming.resource_attribute(tag, options.roots)
        methods: dict[str, Source] = {}
        operations: list[ir.Operation] = []
        for source in group:
            operation = self._operation(source, attribute, schemes)
            other = methods.setdefault(operation.name, source)
            if other is not source:
                self._context.refuse(
                    source.pointer,
                    f'"{other.method.upper()} {other.path}" and "{source.method.upper()} '
                    f'{source.path}" both become {attribute}.{operation.name}',
                    "name one in the configuration: rename.operations."
                    f'"{source.method.upper()} {source.path}" = "..."',
                )
            operations.append(operation)
        return ir.Resource(
            naming.resource_class(tag, options.roots),
            tag,
            attribute,
            sentence(doc) or f"Operations of {tag}.",
            tuple(operations),
        )

    def _operation(
        self, source: Source, attribute: str, schemes: Mapping[str, str]
    ) -> ir.Operation:
        name = self._name(source)
        path, _, _ = source.path.partition("?")
        operation = source.operation
        placed = self._parameters(source)
        returns, raises, raises_doc = self._responses(source)
        return ir.Operation(
            name=name,
            spec_name=operation.operationId or f"{source.method.upper()} {source.path}",
            function=f"_{attribute}_{name}",
            method=source.method.upper(),
            path=path,
            path_parameters=tuple(placed["path"]),
            query_parameters=tuple(placed["query"]),
            fixed_query=self._fixed_query(source),
            body=self._body(source),
            security=self._security(operation, schemes),
            returns=returns,
            raises=raises,
            result=_union(answer.type for answer in returns),
            doc=sentence(operation.description)
            or sentence(operation.summary)
            or f"Call {source.method.upper()} {path}.",
            raises_doc=raises_doc,
        )

    def _name(self, source: Source) -> str:
        renames = self._context.options.operations
        key = f"{source.method.upper()} {source.path}"
        operation_id = source.operation.operationId or ""
        return (
            renames.get(key)
            or renames.get(operation_id)
            or (naming.method_name(operation_id, source.tag) if operation_id else "")
            or naming.method_name_of_path(source.method, source.path)
        )

    def _given(self, source: Source) -> Iterator[tuple[Parameter, str]]:
        """Yield the parameters of the operation, and those of its path that it does not replace."""
        own = list(enumerate(source.operation.parameters or []))
        shared = list(enumerate(source.item.parameters or []))
        at_path = f"#/paths/{pointer_part(source.path)}/parameters"
        seen: set[tuple[str, str]] = set()
        for nodes, at in ((own, f"{source.pointer}/parameters"), (shared, at_path)):
            for index, node in nodes:
                parameter, pointer = self._context.resolve(node, f"{at}/{index}")
                key = (parameter.name, parameter.param_in)
                if key not in seen or extension(parameter, "x-vcgen-fixed"):
                    yield parameter, pointer
                seen.add(key)

    def _fixed_query(self, source: Source) -> tuple[ir.FixedQuery, ...]:
        return tuple(
            ir.FixedQuery(parameter.name, (parameter.param_schema.enum or [""])[0])
            for parameter, _ in self._given(source)
            if extension(parameter, "x-vcgen-fixed") and isinstance(parameter.param_schema, Schema)
        )

    def _parameters(self, source: Source) -> dict[str, list[ir.Parameter]]:
        placed: dict[str, list[ir.Parameter]] = {"path": [], "query": []}
        names: dict[str, str] = {}
        for parameter, pointer in self._given(source):
            if extension(parameter, "x-vcgen-fixed"):
                continue
            argument = self._parameter(parameter, pointer, source)
            if parameter.param_in not in placed:
                self._refuse(pointer, f'a parameter in "{parameter.param_in.value}"')
                continue
            other = names.setdefault(argument.name, argument.spec_name)
            if other != argument.spec_name:
                self._context.refuse(
                    pointer,
                    f'parameters "{other}" and "{argument.spec_name}" both become the argument '
                    f"{argument.name}",
                    f'name one in the configuration: rename.parameters."{argument.spec_name}"',
                )
            placed[parameter.param_in].append(argument)
        return placed

    def _parameter(self, parameter: Parameter, pointer: str, source: Source) -> ir.Parameter:
        owner = source.operation.operationId or f"{source.method} {source.path}"
        node = parameter.param_schema or ANYTHING
        type_ = self._schemas.type_of(node, f"{pointer}/schema", f"{owner}.{parameter.name}")
        if type_.kind not in _SCALAR_KINDS or self._schemas.struct(type_):
            self._refuse(f"{pointer}/schema", "an array or object as a parameter")
        renames = self._context.options.parameters
        return ir.Parameter(
            renames.get(parameter.name) or naming.argument_name(parameter.name),
            parameter.name,
            type_ if parameter.required else optional(type_),
            parameter.required,
            sentence(parameter.description),
        )

    def _body(self, source: Source) -> ir.Parameter | None:
        if source.operation.requestBody is None:
            return None
        body, pointer = self._context.resolve(
            source.operation.requestBody, f"{source.pointer}/requestBody"
        )
        found = self._json(body.content, pointer)
        if found is None:
            return None
        owner = source.operation.operationId or f"{source.method} {source.path}"
        type_ = self._schemas.type_of(*found, f"{owner}.body")
        required = bool(body.required)
        return ir.Parameter(
            "body",
            "body",
            type_ if required else optional(type_),
            required,
            sentence(body.description),
        )

    def _responses(
        self, source: Source
    ) -> tuple[tuple[ir.Answer, ...], tuple[ir.Failure, ...], tuple[ir.Raise, ...]]:
        answers: list[ir.Answer] = []
        failures: list[ir.Failure] = []
        docs: dict[str, str] = {}
        at = f"{source.pointer}/responses"
        for key, node in sorted((source.operation.responses or {}).items()):
            response, pointer = self._context.resolve(node, f"{at}/{key}")
            if key.startswith("2") and key.isdigit():
                answers.append(self._answer(int(key), response, pointer, source))
            elif key.isdigit():
                found = self._json(response.content or {}, pointer) or (None, pointer)
                failures.append(self._failures.failure(int(key), *found))
                doc = sentence(response.description)
                previous = docs.get(failures[-1].exception)
                docs[failures[-1].exception] = f"{previous} {doc}" if previous else doc
            elif key == "default":
                found = self._json(response.content or {}, pointer) or (None, pointer)
                if found[0] is not None:
                    self._failures.failure(500, *found)
            else:
                self._refuse(pointer, f'the status "{key}"')
        raised = tuple(failure for failure in failures if failure.exception != "ApiError")
        return tuple(answers), raised, tuple(ir.Raise(*item) for item in docs.items())

    def _answer(self, status: int, response: Response, pointer: str, source: Source) -> ir.Answer:
        found = self._json(response.content or {}, pointer) if response.content else None
        if found is None:
            return ir.Answer(status, "NoContent", ir.NONE)
        owner = source.operation.operationId or f"{source.method} {source.path}"
        type_ = self._schemas.type_of(*found, f"{owner}.response")
        return ir.Answer(status, "Json", type_)

    def _json(self, content: Mapping[str, MediaType], pointer: str) -> tuple[Node, str] | None:
        """Return the schema of the JSON form of a body, and refuse a body without one."""
        if not content:
            return None
        for media_type, media in content.items():
            bare = media_type.partition(";")[0].strip().lower()
            if bare == "application/json" or bare.endswith("+json"):
                at = f"{pointer}/content/{pointer_part(media_type)}/schema"
                return media.media_type_schema or ANYTHING, at
        self._refuse(f"{pointer}/content", "a body of " + ", ".join(content) + " alone")
        return None

    def _security(
        self, operation: Operation, schemes: Mapping[str, str]
    ) -> tuple[tuple[str, ...], ...]:
        security = operation.security
        if security is None:
            security = self._context.document.security or []
        alternatives = (
            tuple(schemes[name] for name in alternative if name in schemes)
            for alternative in security
        )
        return tuple(alternative for alternative in alternatives if alternative)

    def _refuse(self, pointer: str, what: str) -> None:
        self._context.refuse(
            pointer, f"{what} is not supported yet", "leave the operation out of the selection"
        )


def _union(types: Iterator[ir.Type]) -> ir.Type:
    parts = tuple(dict.fromkeys(types))
    if not parts:
        return ir.NONE
    return parts[0] if len(parts) == 1 else ir.Type(ir.TypeKind.UNION, arguments=parts)
