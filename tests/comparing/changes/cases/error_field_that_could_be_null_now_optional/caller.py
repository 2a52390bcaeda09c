from .api import Client, NotFound


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except NotFound as error:
        assert error.error is None or error.error.reason is None or error.error.reason.isprintable()
