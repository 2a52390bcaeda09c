"""Objects that are sent as text: forms, and objects in a URL or a header.

A number in a form is the text that it is written as, which a server that expects text reads as
well. In JSON, it is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from vcgen import ir
from vcgen.comparing.changes.types import Reader, without_none
from vcgen.comparing.changes.view import View

_FORMS = frozenset({"FormBody", "MultipartBody"})
_EXPLODED = ir.Style("form", explode=True)


class Textual:
    """The classes of a client that are sent as text, and in no other way."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._senders: dict[str, list[ir.Body | ir.Parameter]] = {}
        self._others: list[ir.Type] = []
        for method in view.methods:
            for one in method.operation.parameters:
                is_json = one.style is not None and one.style.name == "json"
                self._note(one, one.type, is_text=not is_json)
            if body := method.operation.body:
                self._note(body, body.argument.type, is_text=body.encoder in _FORMS)
        for name in self._elsewhere():
            self._senders.pop(name, None)

    def _note(self, sender: ir.Body | ir.Parameter, type_: ir.Type, *, is_text: bool) -> None:
        node = self._view.classes.get(without_none(type_).name)
        if is_text and isinstance(node, ir.Struct):
            self._senders.setdefault(node.name, []).append(sender)
            self._others += [one.type for one in self._view.fields(node).values()]
        else:
            self._others.append(type_)

    def _elsewhere(self) -> set[str]:
        """Return the classes that are sent as JSON, or inside others."""
        waiting = sorted({name for one in self._others for name in one.classes})
        found: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name not in found and name in self._view.classes:
                found.add(name)
                waiting += sorted(self._view.classes[name].classes)
        return found

    def readers(self, name: str, field: ir.Field) -> list[Reader]:
        """Return who reads a field of a class, for each place where it is sent."""
        senders = self._senders.get(name, [])
        if not senders or not _is_plain(self._view, field.type):
            return [Reader.SERVER]
        return [_reader(one, field) for one in senders]

    def has(self, name: str) -> bool:
        """Tell whether a class is sent as text alone."""
        return name in self._senders


def reader_of(one: ir.Parameter) -> Reader:
    """Return who reads a parameter that is not the body."""
    if one.location == "body" or (one.style and one.style.name == "json"):
        return Reader.SERVER
    is_repeated = one.style in (None, _EXPLODED) and one.location in {"query", "cookie"}
    return Reader.ITEMS if is_repeated else Reader.TEXT


def worst(readers: Iterable[Reader]) -> Reader:
    """Return who of several readers takes the least for the same as before."""
    order = (Reader.SERVER, Reader.TEXT, Reader.PARTS, Reader.ITEMS)
    found = {*readers}
    return next(one for one in order if one in found)


def _reader(sender: ir.Body | ir.Parameter, field: ir.Field) -> Reader:
    if isinstance(sender, ir.Parameter):
        return Reader.TEXT
    encodings = (one for one in sender.encodings if one.spec_name == field.spec_name)
    encoding = next(encodings, ir.Encoding(field.spec_name))
    if encoding.media_types and "bytes" not in field.type.names:
        return Reader.SERVER
    if sender.is_multipart:
        return Reader.PARTS
    return Reader.ITEMS if encoding.style in (None, _EXPLODED) else Reader.TEXT


def _is_plain(view: View, type_: ir.Type) -> bool:
    """Tell whether the values of a type are written as they are, and not as JSON."""
    parts = without_none(type_).alternatives
    items = [
        item
        for one in parts
        for item in (one.arguments if one.kind is ir.TypeKind.LIST else (one,))
    ]
    return all(
        (one.kind is ir.TypeKind.SCALAR and one != ir.ANY)
        or isinstance(view.classes.get(one.name), ir.EnumClass)
        for one in items
    )
