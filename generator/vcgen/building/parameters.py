"""Parameters become arguments: where they go, and how arrays and objects are written there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcgen import ir
from vcgen.building.clashes import settled_arguments
from vcgen.building.constraints import Facts, facts_of
from vcgen.building.context import Context
from vcgen.building.fixed import FixedValues
from vcgen.building.located import LocatedOperation
from vcgen.building.media import may_be_json
from vcgen.building.openapi import ANYTHING, Node, Parameter, Schema, extension
from vcgen.building.schemas import Schemas
from vcgen.building.styles import QUERY_STYLES, default_style, in_path, style_of
from vcgen.building.unions import as_argument, optional, without_null
from vcgen.errors import EXCLUDE
from vcgen.records import replace
from vcgen.text import marks, naming, templates
from vcgen.text.pointers import escaped
from vcgen.text.tokens import is_token

# How arrays and objects can be written; first as it is where the document does not say
# (OpenAPI 3.2, section 4.12.3).
_STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": QUERY_STYLES,
    "header": ("simple",),
    "cookie": ("form", "cookie"),
}
# What belongs to the HTTP message itself is no parameter (OpenAPI 3.1, 4.8.12.1).
_NO_PARAMETERS = frozenset({"accept", "authorization", "content-type"})

# What a server answers with 304 if nothing has changed (RFC 9110, sections 13.1.2 and 13.1.3).
_CONDITIONS = frozenset({"if-none-match", "if-modified-since"})


class Parameters:
    """The arguments of the operations."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._fixed = FixedValues(context, schemas.registry)

    def fixed_query(self, source: LocatedOperation) -> tuple[ir.FixedQuery, ...]:
        """Return what the path key prescribes for the query."""
        return tuple(
            ir.FixedQuery(parameter.name, (parameter.param_schema.enum or [""])[0])
            for parameter, _ in self._given(source)
            if extension(parameter, marks.FIXED) and isinstance(parameter.param_schema, Schema)
        )

    def arguments(self, source: LocatedOperation, owner: str) -> tuple[ir.Parameter, ...]:
        """Return the arguments of an operation, in the order of the document."""
        found: list[tuple[ir.Parameter, str]] = []
        for parameter, pointer in self._given(source):
            place = parameter.param_in.value
            is_header = place == "header" and parameter.name.lower() in _NO_PARAMETERS
            if extension(parameter, marks.FIXED) or is_header:
                continue
            argument = self._argument(parameter, pointer, owner)
            found.append((_in_template(argument, source.path), pointer))
        arguments = settled_arguments(self._context, found)
        self._refuse_other_variables(source, arguments)
        return arguments

    def _refuse_other_variables(
        self, source: LocatedOperation, found: Iterable[ir.Parameter]
    ) -> None:
        """Refuse a path whose variables are not its path parameters."""
        declared = {one.spec_name for one in found if one.location == "path"}
        variables = {*map(templates.name_of, templates.variables(source.path))}
        for name in sorted(declared ^ variables):
            said = "is not a path parameter" if name in variables else "is not in the path"
            self._context.refuse(
                source.pointer,
                f'"{name}" {said} of {source.name}',
                "each variable of a path needs a path parameter of the same name",
            )

    def is_conditional(self, source: LocatedOperation) -> bool:
        """Tell whether callers can ask only for what has changed (RFC 9110, section 13)."""
        return any(
            parameter.param_in.value == "header" and parameter.name.lower() in _CONDITIONS
            for parameter, _ in self._given(source)
        )

    def _given(self, source: LocatedOperation) -> Iterator[tuple[Parameter, str]]:
        """Yield the parameters of the operation, and those of its path that it does not replace."""
        own = list(enumerate(source.operation.parameters or []))
        shared = list(enumerate(source.item.parameters or []))
        at_path = f"#/paths/{escaped(source.path)}/parameters"
        seen: set[tuple[str, str]] = set()
        for nodes, at in ((own, f"{source.pointer}/parameters"), (shared, at_path)):
            for index, node in nodes:
                parameter: Parameter
                parameter, pointer = self._context.resolve(node, f"{at}/{index}")
                place = parameter.param_in.value
                # The names of headers are the same in any capitals (RFC 9110, section 5.1).
                name = parameter.name.lower() if place == "header" else parameter.name
                key = (name, place)
                if key not in seen or extension(parameter, marks.FIXED):
                    yield parameter, pointer
                seen.add(key)

    def _argument(self, parameter: Parameter, pointer: str, owner: str) -> ir.Parameter:
        node, at = parameter.param_schema or ANYTHING, f"{pointer}/schema"
        place = parameter.param_in.value
        style: ir.Style | None = style_of(parameter, _STYLES[place][0])
        if stated := extension(parameter, marks.STYLE):
            style = default_style(stated)
        for media_type, media in (parameter.content or {}).items():
            node = media.media_type_schema or ANYTHING
            at = f"{pointer}/content/{escaped(media_type)}/schema"
            style = ir.Style("json") if may_be_json(media_type) else None
        type_ = self._schemas.type_in(node, at, f"{owner}.{parameter.name}")
        type_ = without_null(type_) if place == "path" else type_  # null has no place in a path
        type_ = as_argument(type_)
        self._refuse_style(style, type_, pointer)
        if style is None and place == "cookie":
            # The text of a media type is the caller's (OpenAPI 3.2, Appendix D).
            style = default_style("cookie")
        name = templates.name_of(parameter.name) if place == "path" else parameter.name
        if place == "header" and not is_token(name):
            message = f'a required header cannot have the name "{name}"'
            self._context.refuse(pointer, message, f"correct the name, or {EXCLUDE}")
        facts = self._facts(parameter, node, type_)
        is_given = parameter.required
        fixed = self._fixed.of(node, type_, None, is_required=True) if is_given else None
        return ir.Parameter(
            naming.argument_name(name),
            name,
            type_ if parameter.required else optional(type_),
            parameter.required and not fixed,
            self._context.docs.of_argument(parameter.name, parameter.description),
            place,
            self._needed(style, type_, _STYLES[place][0]),
            fixed,
            is_secret=self._schemas.hiding.is_secret(node),
            **facts,
        )

    def _facts(self, parameter: Parameter, node: Node, type_: ir.Type) -> Facts:
        facts = facts_of(self._context, self._schemas.limiting, node, type_)
        return {**facts, "deprecated": facts["deprecated"] or parameter.deprecated}

    def _needed(self, style: ir.Style | None, type_: ir.Type, usual: str) -> ir.Style | None:
        """Return the style where it makes a difference."""
        if style is None or style.safe or style.name in {"label", "matrix", "cookie", "json"}:
            return style
        is_usual = style == default_style(usual) or not _is_compound(type_, self._schemas)
        return None if is_usual else style

    def _refuse_style(self, style: ir.Style | None, type_: ir.Type, pointer: str) -> None:
        if style is None and _is_compound(type_, self._schemas):
            message = "an array or object in a media type other than JSON is not supported yet"
            self._context.refuse(pointer, message, EXCLUDE)


def _in_template(argument: ir.Parameter, key: str) -> ir.Parameter:
    """Return an argument as the path key has it: `{path*}` stands for several segments."""
    if argument.location != "path":
        return argument
    spans = any(
        templates.name_of(variable) == argument.spec_name and templates.spans_segments(variable)
        for variable in templates.variables(key)
    )
    if not argument.style and not spans:
        return argument
    return replace(argument, style=in_path(argument.style or default_style("simple"), spans=spans))


def _is_compound(type_: ir.Type, schemas: Schemas) -> bool:
    """Tell whether a value may be an array or object."""
    if type_.kind in (ir.TypeKind.LIST, ir.TypeKind.MAP) or type_ == ir.ANY:
        return True
    if type_.kind is ir.TypeKind.UNION:
        return any(_is_compound(one, schemas) for one in type_.arguments)
    return type_.kind is ir.TypeKind.CLASS and not isinstance(
        schemas.registry.get(type_.name), ir.EnumClass
    )
