from .api import Client


def connect() -> Client:
    return Client()


def use(client: Client) -> None:
    client.machines.ping()
