from .api import Client, Conflict


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except Conflict as error:
        assert error.error is None or error.error.reason
