"""What a configuration says of operations and schemas, as it is for either of two documents.

It is written for one of them. The other may call an operation otherwise, or not have what is
declared of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from vcgen.comparing.sides import Side
from vcgen.config import ClientConfig
from vcgen.config.declarations import Declaration
from vcgen.errors import SpecError

_NAME = "operation"
_Declarations = tuple[Declaration, ...]


def translated(client: ClientConfig, here: Side, other: Side) -> ClientConfig:
    """Return a client that calls operations and schemas as a document does.

    What is said of those that the other document alone has is left out.
    """
    return client._replace(
        opaque=opaque(client, here, other),
        media_choices=_translated(client.media_choices, here, other),
        waiters=_translated(client.waiters, here, other),
        pages=_translated(client.pages, here, other),
    )


def opaque(client: ClientConfig, here: Side, other: Side) -> tuple[str, ...]:
    """Return the opaque schemas of a client, but for those that only the other document has."""
    return tuple(one for one in client.opaque if one in here.schemas or one not in other.schemas)


def alike(client: ClientConfig, other: ClientConfig) -> ClientConfig:
    """Return a client that says of operations and schemas what another does."""
    return client._replace(
        opaque=other.opaque,
        media_choices=other.media_choices,
        waiters=other.waiters,
        pages=other.pages,
    )


def fitting(client: ClientConfig, make: Callable[[ClientConfig], object]) -> ClientConfig:
    """Return a client without what is declared of operations and cannot be made.

    Raises:
        SpecError: Something else is wrong.
    """
    bare = client._replace(media_choices=(), waiters=(), pages=())
    make(bare)

    def fits(candidate: ClientConfig) -> bool:
        try:
            make(candidate)
        except SpecError:
            return False
        return True

    choices = [one for one in client.media_choices if fits(bare._replace(media_choices=(one,)))]
    waiters = [one for one in client.waiters if fits(bare._replace(waiters=(one,)))]
    pages = [one for one in client.pages if fits(bare._replace(pages=(one,)))]
    return bare._replace(media_choices=(*choices,), waiters=(*waiters,), pages=(*pages,))


def _translated(found: Iterable[Declaration], here: Side, other: Side) -> _Declarations:
    pairs = [(one, _name(one.table.get(_NAME), here, other)) for one in found]
    return tuple(
        replace(one, table={**one.table, _NAME: name}) if name != one.table.get(_NAME) else one
        for one, name in pairs
        if name != ""
    )


def _name(stated: object, here: Side, other: Side) -> object:
    """Return what a document calls an operation, "" where it does not have it."""
    places = [] if _places(stated, here) else _places(stated, other)
    if len(places) != 1:
        return stated  # it is known here, or in neither
    found = here.same(places[0], other)
    return here.keys[found].name if found else ""


def _places(name: object, side: Side) -> list[str]:
    return [place for place, key in side.keys.items() if name in (key.name, key.operation_id)]
