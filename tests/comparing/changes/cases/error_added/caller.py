from .api import ApiError, Client


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except ApiError as error:
        assert error.error is None or error.error.reason
