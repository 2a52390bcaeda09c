from .api import Broken, Client, Lost, NotFound


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except NotFound as error:
        problem = error.error
        if isinstance(problem, Lost):
            assert problem.lost
        elif isinstance(problem, Broken):
            assert problem.broken
        else:
            rest: None = problem
            assert rest is None or rest
