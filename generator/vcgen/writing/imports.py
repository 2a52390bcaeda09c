"""Imports: which names each generated module takes from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from vcgen import ir

_STANDARD = {
    "Annotated": "typing",
    "Any": "typing",
    "AsyncIterator": "collections.abc",
    "Callable": "collections.abc",
    "ClassVar": "typing",
    "ContextVar": "contextvars",
    "Decimal": "decimal",
    "Generator": "collections.abc",
    "Generic": "typing",
    "IntEnum": "enum",
    "Iterable": "collections.abc",
    "Iterator": "collections.abc",
    "Mapping": "collections.abc",
    "Protocol": "typing",
    "Self": "typing",
    "Sequence": "collections.abc",
    "StrEnum": "enum",
    "TYPE_CHECKING": "typing",
    "TypeAlias": "typing",
    "TypeVar": "typing",
    "UUID": "uuid",
    "b64encode": "base64",
    "cache": "functools",
    "cast": "typing",
    "contextmanager": "contextlib",
    "dataclass": "dataclasses",
    "dataclass_transform": "typing",
    "date": "datetime",
    "datetime": "datetime",
    "field": "dataclasses",
    "get_args": "typing",
    "quote": "urllib.parse",
    "time": "datetime",
    "timedelta": "datetime",
    "unquote": "urllib.parse",
}


# What a module of models may build its classes upon.
_ALIASES = frozenset({"AwareDatetime", "IsoDuration"})
_BASES = frozenset({ir.MODEL, ir.OPEN_MODEL, "OpenEnum", "OpenIntEnum"})


@dataclass(frozen=True)
class Import:
    """`from module import names`, or without names `import module`."""

    module: str
    names: tuple[str, ...] = ()


Groups = tuple[tuple[Import, ...], ...]


def models_imports(module: ir.ModelModule) -> Groups:
    """Return what a module of models imports: standard library, msgspec, its siblings."""
    used, base = set(module.names), set[str]()
    msgspec = {"field"} if module.specifies_fields else set[str]()
    if module.unions:
        used |= {"TYPE_CHECKING", "TypeAlias"}
    if module.base is None:
        base = used & _ALIASES | {node.base for node in module.classes} & _BASES
        base |= {"alternatives"} if module.unions else set()
    else:
        of_base, of_msgspec = _base_imports(module.base)
        used, msgspec = used | of_base, msgspec | of_msgspec
    structs = _introspection(module.base) if module.base else set[str]()
    siblings = [Import(".", (f"{name} as _{name}",)) for name in module.siblings]
    re = [Import("re")] if module.base and module.base.has_durations else []
    return _groups(
        [*re, *_standard(used)],
        [*_module("msgspec", msgspec), *_module("msgspec.structs", structs)],
        [*siblings, *_module("._base", base)],
    )


def _base_imports(base: ir.Base) -> tuple[set[str], set[str]]:
    """Return what the base of the models needs of the standard library, and of msgspec."""
    used, msgspec = set[str](), set[str]()
    if base.has_structs:
        msgspec.add("Struct")
    if base.has_times:
        used |= {"Annotated", "datetime"}
        msgspec.add("Meta")
    if base.has_durations:
        used |= {"Any", "TYPE_CHECKING", "TypeAlias", "timedelta"}
        msgspec |= {"ValidationError", "convert"}
    if base.has_string_enums:
        used |= {"Self", "StrEnum"}
    if base.has_integer_enums:
        used |= {"IntEnum", "Self"}
    if base.has_unions:
        used |= {"Any", "Callable", "cache", "cast"}
        msgspec |= {"Struct", "ValidationError", "convert"}
    if base.has_open_structs:
        used |= {"Any", "ClassVar", "cache", "dataclass_transform", "get_args"}
        msgspec |= {"Struct", "ValidationError", "convert", "defstruct", "field"}
    return used, msgspec


def _introspection(base: ir.Base) -> set[str]:
    """Return what the base of the models needs to look into objects."""
    found = {"fields"} if base.has_unions or base.has_open_structs else set[str]()
    return found | ({"FieldInfo", "asdict"} if base.has_open_structs else set())


def operations_imports(package: ir.Package, module: ir.OperationModule) -> Groups:
    """Return what a module of operations imports: standard library, then its siblings."""
    operations = [one for resource in module.resources for one in resource.operations]
    bodies = [one.declared for o in operations for one in o.declares]
    types = [type_ for operation in operations for type_ in operation.types]
    types += [answer.type for operation in operations for answer in operation.returns]
    used = set(ir.names_of(types + (bodies if package.errors.is_mixed else [])))
    raised = {failure.exception for operation in operations for failure in operation.raises}
    wire = {"AsyncSend", "Call", "Send"} | ({"Download"} & used)
    wire |= {answer.reader for operation in operations for answer in operation.returns}
    wire |= {operation.body.encoder for operation in operations if operation.body}
    styled = [operation for operation in operations if operation.is_styled]
    wire |= {"Style", "Styled"} if styled else set()
    wire |= {"Style"} if any(one.body and one.body.styled for one in operations) else set()
    up = module.up
    return _groups(
        [*map(Import, module.homes_of_hidden), *_standard(used)],
        [
            *_module(f"{up}_wire", wire),
            *_module(f"{up}errors", raised),
            *_models(package, used, up),
        ],
    )


def _models(package: ir.Package, used: Iterable[str], up: str) -> list[Import]:
    """Return the imports of models from their modules."""
    wanted = set(used)
    found: list[Import] = []
    for module in package.model_modules:
        own = {node.name for node in module.definitions}
        own |= module.base.aliases if module.base else set()
        path = module.path.removesuffix(".py").replace("/", ".")
        found += _module(f"{up}{path}", wanted & own)
    return found


def errors_imports(package: ir.Package) -> Groups:
    """Return what the module of the exceptions imports."""
    errors = package.errors
    bodies = [*errors.bodies, *(body for error in errors.classes for body in error.bodies)]
    used = {"Any"} | ir.names_of(bodies) | {message.body for message in errors.messages}
    used |= {"ClassVar", "cast"} if errors.bodies else set()
    return _groups(_standard(used), _models(package, used, "."))


def wire_imports(package: ir.Package) -> Groups:
    """Return what the module that talks HTTP imports."""
    wire = package.wire
    used = {"Any", "ContextVar", "Generator", "Generic", "Iterator", "Mapping", "Protocol"}
    used |= {"Sequence", "TypeAlias", "TypeVar", "contextmanager", "dataclass", "field", "quote"}
    used |= {"b64encode"} if package.client.has_basic else set()
    used |= {"AsyncIterator", "Self"} if wire.binary else set()
    used |= {"Iterable", "Self", "cast"} if wire.multipart_body else set()
    used |= {"cast"} if wire.styled else set()
    used |= {"unquote"} if wire.styled_parts else set()
    base = ".models._base" if package.is_split else ".models"
    errors = {"ApiError", "TransportError", "UnexpectedResponse"}
    errors |= {"KINDS"} if package.errors.discriminators else set()
    hooks = [wire.models.decoder, wire.models.encoder]
    hooks += [ir.OPEN_MODEL] if wire.multipart_body and wire.models.has_open_structs else []
    return _groups(
        _standard(used),
        [
            Import("httpx2"),
            Import("msgspec"),
            *_module("msgspec.structs", ["fields"] if wire.multipart_body else []),
        ],
        [*_module(".errors", errors), *_module(base, filter(None, hooks))],
    )


def _standard(used: Iterable[str]) -> list[Import]:
    by_module: dict[str, list[str]] = {}
    for name in used:
        if name in _STANDARD:
            by_module.setdefault(_STANDARD[name], []).append(name)
    return [Import(module, tuple(by_module[module])) for module in sorted(by_module)]


def _module(module: str, names: Iterable[str]) -> list[Import]:
    found = tuple(names)
    return [Import(module, found)] if found else []


def _groups(*groups: list[Import]) -> Groups:
    return tuple(tuple(group) for group in groups if group)
