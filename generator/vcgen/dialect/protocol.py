"""What a dialect pass is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from vcgen.dialect.view import DocumentView
from vcgen.records import Record
from vcgen.text.keywords import TYPES
from vcgen.text.nodes import mapping, text

Node = Mapping[str, Any]


class Kind(StrEnum):
    """The kinds of node that OpenAPI tells apart, named as a message names them."""

    DOCUMENT = "document"
    INFO = "info object"
    SERVER = "server"
    TAG = "tag"
    PATH_ITEM = "path item"
    OPERATION = "operation"
    PARAMETER = "parameter"
    HEADER = "header"
    REQUEST_BODY = "request body"
    RESPONSE = "response"
    MEDIA_TYPE = "media type"
    ENCODING = "encoding"
    SCHEMA = "schema"
    SECURITY_SCHEME = "security scheme"
    OBJECT = "object"

    @property
    def with_article(self) -> str:
        """What messages call one of the kind."""
        return f"{'an' if self[0] in 'aeio' else 'a'} {self}"


class Repair(Record):
    """One defect of the document that was repaired.

    Attributes:
        name: Name of the pass.
        pointer: JSON pointer of the node.
        message: What was wrong and what became of it.
    """

    name: str
    pointer: str
    message: str


class Sessions(Record):
    """What is known of sessions where operations need one.

    Attributes:
        operations: The operations of the document that open and end one, such as `POST /session`.
        files: The names of the documents that have them elsewhere, the likeliest first.
    """

    operations: tuple[str, ...]
    files: tuple[str, ...]


class Place(NamedTuple):
    """Where the node stands that a pass looks at.

    Attributes:
        document: The whole document, as it came.
        kind: What the node is.
        pointer: JSON pointer of the node.
    """

    document: DocumentView
    kind: Kind
    pointer: str


class Change(Record):
    """The node that a pass puts in place of the one it was given.

    Attributes:
        node: The new node; the old one is untouched.
        repairs: A sentence for each defect repaired; none where a mere convention was written out.
    """

    node: Node
    repairs: tuple[str, ...] = ()


class Pass(Record):
    """A pure function from node to node, for some kinds of node; None means that nothing changes.

    A pass is idempotent, and raises SpecError where a repair would be a guess.

    Attributes:
        name: What messages call it.
        kinds: The kinds of node that it looks at.
        apply: The function.
        fields: Where it has none of these, a node is as it should be; none where that depends.
        when: Tells of a kind of node and of the keys that one has whether it may not be so.
    """

    name: str
    kinds: frozenset[Kind]
    apply: Callable[[Node, Place], Change | None]
    fields: frozenset[str] = frozenset()
    when: Callable[[Kind, Collection[str]], bool] | None = None

    def is_for(self, kind: Kind, keys: Collection[str]) -> bool:
        """Tell whether a node with these keys may need it."""
        if self.fields and self.fields.isdisjoint(keys):
            return False
        return self.when is None or self.when(kind, keys)

    def __call__(self, node: Node, place: Place) -> Change | None:
        """Look at one node."""
        return self.apply(node, place) if self.is_for(place.kind, node) else None


def dialect_pass(
    *kinds: Kind,
    fields: Iterable[str] = (),
    when: Callable[[Kind, Collection[str]], bool] | None = None,
) -> Callable[[Callable[[Node, Place], Change | None]], Pass]:
    """Make a pass of a function; its name is the function's.

    Args:
        kinds: The kinds of node that it looks at.
        fields: Where it has none of these, a node is as it should be.
        when: Tells of a kind of node and of the keys that one has whether it may not be so.
    """

    def decorate(function: Callable[[Node, Place], Change | None]) -> Pass:
        return Pass(function.__name__, frozenset(kinds), function, frozenset(fields), when)

    return decorate


def types_of(schema: Node) -> list[str]:
    """Return the types that a schema states, "" in place of what cannot be one."""
    stated = schema.get("type")
    return [text(one) for one in (stated if isinstance(stated, list) else [stated])]


def known_types(schema: Node) -> list[str]:
    """Return the types that a schema states, none unless OpenAPI has them all.

    One that has properties, and states no type, is an object.
    """
    found = types_of(schema)
    if found == [""] and mapping(schema.get("properties")):
        return ["object"]
    return found if TYPES.issuperset(found) else []


def alike(types: Iterable[str]) -> set[str]:
    """Return types with an integer as the number that it is."""
    return {"number" if one == "integer" else one for one in types}
