"""What a change is: where, what, and which of the two sides it breaks."""

from __future__ import annotations

from enum import StrEnum

from vcgen.records import Record, replace


class Kind(StrEnum):
    """What a change is about."""

    CLIENT = "client"
    OPERATION = "operation"
    PARAMETER = "parameter"
    BODY = "request body"
    REPLY = "reply"
    ERROR = "error"
    WAITER = "waiter"
    ITERATOR = "iterator"
    TASK = "task"
    EXCEPTION = "exception"
    CLASS = "class"
    FIELD = "field"
    ALTERNATIVE = "alternative"
    VALUE = "value"


class What(StrEnum):
    """What happened."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    TYPE = "type"
    REQUIRED = "required"
    ACCESS = "access"
    ABSENT = "absent"
    DEFAULT = "default"
    LOCATION = "location"
    FORMAT = "format"
    ORDER = "order"
    TAG = "tag"
    SECURITY = "security"
    CONSTRAINTS = "constraints"
    DEPRECATED = "deprecated"
    DOCUMENTATION = "documentation"


class Verdict(Record):
    """Whom a change breaks, and why.

    Attributes:
        wire: Whether the old client can no longer talk to the new server, if it reads strictly.
        callers: Whether code written against the old client no longer type-checks or runs against
            the new one.
        why: The reason, as a clause.
        is_forgiven: Whether a client that reads leniently gets over what breaks the wire.
    """

    wire: bool
    callers: bool
    why: str
    is_forgiven: bool = False

    @property
    def is_breaking(self) -> bool:
        """Whether it breaks anything."""
        return self.wire or self.callers

    @property
    def of_strict(self) -> bool:
        """Whether it breaks the wire for a client that reads strictly."""
        return self.wire or self.is_forgiven

    @property
    def of_lenient(self) -> Verdict:
        """The verdict on a change if the old client reads leniently."""
        if not (self.wire and self.is_forgiven):
            return self
        for_callers = self.why.rpartition("; ")[2]
        why = for_callers if self.callers else "the old client reads leniently, and reads what fits"
        return replace(self, wire=False, why=why)


class Change(Record):
    """One difference between an old client and a new one.

    Attributes:
        kind: What it is about.
        what: What happened.
        place: The method (`vm.get`), class or argument in Python's terms, by its old name.
        name: The parameter, field, status or value there, by its old Python name; "" where the
            change is about the place itself.
        spec_name: What it is in the document: `GET /path`, a schema, a property, a value.
        old: How it was, or "" where it was not there.
        new: How it is, or "" where it is gone.
        verdict: Whom it breaks, and why.
        cases: Under which conditions, in the words of the rules: `in a request`, `now required`.
        users: The methods that reach it, by their old names.
    """

    kind: Kind
    what: What
    place: str
    name: str
    spec_name: str
    old: str
    new: str
    verdict: Verdict
    cases: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The place with the name there, as one word: `VmInfo.status`, `vm.get(names)`."""
        if not self.name:
            return self.place
        if self.kind in {Kind.PARAMETER, Kind.BODY}:
            return f"{self.place}({self.name})"
        joint = " " if self.kind in {Kind.REPLY, Kind.ERROR} else "."
        return f"{self.place}{joint}{self.name}"
