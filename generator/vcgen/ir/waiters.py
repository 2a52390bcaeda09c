"""Waiters: what of an operation can be waited for."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen.ir.docs import Documented, Section
from vcgen.ir.errors import ANY_ERROR
from vcgen.ir.operations import Operation
from vcgen.ir.types import NONE, Type, TypeKind
from vcgen.records import Record, replace

Value = str | int | float | bool

_FLOAT = Type(TypeKind.SCALAR, "float")


class Fact(Record):
    """What is said of something, as an argument of its class.

    Attributes:
        is_name: Whether the value is the name of a class.
    """

    name: str
    value: Value | tuple[Value, ...]
    is_name: bool = False

    @property
    def class_name(self) -> str:
        """The name of the class that it is."""
        return str(self.value)

    @property
    def is_list(self) -> bool:
        """Whether there are several values."""
        return isinstance(self.value, tuple)


class Match(Record):
    """A condition that a response can meet.

    Attributes:
        exception: The exception that it is, "" where it is a value.
        statuses: The statuses to match; empty to match all.
        path: The fields that lead to a property of the value, or of the body of the error.
        values: The values to match; None to match every value.
        after: Seconds for which responses must meet the condition.
        hint: What this means, or "".
        reason: The fields that lead to a property with the reason.
    """

    exception: str = ""
    statuses: tuple[int, ...] = ()
    path: tuple[str, ...] = ()
    values: tuple[Value, ...] | None = None
    after: float = 0
    hint: str = ""
    reason: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What of this is not as usual."""
        usual = Match()
        every: tuple[Fact, ...] = (
            Fact("error", self.exception, is_name=True),
            *(
                Fact(name, getattr(self, name))
                for name in ("statuses", "path", "values", "after", "hint", "reason")
                if getattr(self, name) != getattr(usual, name)
            ),
        )
        return every if self.exception else every[1:]

    @property
    def told(self) -> str:
        """What it is, as a part of a sentence."""
        parts = [self.exception] if self.exception not in {"", ANY_ERROR} else []
        if self.statuses:
            parts.append(f"the status is {_either(map(str, self.statuses))}")
        if self.path:
            values = map(_shown, self.values) if self.values is not None else ["set"]
            parts.append(f"`{'.'.join(self.path)}` is {_either(values)}")
        lasting = f" for {self.after:g} seconds" if self.after else ""
        return " where ".join(parts or ["any error"]) + lasting


class Waiter(Documented, Record):
    """What is waited for: an operation is called until its answer looks like that.

    Attributes:
        name: The method.
        operation: The operation, typed as the method is.
        success: The conditions that end the wait with a result.
        failure: The conditions that end it with `WaitFailed`.
        retry: The errors that do not end it.
        interval: The seconds of the first pause between two calls.
        longest: Seconds of the longest pause.
        timeout: The seconds after which nobody goes on waiting, unless the caller says otherwise.
        result: The type of what ends it well.
        seconds: The type of the argument for the seconds.
    """

    name: str
    operation: Operation
    success: tuple[Match, ...]
    failure: tuple[Match, ...]
    retry: tuple[Match, ...]
    interval: float
    longest: float
    timeout: float
    result: Type
    doc: str
    deprecated: bool = False
    seconds: Type = _FLOAT

    @property
    def constant(self) -> str:
        """The name of what describes it."""
        return f"{self.operation.function}__{self.name}"

    @property
    def is_silent(self) -> bool:
        """Whether it returns nothing."""
        return self.result == NONE

    @property
    def patience(self) -> str:
        """The argument for the seconds."""
        return self._argument("timeout")

    @property
    def progress(self) -> str:
        """The argument for what is called with each answer."""
        return self._argument("on_progress")

    def _argument(self, name: str) -> str:
        """Return an argument; another where the operation has one of that name."""
        return f"wait_{name}" if name in {one.name for one in self.operation.arguments} else name

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is said of the arguments, and of the exceptions."""
        given = tuple((one.name, one.docstring) for one in self.operation.arguments)
        arguments = (
            *((name, said) for name, said in given if said),
            (self.patience, "Maximum seconds to wait; then the operation is called once more."),
            (self.progress, "Called with each value that the operation returns."),
        )
        failed = f"{_first_upper(', or '.join(one.told for one in self.failure))}."
        raised = (
            *((("WaitFailed", failed),) if self.failure else ()),
            ("WaitTimedOut", "The timeout has passed."),
            ("ClientError", "The operation fails in another way."),
        )
        return Section("Args", arguments), Section("Raises", raised)

    def beside(self, names: frozenset[str]) -> Waiter:
        """Return the waiter as a method beside others, which are called `names`."""
        return replace(
            self,
            operation=self.operation.beside(names),
            result=self.result.beside(names),
            seconds=self.seconds.beside(names),
        )


def _shown(value: Value) -> str:
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _either(parts: Iterable[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} or {last}" if others else last


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
