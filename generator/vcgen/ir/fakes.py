"""Fakes: what the fake server of a package knows of its document, beside types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vcgen.ir.client import Client
from vcgen.ir.models import Definition, Struct
from vcgen.ir.operations import Operation
from vcgen.ir.resources import Resource
from vcgen.records import Record

_KEYWORDS = frozenset(
    {"maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"}
    | {"minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"}
    | {"minProperties", "maxProperties", "enum"}
)
# What their limits are: what several of them come to as one text cannot be checked.
_TYPES = {"enum": tuple, "pattern": str}
# What reads a body that an encoder has made.
_READERS = {
    **{"JsonBody": "json_in", "LinesBody": "lines_in"},
    **{"FormBody": "form_in", "MultipartBody": "multipart_in"},
}


class Together(str):
    """Several limits of one keyword, which hold together, as a text for people."""


class Limit(Record):
    """The limits of a value.

    Attributes:
        name: `resource.operation.argument`, `Class.field` or `Class`.
        keywords: The keywords that a program can check, and their limits.
    """

    name: str
    keywords: tuple[tuple[str, object], ...]


class FakedOperation(Record):
    """An operation of a fake server.

    Attributes:
        operation: The operation itself.
        class_name: Its class there.
        reader: What reads its body, "" if it has none.
    """

    operation: Operation
    class_name: str
    reader: str


class FakedResource(Record):
    """The operations of a fake server that belong together."""

    resource: Resource
    operations: tuple[FakedOperation, ...]


class Fake(Record):
    """A fake server.

    Attributes:
        bases: The classes of the run-time that it extends.
        resources: Its operations.
        limits: The limits of what requests carry.
    """

    bases: tuple[str, ...]
    resources: tuple[FakedResource, ...]
    limits: tuple[Limit, ...]


def fake_of(
    client: Client, resources: Iterable[Resource], definitions: Iterable[Definition]
) -> Fake:
    """Return the fake server of a package."""
    several = tuple(resources)
    faked = tuple(FakedResource(one, tuple(map(_faked, one.operations))) for one in several)
    arguments = [
        (f"{resource.attribute}.{operation.name}.{argument.name}", argument)
        for resource in several
        for operation in resource.operations
        for argument in operation.arguments
    ]
    own = (limit for name, one in arguments for limit in _limit_of(name, one.constraints))
    classes = (name for _, one in arguments for name in one.type.classes)
    inner = _limits_of_classes(classes, {one.name: one for one in definitions})
    return Fake(tuple(_bases(client)), faked, (*own, *inner))


def _bases(client: Client) -> list[str]:
    has_grants = any(scheme.grant for scheme in client.schemes)
    found = ["FakeGrants"] * has_grants + ["FakeSessions"] * (client.session is not None)
    return found or ["FakeCredentials" if client.schemes else "FakeTransport"]


def _faked(operation: Operation) -> FakedOperation:
    kind = "FakeStream" if operation.is_stream else "FakeOperation"
    if any(one.reader == "Binary" for one in operation.returns):
        kind = "FakeDownload"
    reader = _READERS.get(operation.body.encoder, "raw_in") if operation.body else ""
    return FakedOperation(operation, kind, reader)


def _limit_of(
    name: str, constraints: Iterable[tuple[str, object]], is_read_only: bool = False
) -> tuple[Limit, ...]:
    """Return the limits of a value, if there are any that a program can check."""
    access = (("readOnly", True),) * is_read_only
    found = (*((key, one) for key, one in constraints if _is_checkable(key, one)), *access)
    return (Limit(name, found),) if found else ()


def _is_checkable(key: str, limit: object) -> bool:
    *places, keyword = key.split(".")
    if keyword not in _KEYWORDS or {*places} - {"items", "values"} or isinstance(limit, Together):
        return False
    is_flag = keyword == "uniqueItems"
    return isinstance(limit, _TYPES.get(keyword, (int, float))) and (limit is True) is is_flag


def _limits_of_classes(
    names: Iterable[str], definitions: Mapping[str, Definition]
) -> tuple[Limit, ...]:
    """Return the limits of classes, of those that they mention, and of their fields."""
    reached: dict[str, Definition] = {}
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name in definitions and name not in reached:
            reached[name] = definitions[name]
            waiting += definitions[name].classes
    structs = [one for one in reached.values() if isinstance(one, Struct)]
    return tuple(
        limit
        for struct in sorted(structs, key=lambda one: one.name)
        for limit in (
            *_limit_of(struct.name, struct.constraints),
            *(
                limit
                for field in struct.fields
                for limit in _limit_of(
                    f"{struct.name}.{field.name}", field.constraints, field.access == "read"
                )
            ),
        )
    )
