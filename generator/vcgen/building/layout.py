"""Layout: a small package has one module of models and one of operations, a large one many.

A class stands in the module named after the first word of its name, or the one configured for its
first words, so that its place depends on nothing else; what extends another class stands beside it.
Operations stand by tag.
"""

from __future__ import annotations

from vcgen import ir
from vcgen.building.context import Options
from vcgen.text import naming

# Beyond these, one file is no pleasure to read, and not to load either.
_MANY_OPERATIONS = 60
_MANY_DEFINITIONS = 150
_BASE = "_base"


def arrange(
    client: ir.Client,
    errors: ir.Errors,
    definitions: tuple[ir.Definition, ...],
    resources: tuple[ir.Resource, ...],
    options: Options,
) -> ir.Package:
    """Return the package, flat or split as the options say or, if they do not, by its size."""
    operations = sum(len(resource.operations) for resource in resources)
    is_large = operations > _MANY_OPERATIONS or len(definitions) > _MANY_DEFINITIONS
    is_split = options.layout == "split" or (options.layout == "auto" and is_large)
    if not is_split:
        doc = "Models: the objects and enumerations of the API."
        models = (ir.ModelModule("models.py", doc, is_base=True, definitions=definitions),)
        doc = "Operations: requests and responses, by resource."
        found = (ir.OperationModule("operations.py", doc, resources),)
        return ir.Package(options.package, client, errors, models, found, is_split)
    modules = tuple(
        ir.OperationModule(
            f"operations/{resource.attribute}.py",
            "Operations of a resource: requests and responses.",
            (resource,),
        )
        for resource in resources
    )
    return ir.Package(
        options.package,
        client,
        errors,
        _model_modules(definitions, options),
        modules,
        is_split,
    )


def _model_modules(
    definitions: tuple[ir.Definition, ...], options: Options
) -> tuple[ir.ModelModule, ...]:
    homes = _homes(definitions, options)
    groups: dict[str, list[ir.Definition]] = {}
    for node in definitions:
        groups.setdefault(homes[node.name], []).append(node)
    doc = "Bases of the models."
    modules = [ir.ModelModule(f"models/{_BASE}.py", doc, is_base=True, definitions=())]
    for module, nodes in sorted(groups.items(), key=lambda group: ir.natural(group[0])):
        mentioned = frozenset[str]().union(*(node.classes for node in nodes))
        siblings = {homes[name] for name in mentioned if name in homes} - {module}
        modules.append(
            ir.ModelModule(
                f"models/{module}.py",
                _about(module),
                False,
                tuple(node.seen_from(module, homes) for node in nodes),
                tuple(sorted(siblings, key=ir.natural)),
            )
        )
    return tuple(modules)


def _about(module: str) -> str:
    if module == naming.OTHER_MODELS:
        return "Models that are in no other module."
    return f"Models whose names begin with {module.rstrip('_')}."


def _homes(definitions: tuple[ir.Definition, ...], options: Options) -> dict[str, str]:
    """Return the module of each class, and of each second name of one."""
    bases = {node.name: node.base for node in definitions if isinstance(node, ir.Struct)}

    def home(name: str) -> str:
        # A class is made from its base, which must be there first.
        if bases.get(name) in bases:
            return home(bases[name])
        return naming.model_module(name, options.qualifiers, options.modules)

    names = {node.name: node.name for node in definitions}
    names.update((node.like, node.name) for node in definitions if node.like)
    return {name: home(of) for name, of in names.items()}
