"""Imports: which names each generated module takes from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import ir

_STANDARD = {
    "Annotated": "typing",
    "Any": "typing",
    "AsyncIterator": "collections.abc",
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
    "cast": "typing",
    "contextmanager": "contextlib",
    "dataclass": "dataclasses",
    "date": "datetime",
    "datetime": "datetime",
    "field": "dataclasses",
    "quote": "urllib.parse",
    "time": "datetime",
    "timedelta": "datetime",
}


@dataclass(frozen=True)
class Import:
    """`from module import names`, or without names `import module`."""

    module: str
    names: tuple[str, ...] = ()


Groups = tuple[tuple[Import, ...], ...]


def models_imports(package: ir.Package) -> Groups:
    """Return what the module of the models imports: standard library, then msgspec."""
    fields = [field for struct in package.structs for field in struct.fields]
    inside = [type_ for union in package.unions for type_ in union.types]
    used = set(ir.names_of([*(field.type for field in fields), *inside]))
    msgspec = {"Struct"} if package.structs else set[str]()
    if any(field.is_renamed for field in fields):
        msgspec.add("field")
    if package.has_times:
        used |= {"Annotated", "datetime"}
        msgspec.add("Meta")
    if package.enums:
        used.add("Self")
    if package.has_string_enums:
        used.add("StrEnum")
    if package.has_integer_enums:
        used.add("IntEnum")
    if package.unions:
        used |= {"Any", "TYPE_CHECKING", "TypeAlias", "cast"}
        msgspec |= {"ValidationError", "convert"}
    return _groups(_standard(used), _module("msgspec", msgspec))


def operations_imports(package: ir.Package) -> Groups:
    """Return what the module of the operations imports: standard library, then its siblings."""
    operations = package.operations
    mixed = package.errors.is_mixed
    bodies = [one.body for o in operations for one in o.error_bodies] if mixed else []
    signatures = [type_ for operation in operations for type_ in operation.types]
    answers = [answer.type for operation in operations for answer in operation.returns]
    used = set(ir.names_of([*signatures, *answers, *bodies]))
    classes = {node.name for node in package.definitions} | {"AwareDatetime"}
    raised = {failure.exception for operation in operations for failure in operation.raises}
    hidden = any(resource.hides_builtins for resource in package.resources)
    wire = {"AsyncSend", "Call", "Send"} | package.wire.readers | package.wire.encoders
    wire |= {"Styled"} if package.wire.styled else set()
    wire |= {"Download"} & used
    return _groups(
        [*([Import("builtins")] if hidden else []), *_standard(used)],
        [
            *_module("._wire", wire),
            *_module(".errors", raised),
            *_module(".models", used & classes),
        ],
    )


def errors_imports(package: ir.Package) -> Groups:
    """Return what the module of the exceptions imports."""
    errors = package.errors
    bodies = {error.body for error in errors.classes} | {errors.body}
    bodies |= {message.body for message in errors.messages}
    names = ir.names_of(errors.bodies)
    classes = {node.name for node in package.definitions}
    standard = {"ClassVar"} if errors.body else {"Any"} if not errors.bodies else set(names)
    return _groups(_standard(standard), _module(".models", (bodies | names) & classes))


def wire_imports(package: ir.Package) -> Groups:
    """Return what the module that talks HTTP imports."""
    wire = package.wire
    used = {"Any", "ContextVar", "Generator", "Generic", "Iterator", "Mapping", "Protocol"}
    used |= {"Sequence", "TypeAlias", "TypeVar", "contextmanager", "dataclass", "field", "quote"}
    used |= {"b64encode"} if package.client.has_basic else set()
    used |= {"AsyncIterator", "Self"} if wire.binary else set()
    used |= {"Iterable", "Self", "cast"} if wire.multipart_body else set()
    errors = {"ApiError", "TransportError", "UnexpectedResponse"}
    errors |= {"KINDS"} if package.errors.kinds else set()
    return _groups(
        _standard(used),
        [
            Import("httpx2"),
            Import("msgspec"),
            *_module("msgspec.structs", ["fields"] if wire.multipart_body else []),
        ],
        [*_module(".errors", errors), *_module(".models", ["decode_union"] if wire.unions else [])],
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
