"""Pages: the operations whose results come in pages."""

from __future__ import annotations

from vcgen.ir.docs import Documented, Section
from vcgen.ir.operations import Operation
from vcgen.ir.types import Type
from vcgen.ir.waiters import Fact
from vcgen.records import Record, replace


class Pages(Documented, Record):
    """An iterator over the items of all pages of an operation.

    Attributes:
        name: The method.
        operation: The operation, typed as the method is.
        item: The type of an item.
        items: The fields that lead to the items of a page.
        turn: The class of what leads to the next page.
        facts: Its arguments.
    """

    name: str
    operation: Operation
    item: Type
    items: tuple[str, ...]
    turn: str
    facts: tuple[Fact, ...]
    doc: str
    deprecated: bool = False

    @property
    def constant(self) -> str:
        """The name of what describes it."""
        return f"{self.operation.function}__pages"

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is said of the arguments, and of the exceptions."""
        return self.operation.sections

    def beside(self, names: frozenset[str]) -> Pages:
        """Return the iterator as a method beside others, which are called `names`."""
        return replace(self, operation=self.operation.beside(names), item=self.item.beside(names))
