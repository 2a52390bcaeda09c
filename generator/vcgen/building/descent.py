"""Going into what contains one another, however long the chain, on a stack of limited size."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
Step = Callable[[], None]

# A step takes about ten frames of Python's thousand, and more where schemas are nested in place.
_DEEPEST = 30


class _TooDeepError(Exception):
    """A step that has to be taken by itself before those that lead to it."""

    def __init__(self, step: Step, hold: Step) -> None:
        super().__init__()
        self.step = step
        self.hold = hold


class Descent:
    """Takes steps that need further steps, each twice at most.

    A step that would be too deep ends those around it; they are taken again once it is done. So
    a step must leave things as they were where it does not come to its end.
    """

    def __init__(self) -> None:
        self._depth = 0

    def into(self, step: Step, hold: Step) -> None:
        """Take a step.

        Args:
            step: What to do.
            hold: Marks the step as one that is under way, where it has to wait for another.
        """
        if self._depth >= _DEEPEST:
            raise _TooDeepError(step, hold)
        if self._depth:
            self._take(step)
            return
        waiting = [(step, hold)]
        while waiting:
            step, hold = waiting[-1]
            try:
                self._take(step)
            except _TooDeepError as deeper:
                hold()
                waiting.append((deeper.step, deeper.hold))
            else:
                waiting.pop()

    def _take(self, step: Step) -> None:
        self._depth += 1
        try:
            step()
        finally:
            self._depth -= 1


def deepest_first(start: T, inside: Callable[[T], Iterable[T]]) -> list[T]:
    """Return a thing and all that is inside it, each once, and what is inside before the whole.

    In a cycle, that is so for all but the one that the walk comes back to.
    """
    seen = {start}
    found: list[T] = []
    way = [(start, iter(inside(start)))]
    while way:
        thing, rest = way[-1]
        following = next((one for one in rest if one not in seen), None)
        if following is None:
            found.append(thing)
            way.pop()
        else:
            seen.add(following)
            way.append((following, iter(inside(following))))
    return found
