"""Building: the validated document becomes the intermediate representation, every name final."""

from __future__ import annotations

from generator import ir
from generator.building.circles import without_circles
from generator.building.client import build_client, build_schemes
from generator.building.context import Context, Options
from generator.building.failures import Failures
from generator.building.layout import arrange
from generator.building.operations import Operations
from generator.building.schemas import Schemas
from generator.openapi import OpenAPI, pointer_part

__all__ = ["Options", "build"]


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
    resources = Operations(context, schemas, failures).resources(names)
    client = build_client(context, schemes, resources)
    definitions = without_circles(context, schemas.registry.definitions())
    errors = failures.errors(definitions)
    _refuse_shared_names(context, definitions, errors, resources)
    context.raise_problems()
    return arrange(options.package, client, errors, definitions, resources, options.layout)


def _refuse_shared_names(
    context: Context,
    definitions: tuple[ir.Definition, ...],
    errors: ir.Errors,
    resources: tuple[ir.Resource, ...],
) -> None:
    """Refuse a model that is called like an exception or a resource: modules import them all."""
    others = {error.name: "an exception" for error in errors.classes}
    others.update((name, "a resource") for one in resources for name in one.class_names)
    for node in definitions:
        if what := others.get(node.name):
            context.refuse(
                f"#/components/schemas/{pointer_part(node.spec_name)}",
                f'schema "{node.spec_name}" and {what} both become the class {node.name}',
                f'name it in the configuration: rename.schemas."{node.spec_name}" = "..."',
            )
