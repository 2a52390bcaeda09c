"""Listing: the operations of a package as plain data, for people who script against it."""

from __future__ import annotations

from typing import Any

from vcgen import ir


def operations(package: ir.Package) -> list[dict[str, Any]]:
    """Return a mapping for every operation; README.md says what is in it."""
    return [
        _operation(resource, operation)
        for resource in package.resources
        for operation in resource.operations
    ]


def _operation(resource: ir.Resource, operation: ir.Operation) -> dict[str, Any]:
    fixed = [{"name": one.name, "value": one.value} for one in operation.fixed_query]
    return {
        "operation": operation.key,
        "method": operation.method,
        "path": operation.path,
        "fixed_query": fixed,
        "operation_id": operation.operation_id or None,
        "tag": resource.spec_name,
        "client_method": f"{resource.attribute}.{operation.name}",
        "parameters": [_parameter(one) for one in operation.parameters],
        "request_body": _body(operation.body),
        "returns": operation.result.annotation,
        "replies": {str(one.status): _reply(one) for one in operation.returns},
        "errors": {str(one.status): _error(one) for one in operation.failures},
    }


def _parameter(parameter: ir.Parameter) -> dict[str, Any]:
    return {
        "name": parameter.spec_name,
        "argument": parameter.name,
        "in": parameter.location,
        "required": parameter.required,
        "type": parameter.type.annotation,
    }


def _body(body: ir.Body | None) -> dict[str, Any] | None:
    if body is None:
        return None
    return {
        "media_type": body.media_type,
        "required": body.argument.required,
        "type": body.argument.type.annotation,
    }


def _reply(answer: ir.Answer) -> dict[str, Any]:
    return {"media_type": answer.media_type or None, "type": answer.type.annotation}


def _error(failure: ir.Failure) -> dict[str, Any]:
    return {"exception": failure.exception, "type": failure.body.annotation}
