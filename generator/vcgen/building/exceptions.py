"""The exceptions: whatever the operations say of each, put together.

What an exception is depends on what the document says of that exception alone. Where fewer
operations are selected, less is said, and nothing is said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.registry import Registry
from vcgen.records import Record
from vcgen.text import naming
from vcgen.text.pointers import escaped

_MESSAGE_FIELDS = (
    *("default_message", "message", "detail", "error_description", "description", "title"),
    *("error_message", "reason", "error"),
)
_Place = tuple[int, int, str]
_TEXTS = ir.Type(ir.TypeKind.LIST, arguments=(ir.STR,))


class Cause(Record):
    """What an exception is raised for: a status, or an error of some kind.

    Attributes:
        exception: The name of the exception.
        doc: What is said of it.
        body: The type of the body that comes with it, None where nothing is said of that.
        kind: The discriminator's value that names it, or "" where the status alone does.
        spec_name: The schema of that kind of error, or "".
    """

    exception: str
    doc: str
    body: ir.Type
    kind: str = ""
    spec_name: str = ""


class Exceptions:
    """The exceptions of the package, made as operations declare what raises them."""

    def __init__(self, context: Context, registry: Registry) -> None:
        self._context = context
        self._registry = registry
        self._causes: dict[Cause, None] = {}
        self._bodies: set[ir.Type] = set()
        self._discriminators: set[str] = set()
        self._base_kinds: dict[str, str] = {}

    def add(self, cause: Cause) -> None:
        """Add what an exception is raised for."""
        self._causes[cause] = None

    def add_body(self, body: ir.Type) -> None:
        """Add what the body of some error is at least."""
        if body != ir.NONE:
            self._bodies.add(body)

    def add_discriminator(self, spec_name: str) -> None:
        """Add a property of bodies that names the kind of an error."""
        self._discriminators.add(spec_name)

    def add_base_kind(self, kind: str, spec_name: str) -> None:
        """Add a kind that is what all errors of a family are: it has no exception of its own."""
        self._base_kinds[kind] = spec_name

    def hierarchy(
        self, definitions: Iterable[ir.Definition], envelope: ir.ErrorEnvelope | None
    ) -> ir.Errors:
        """Return the exceptions, given the classes of the package in their order."""
        place = self._places(definitions)
        bodies = tuple(sorted(self._bodies, key=place))
        groups: dict[str, list[Cause]] = {}
        for cause in self._causes:
            groups.setdefault(cause.exception, []).append(cause)
        classes = [_exception(group, bodies, place) for group in groups.values()]
        self._refuse_shared_kinds(classes)
        found = [one for body in bodies for one in self._messages(body)]
        messages = [
            ir.Message(tuple(one.bodies[0] for one in group), *where)
            for where, group in groupby(found, key=lambda one: (one.list, one.text))
        ]
        discriminators = tuple(sorted(self._discriminators))
        return ir.Errors(
            bodies,
            discriminators,
            tuple(messages),
            tuple(classes),
            envelope,
            tuple(self._base_kinds),
            () if self._context.options.names_errors else naming.well_known_exceptions(),
        )

    def _places(self, definitions: Iterable[ir.Definition]) -> Callable[[ir.Type], _Place]:
        """Return where a type stands among others: what extends another before that, to be tried.

        The order does not depend on which operation came first, and so on which were selected.
        """
        order = {node.name: index for index, node in enumerate(definitions)}

        def place(body: ir.Type) -> _Place:
            struct = self._registry.struct(body)
            depth = len(self._registry.lineage(struct)) if struct else 0
            first = min((order[name] for name in body.classes if name in order), default=len(order))
            return -depth, first, body.annotation

        return place

    def _refuse_shared_kinds(self, classes: Iterable[ir.ErrorClass]) -> None:
        """Refuse a kind that two exceptions stand for: its name alone would not tell which."""
        known = dict(self._base_kinds)
        for error in classes:
            for kind in error.kinds:
                other = known.setdefault(kind, error.spec_name)
                if other != error.spec_name:
                    self._context.refuse(
                        f"#/components/schemas/{escaped(error.spec_name)}",
                        f'the kind "{kind}" belongs to both "{other}" and "{error.spec_name}"',
                        "put the operations that raise them into two clients",
                    )

    def _messages(self, body: ir.Type) -> list[ir.Message]:
        """Find the text for people: a field of the body, or of the items of one of its lists."""
        struct = self._registry.struct(body)
        if struct is None:
            return []
        for field in struct.fields:
            if not field.required or field.type.kind is not ir.TypeKind.LIST:
                continue
            item = self._registry.struct(field.type.arguments[0])
            if item and (text := _text_field(item, required=True)):
                return [ir.Message((struct.name,), field.name, text)]
        text = _text_field(struct)
        return [ir.Message((struct.name,), "", text)] if text else []


def _exception(
    causes: Iterable[Cause], common: tuple[ir.Type, ...], place: Callable[[ir.Type], _Place]
) -> ir.ErrorClass:
    """Return the exception for all these causes, given the bodies of any error."""
    causes = sorted(causes, key=lambda one: (not one.kind, place(one.body)))
    bodies = tuple(sorted({one.body for one in causes} - {ir.NONE}, key=place))
    return ir.ErrorClass(
        causes[0].exception,
        causes[0].spec_name,
        "\n\n".join(dict.fromkeys(one.doc for one in causes)),
        tuple(dict.fromkeys(one.kind for one in causes if one.kind)),
        () if bodies == common else bodies,
    )


def _text_field(struct: ir.Struct, *, required: bool = False) -> str:
    """Return the field of a class that most likely holds a text for people, or "".

    There is none if that field may hold several texts: whoever reads the JSON finds them.
    """
    texts = {
        field.spec_name: field
        for field in struct.fields
        if _holds_texts(field.type) and not (required and ir.NONE in field.type.alternatives)
    }
    found = next((texts[name] for name in _MESSAGE_FIELDS if name in texts), None)
    return found.name if found and _TEXTS not in found.type.alternatives else ""


def _holds_texts(type_: ir.Type) -> bool:
    """Return whether values of a type are a text or a list of texts, or None."""
    return type_ != ir.NONE and {ir.STR, _TEXTS, ir.NONE}.issuperset(type_.alternatives)
