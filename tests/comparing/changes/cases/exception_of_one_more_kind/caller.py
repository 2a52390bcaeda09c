from .api import Client, MissingException


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except MissingException as error:
        assert error.error
