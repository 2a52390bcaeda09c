from .api import ApiError, Client, MissingException


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except ApiError as error:
        assert isinstance(error, MissingException) or error.error
