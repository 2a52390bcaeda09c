"""A clock that nobody waits for, and a server that answers by a script, for either flavour."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import httpx2

Answer = httpx2.Response | Exception | Callable[[httpx2.Request], httpx2.Response]


@dataclass
class Clock:
    """Stands for `time`, `asyncio` and `random` in a module that waits.

    Attributes:
        now: The seconds that have passed.
        pauses: The pauses that were made.
    """

    now: float = 0.0
    pauses: list[float] = field(default_factory=list[float])
    jitter: Callable[[float, float], float] = lambda low, high: (low + high) / 2

    def monotonic(self) -> float:
        return self.now

    def SystemRandom(self) -> Clock:
        return self

    def uniform(self, low: float, high: float) -> float:
        return self.jitter(low, high)

    @property
    def sleep(self) -> Callable[[float], Any]:
        async def nothing() -> None:
            return None

        def sleep(seconds: float) -> Any:
            self.pauses.append(seconds)
            self.now += seconds
            return nothing() if self.is_async else None

        return sleep

    is_async: bool = False


@dataclass
class Script:
    """Answers requests in turn; the last answer stays.

    Attributes:
        sent: The requests so far.
    """

    answers: list[Answer]
    sent: list[httpx2.Request] = field(default_factory=list[httpx2.Request])

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.sent.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx2.Response):
            # One that was read by one client is not for the next.
            return httpx2.Response(
                answer.status_code, headers=answer.headers, content=answer.content
            )
        return answer(request)


def run(
    package: ModuleType, flavour: str, script: Script, act: Callable[[Any], Any], **options: Any
) -> Any:
    """Return what comes of something that is done with a client of either flavour."""
    transport = httpx2.MockTransport(script)
    options = {"base_url": "https://api.test", **options}
    if flavour == "sync":
        with httpx2.Client(transport=transport) as http:
            return act(package.Client(http=http, **options))

    async def main() -> Any:
        async with httpx2.AsyncClient(transport=transport) as http:
            found = act(package.AsyncClient(http=http, **options))
            return await found if inspect.isawaitable(found) else found

    return asyncio.run(main())


def replies(values: Iterable[object], status: int = 200) -> list[Answer]:
    """Return replies of JSON."""
    return [httpx2.Response(status, json=value) for value in values]
