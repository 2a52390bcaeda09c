from .api import Client, Unauthorized


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except Unauthorized as error:
        assert error.status_code == 401
