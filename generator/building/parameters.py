"""Parameters become arguments: where they go, and how arrays and objects are written there."""

from __future__ import annotations

from collections.abc import Iterator

from generator import ir, naming
from generator.building.context import Context
from generator.building.schemas import Schemas
from generator.building.source import Source
from generator.building.unions import optional
from generator.openapi import ANYTHING, Parameter, Schema, extension, pointer_part
from generator.prose import sentence

# How arrays and objects are written where the document does not say (OpenAPI 3.1, 4.8.12.2.1).
_DEFAULT_STYLE = {
    "path": ("simple", False),
    "query": ("form", True),
    "header": ("simple", False),
    "cookie": ("form", True),
}
# What belongs to the HTTP message itself is no parameter (OpenAPI 3.1, 4.8.12.1).
_NO_PARAMETERS = frozenset({"accept", "authorization", "content-type"})


class Parameters:
    """The arguments of the operations."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas

    def fixed_query(self, source: Source) -> tuple[ir.FixedQuery, ...]:
        """Return what the path key prescribes for the query."""
        return tuple(
            ir.FixedQuery(parameter.name, (parameter.param_schema.enum or [""])[0])
            for parameter, _ in self._given(source)
            if extension(parameter, "x-vcgen-fixed") and isinstance(parameter.param_schema, Schema)
        )

    def arguments(self, source: Source, owner: str) -> tuple[ir.Parameter, ...]:
        """Return the arguments of an operation, in the order of the document."""
        found: dict[str, ir.Parameter] = {}
        for parameter, pointer in self._given(source):
            place = parameter.param_in.value
            is_header = place == "header" and parameter.name.lower() in _NO_PARAMETERS
            if extension(parameter, "x-vcgen-fixed") or is_header:
                continue
            argument = self._argument(parameter, pointer, owner)
            other = found.setdefault(argument.name, argument)
            if other is not argument:
                self._refuse_clash(other, argument, pointer)
        return tuple(found.values())

    def _given(self, source: Source) -> Iterator[tuple[Parameter, str]]:
        """Yield the parameters of the operation, and those of its path that it does not replace."""
        own = list(enumerate(source.operation.parameters or []))
        shared = list(enumerate(source.item.parameters or []))
        at_path = f"#/paths/{pointer_part(source.path)}/parameters"
        seen: set[tuple[str, str]] = set()
        for nodes, at in ((own, f"{source.pointer}/parameters"), (shared, at_path)):
            for index, node in nodes:
                parameter: Parameter
                parameter, pointer = self._context.resolve(node, f"{at}/{index}")
                key = (parameter.name, parameter.param_in)
                if key not in seen or extension(parameter, "x-vcgen-fixed"):
                    yield parameter, pointer
                seen.add(key)

    def _argument(self, parameter: Parameter, pointer: str, owner: str) -> ir.Parameter:
        node, at = parameter.param_schema or ANYTHING, f"{pointer}/schema"
        place = parameter.param_in.value
        default = _DEFAULT_STYLE[place]
        style = parameter.style or default[0]
        explode = parameter.explode
        explode = (style in {"form", "deepObject"}) if explode is None else explode
        for media_type, media in (parameter.content or {}).items():
            node = media.media_type_schema or ANYTHING
            at = f"{pointer}/content/{pointer_part(media_type)}/schema"
            style, explode = "json", False
        type_ = self._schemas.type_of(node, at, f"{owner}.{parameter.name}")
        is_usual = (style, explode) == default or not _is_compound(type_, self._schemas)
        return ir.Parameter(
            self._context.options.parameters.get(parameter.name)
            or naming.argument_name(parameter.name),
            parameter.name,
            type_ if parameter.required else optional(type_),
            parameter.required,
            sentence(parameter.description),
            place,
            "" if is_usual and style not in {"label", "matrix", "json"} else style,
            explode,
        )

    def _refuse_clash(self, one: ir.Parameter, other: ir.Parameter, pointer: str) -> None:
        self._context.refuse(
            pointer,
            f'parameters "{one.spec_name}" ({one.location}) and "{other.spec_name}" '
            f"({other.location}) both become the argument {one.name}",
            f'name one in the configuration: rename.parameters."{other.spec_name}" = "..."',
        )


def _is_compound(type_: ir.Type, schemas: Schemas) -> bool:
    """Tell whether a value may be an array or object."""
    if type_.kind in (ir.TypeKind.LIST, ir.TypeKind.MAP) or type_ == ir.ANY:
        return True
    if type_.kind is ir.TypeKind.UNION:
        return any(_is_compound(one, schemas) for one in type_.arguments)
    return type_.kind is ir.TypeKind.CLASS and not isinstance(
        schemas.registry.get(type_.name), ir.EnumClass
    )
