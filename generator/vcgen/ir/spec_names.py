"""Names of the document: what the things of a package are called there, by their kind."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from vcgen.ir.models import Struct

if TYPE_CHECKING:
    from vcgen.ir.package import Package


def spec_names(package: Package) -> Mapping[str, Set[str]]:
    """Return the names that a document gives to what a package has.

    Returns:
        The names of `schemas` and of `tags`; of `operations` as `GET /path` and as operationId; of
        `properties` as `Schema.name`; of `parameters` with and without the place, as `query.name`.
    """
    operations = [one for resource in package.resources for one in resource.operations]
    structs = [node for node in package.definitions if isinstance(node, Struct)]
    parameters = [one for operation in operations for one in operation.parameters]
    return {
        "schemas": {node.spec_name for node in package.definitions},
        "tags": {resource.spec_name for resource in package.resources},
        "operations": {name for one in operations for name in (one.key, one.operation_id or "")},
        "properties": {
            f"{struct.spec_name}.{field.spec_name}" for struct in structs for field in struct.fields
        },
        "parameters": {
            name
            for one in parameters
            for name in (one.spec_name, f"{one.location}.{one.spec_name}")
        },
    }
