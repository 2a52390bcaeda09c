from typing import Any

from .api import ApiError, Broken, Client, Lost


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except ApiError as error:
        problem = error.error
        if isinstance(problem, Lost):
            assert problem.lost
        elif isinstance(problem, Broken):
            assert problem.broken
        else:
            rest: dict[str, Any] | None = problem
            assert rest is None or rest
