from .api import ApiError, Client


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except ApiError as error:
        assert error.status_code == 400
