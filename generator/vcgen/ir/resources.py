"""Resources: the operations of one tag, and what is made of them."""

from __future__ import annotations

from vcgen.ir.operations import Operation
from vcgen.ir.pages import Pages
from vcgen.ir.tasks import Task
from vcgen.ir.waiters import Waiter
from vcgen.records import Record


class Resource(Record):
    """The operations of one tag."""

    name: str
    spec_name: str
    attribute: str
    doc: str
    operations: tuple[Operation, ...]
    waiters: tuple[Waiter, ...] = ()
    pages: tuple[Pages, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def class_names(self) -> tuple[str, str]:
        """The synchronous and the asynchronous class."""
        return (self.name, f"Async{self.name}")

    @property
    def summary(self) -> str:
        """What it is in a paragraph, for the attribute of a client: the class says the rest."""
        return self.doc.partition("\n\n")[0]

    @property
    def methods(self) -> tuple[Operation, ...]:
        """The operations, typed for a class body in which their names hide plain types."""
        names = frozenset(operation.name for operation in self.operations)
        started = {task.operation.function for task in self.tasks}
        found = (one for one in self.operations if one.function not in started)
        return tuple(operation.beside(names) for operation in found)

    @property
    def handles(self) -> tuple[Task, ...]:
        """The tasks, typed for a class body in which the names of methods hide plain types."""
        names = frozenset(operation.name for operation in self.operations)
        return tuple(task.beside(names) for task in self.tasks)

    @property
    def follows(self) -> bool:
        """Whether any of its methods makes several calls."""
        return bool(self.waiters or self.tasks)

    @property
    def iterators(self) -> tuple[Pages, ...]:
        """The iterators, typed for a class body in which the names of methods hide plain types."""
        names = frozenset(operation.name for operation in self.operations)
        return tuple(pages.beside(names) for pages in self.pages)

    @property
    def waits(self) -> tuple[Waiter, ...]:
        """The waiters, typed for a class body in which the names of methods hide plain types."""
        names = frozenset(operation.name for operation in self.operations)
        return tuple(waiter.beside(names) for waiter in self.waiters)
