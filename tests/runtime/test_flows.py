"""Drivers: a flow has so many seconds, and what it makes of their end is its result."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeAlias

import httpx2
import pytest
from vcgen.runtime.wire.flows import AsyncDriver, Driver, Flow, Pause

Run: TypeAlias = Callable[[Flow[str]], str]

OVER = "the call took longer than total_timeout"


def run_in_thread(flow: Flow[str]) -> str:
    return Driver(httpx2.Client()).run(flow, 0.05)


def run_in_task(flow: Flow[str]) -> str:
    return asyncio.run(AsyncDriver(httpx2.AsyncClient()).run(flow, 0.05))


@pytest.fixture(params=[run_in_thread, run_in_task], ids=["sync", "async"])
def run(request: pytest.FixtureRequest) -> Run:
    return request.param


def test_the_end_of_its_time_is_an_error_of_its_step(run: Run) -> None:
    closed: list[bool] = []

    def flow() -> Flow[str]:
        try:
            while True:
                yield Pause(60)
        finally:
            closed.append(True)

    with pytest.raises(httpx2.ReadTimeout, match=OVER):
        run(flow())
    assert closed == [True]


def test_it_has_no_time_for_another_step(run: Run) -> None:
    def flow() -> Flow[str]:
        told: list[str] = []
        while len(told) < 3:
            try:
                yield Pause(60)
            except httpx2.RequestError as error:
                told.append(str(error))
        return " ".join(told)

    assert run(flow()) == f"{OVER} {OVER} {OVER}"


def test_an_error_of_the_same_class_is_not_the_end_of_its_time(run: Run) -> None:
    def flow() -> Flow[str]:
        yield Pause(0)
        raise TimeoutError("of the caller's own")

    with pytest.raises(TimeoutError, match="of the caller's own"):
        run(flow())
