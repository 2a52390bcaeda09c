"""Building: the validated document becomes the intermediate representation, every name final."""

from __future__ import annotations

from vcgen import ir
from vcgen.building.accepting import with_accepted
from vcgen.building.bases import with_base
from vcgen.building.clashes import refuse_chosen
from vcgen.building.client import build_client, build_schemes
from vcgen.building.context import Context, Options
from vcgen.building.cycles import without_cycles
from vcgen.building.failures import Failures
from vcgen.building.layout import arrange
from vcgen.building.openapi import OpenAPI
from vcgen.building.operations import Operations
from vcgen.building.pages import with_pages
from vcgen.building.registry import Registry
from vcgen.building.schemas import Schemas
from vcgen.building.servers import build_server, offered_servers
from vcgen.building.tables import Place, Table
from vcgen.building.tasks import with_tasks
from vcgen.building.waiters import with_waiters
from vcgen.records import replace
from vcgen.text import naming

__all__ = ["Options", "Place", "Table", "build"]


def build(document: OpenAPI, options: Options) -> ir.Package:
    """Return the package for every operation of a validated slice.

    Raises:
        SpecError: Something in the slice cannot be generated, or two names clash.
    """
    context = Context(document, options)
    schemas = Schemas(context)
    failures = Failures(context, schemas)
    schemes = build_schemes(context)
    names = {spec_name: scheme.name for spec_name, scheme in schemes.items()}
    server = build_server(document.servers, names.values())
    operations = Operations(context, schemas, failures, server)
    resources = operations.resources(names)
    server, resources = with_base(context, server, resources)
    client = build_client(context, schemes, server, resources)
    offered = offered_servers(document.servers)
    client = replace(client, servers=operations.servers, offered=offered)
    resources = with_tasks(context, operations.contents, resources)
    definitions = without_cycles(context, schemas.registry.definitions())
    errors = failures.errors(definitions)
    resources = with_waiters(context, resources, errors, definitions)
    resources = with_pages(context, resources, definitions)
    _refuse_shared_names(context, schemas.registry, definitions, errors, resources)
    context.raise_problems()
    definitions, resources = with_accepted(definitions, resources)
    package = arrange(client, errors, definitions, resources, options)
    return replace(package, flavours=options.flavours)


def _refuse_shared_names(
    context: Context,
    registry: Registry,
    definitions: tuple[ir.Definition, ...],
    errors: ir.Errors,
    resources: tuple[ir.Resource, ...],
) -> None:
    """Refuse a model that is called like an exception or a resource: modules import them all."""
    others = {error.name: "an exception" for error in errors.classes}
    others.update((name, "a resource") for one in resources for name in one.class_names)
    for node in definitions:
        if not naming.is_free_class(node.name):
            pointer = registry.pointer_of(node.name)
            refuse_chosen(context, pointer, node.name, "schemas", node.spec_name)
        elif what := others.get(node.name):
            context.refuse(
                registry.pointer_of(node.name),
                f'schema "{node.spec_name}" and {what} both become the class {node.name}',
                f'name it in the configuration: rename.schemas."{node.spec_name}" = "..."',
            )
