"""Building: the validated document becomes the intermediate representation, every name final."""

from __future__ import annotations

from generator import ir
from generator.building.client import build_client, build_schemes
from generator.building.context import Context, Options
from generator.building.failures import Failures
from generator.building.layout import arrange
from generator.building.operations import Operations
from generator.building.schemas import Schemas
from generator.openapi import OpenAPI

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
    errors = failures.errors()
    definitions = schemas.registry.definitions()
    context.raise_problems()
    return arrange(options.package, client, errors, definitions, resources, options.layout)
