"""Imports: which names each generated module takes from where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator import ir

_STANDARD = {
    "Annotated": "typing",
    "Any": "typing",
    "ClassVar": "typing",
    "Self": "typing",
    "StrEnum": "enum",
    "UUID": "uuid",
    "date": "datetime",
    "datetime": "datetime",
}
_MSGSPEC = frozenset({"Meta", "Struct", "field"})


@dataclass(frozen=True)
class Import:
    """`from module import names`, or without names `import module`."""

    module: str
    names: tuple[str, ...] = ()


Groups = tuple[tuple[Import, ...], ...]


def models_imports(package: ir.Package) -> Groups:
    """Return what the module of the models imports: standard library, then msgspec."""
    fields = [field for struct in package.structs for field in struct.fields]
    used = set(ir.names_of(field.type for field in fields))
    if package.structs:
        used.add("Struct")
    if any(field.is_renamed for field in fields):
        used.add("field")
    if package.enums:
        used |= {"Self", "StrEnum"}
    if package.has_times:
        used |= {"Annotated", "Meta", "datetime"}
    return _groups(_standard(used), _module("msgspec", used & _MSGSPEC))


def operations_imports(package: ir.Package) -> Groups:
    """Return what the module of the operations imports: standard library, then its siblings."""
    operations = package.operations
    used = set(ir.names_of(type_ for operation in operations for type_ in operation.types))
    classes = {node.name for node in package.definitions} | {"AwareDatetime"}
    readers = {answer.reader for operation in operations for answer in operation.returns}
    raised = {failure.exception for operation in operations for failure in operation.raises}
    hidden = any(resource.hides_builtins for resource in package.resources)
    return _groups(
        [*([Import("builtins")] if hidden else []), *_standard(used)],
        [
            *_module("._wire", {"AsyncSend", "Call", "Send"} | readers),
            *_module(".errors", raised),
            *_module(".models", used & classes),
        ],
    )


def errors_imports(package: ir.Package) -> Groups:
    """Return what the module of the exceptions imports."""
    errors = package.errors
    bodies = {error.body for error in errors.classes if error.body} | {errors.body} - {""}
    used = {"ClassVar"} if errors.body else {"Any", "ClassVar"}
    return _groups(_standard(used), _module(".models", bodies))


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
