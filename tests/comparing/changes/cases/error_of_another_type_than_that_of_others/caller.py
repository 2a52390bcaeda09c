from .api import Client, NotFound, Problem


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except NotFound as error:
        assert error.error is None or isinstance(error.error, Problem)
