from .api import BusyException, Client, MissingException


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except (BusyException, MissingException) as error:
        assert error.error
