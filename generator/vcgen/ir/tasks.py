"""Tasks: the operations after whose response the server goes on."""

from __future__ import annotations

from vcgen.ir.docs import Documented, Section
from vcgen.ir.operations import Operation
from vcgen.ir.replies import Answer
from vcgen.records import Record, replace


class Task(Documented, Record):
    """An operation whose method returns a handle.

    Attributes:
        operation: The operation, typed as the method is.
        result: What the task comes to, and how that is read.
        get: The function of the operation that tells how a task stands; "" where a URL does.
        cancel: That of the operation that ends one, or "".
        final: Where the result of a task with a URL is, as Azure's documents call it, or "".
    """

    operation: Operation
    result: Answer
    get: str = ""
    cancel: str = ""
    final: str = ""

    @property
    def name(self) -> str:
        """The method."""
        return self.operation.name

    @property
    def doc(self) -> str:  # type: ignore[override]  # derived, not stored
        """What is said of it."""
        return self.operation.docstring

    @property
    def deprecated(self) -> bool:  # type: ignore[override]  # derived, not stored
        """Whether it is: its operation says so."""
        return False

    @property
    def function(self) -> str:
        """The function that returns how to follow it."""
        return f"{self.operation.function}__task"

    @property
    def follows(self) -> str:
        """The class of the run-time that does."""
        return "ById" if self.get else "ByLocation"

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is said of the arguments, and of the exceptions."""
        return self.operation.sections

    def beside(self, names: frozenset[str]) -> Task:
        """Return the task as a method beside others, which are called `names`."""
        result = replace(self.result, type=self.result.type.beside(names))
        return replace(self, operation=self.operation.beside(names), result=result)
