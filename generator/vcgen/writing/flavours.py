"""Flavours: what differs in the text of a synchronous and an asynchronous class."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen import ir
from vcgen.records import Record


class Flavour(Record):
    """How one of the two is written.

    Attributes:
        prefix: What its classes begin with.
        define: What its methods begin with.
        wait: What stands before a call of one.
        base: What the class of its client extends.
        close: The method that closes the client.
        block: The statement that closes the client at its end.
    """

    prefix: str
    define: str
    wait: str
    base: str
    close: str
    block: str

    def of(self, resource: ir.Resource) -> str:
        """Return the class of a resource."""
        return self.prefix + resource.name


_FLAVOURS = {
    ir.SYNC: Flavour("", "def", "", "Sync", "close", "with"),
    ir.ASYNC: Flavour("Async", "async def", "await ", "Async", "aclose", "async with"),
}


def flavours_of(package: ir.Package) -> tuple[Flavour, ...]:
    """Return the flavours of a package."""
    return tuple(_FLAVOURS[name] for name in package.flavours)


def class_names(resources: Iterable[ir.Resource], flavours: Iterable[Flavour]) -> list[str]:
    """Return the classes of resources."""
    several = tuple(flavours)
    return [flavour.of(resource) for resource in resources for flavour in several]
