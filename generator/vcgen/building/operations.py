"""Operations become functions and methods, grouped by tag into resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from vcgen import ir
from vcgen.building.contents import Contents
from vcgen.building.context import Context
from vcgen.building.failures import Failures
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.openapi import Operation, Response
from vcgen.building.parameters import Parameters
from vcgen.building.schemas import Schemas
from vcgen.building.unions import join
from vcgen.text import naming
from vcgen.text.prose import sentence


class Operations:
    """The resources of the package."""

    def __init__(self, context: Context, schemas: Schemas, failures: Failures) -> None:
        self._context = context
        self._failures = failures
        self._parameters = Parameters(context, schemas)
        self._contents = Contents(context, schemas)

    def resources(self, schemes: Mapping[str, str]) -> tuple[ir.Resource, ...]:
        """Return the operations by tag; `schemes` gives each security scheme's argument."""
        by_tag: dict[str, list[LocatedOperation]] = {}
        for source in located_operations(self._context):
            by_tag.setdefault(source.resource, []).append(source)
        docs = {tag.name: tag.description for tag in self._context.document.tags or []}
        found: dict[str, ir.Resource] = {}
        for tag, group in by_tag.items():
            resource = self._resource(tag, docs.get(group[0].tag), group, schemes)
            other = found.setdefault(resource.attribute, resource)
            if other is not resource:
                self._context.refuse(
                    group[0].pointer,
                    f'tags "{other.spec_name}" and "{tag}" both become the resource '
                    f"{resource.attribute}",
                    f'name one in the configuration: rename.tags."{tag}" = "..."',
                )
        return tuple(found.values())

    def _resource(
        self, tag: str, doc: str | None, group: list[LocatedOperation], schemes: Mapping[str, str]
    ) -> ir.Resource:
        options = self._context.options
        attribute = options.tags.get(tag) or naming.resource_attribute(tag, options.roots)
        methods: dict[str, LocatedOperation] = {}
        operations: list[ir.Operation] = []
        for source in group:
            operation = self._operation(source, attribute, schemes)
            other = methods.setdefault(operation.name, source)
            if other is not source:
                self._context.refuse(
                    source.pointer,
                    f'"{other.name}" and "{source.name}" both become '
                    f"{attribute}.{operation.name}",
                    f'name one in the configuration: rename.operations."{source.name}" = "..."',
                )
            operations.append(operation)
        return ir.Resource(
            naming.resource_class(options.tags.get(tag) or tag, options.roots),
            tag,
            attribute,
            sentence(doc) or f"Operations of {tag}.",
            tuple(operations),
        )

    def _operation(
        self, source: LocatedOperation, attribute: str, schemes: Mapping[str, str]
    ) -> ir.Operation:
        name = self._name(source)
        path, _, _ = source.path.partition("?")
        operation = source.operation
        owner = f"{attribute}.{name}"
        returns, failures, raises_doc = self._responses(source, owner)
        parameters = self._parameters.arguments(source, owner)
        hidden = [argument.name for argument in parameters]
        return ir.Operation(
            name=name,
            key=source.name,
            operation_id=operation.operationId or "",
            function=f"_{attribute}__{name}",
            method=source.method.upper(),
            path=path,
            parameters=parameters,
            fixed_query=self._parameters.fixed_query(source),
            body=self._contents.body(source, owner),
            security=self._security(operation, schemes),
            returns=tuple(replace(one, type=one.type.beside(hidden)) for one in returns),
            failures=tuple(replace(f, declared=f.declared.beside(hidden)) for f in failures),
            result=join(answer.type for answer in returns),
            doc=self._doc(operation, source.method.upper(), path),
            raises_doc=raises_doc,
            deprecated=bool(operation.deprecated),
        )

    def _doc(self, operation: Operation, method: str, path: str) -> str:
        doc = sentence(operation.description) or sentence(operation.summary)
        return doc or f"Call {method} {path}."

    def _name(self, source: LocatedOperation) -> str:
        renames = self._context.options.operations
        operation_id = source.operation.operationId or ""
        return (
            renames.get(source.name)
            or renames.get(operation_id)
            or (naming.method_name(operation_id, source.tag) if operation_id else "")
            or naming.method_name_of_path(source.method, source.path)
        )

    def _responses(
        self, source: LocatedOperation, owner: str
    ) -> tuple[tuple[ir.Answer, ...], tuple[ir.Failure, ...], tuple[ir.Raise, ...]]:
        answers: list[ir.Answer] = []
        failures: list[ir.Failure] = []
        docs: dict[str, str] = {}
        responses = source.operation.responses or {}
        successes = _successes(responses)
        for key, node in sorted(responses.items()):
            response: Response
            response, pointer = self._context.resolve(node, f"{source.pointer}/responses/{key}")
            status = int(key) if key.isdigit() else key if key == "default" else key.upper()
            if key in successes:
                answers.append(self._contents.answer(status, source, response, pointer, owner))
            if key.startswith(("4", "5")) or key == "default":
                found = self._contents.error(response, pointer)
                failures.append(self._failures.failure(status, *found, owner))
                for name, doc in self._failures.reasons(failures[-1], response.description):
                    docs[name] = f"{docs[name]} {doc}" if docs.get(name) else doc
        self._failures.complete(failures)
        if not answers:
            # The document declares nothing of a success, so there is nothing to read.
            answers.append(ir.Answer("2XX", "NoContent", ir.NONE))
        raises = (ir.Raise(name, doc) for name, doc in docs.items() if doc)
        return tuple(answers), tuple(failures), tuple(raises)

    def _security(
        self, operation: Operation, schemes: Mapping[str, str]
    ) -> tuple[tuple[str, ...], ...]:
        security = operation.security
        if security is None:
            security = self._context.document.security or []
        alternatives = [
            tuple(schemes[name] for name in alternative if name in schemes)
            for alternative in security
        ]
        # That none are needed too is the last resort, for the first that is complete is sent.
        return tuple(sorted(alternatives, key=lambda one: not one)) if any(alternatives) else ()


def _successes(responses: Mapping[str, object]) -> list[str]:
    """Return the statuses that mean success: where none of 2xx is declared, what may come then."""
    for wanted in ("2", "3", "default"):
        if found := [key for key in responses if key.startswith(wanted)]:
            return found
    return []
