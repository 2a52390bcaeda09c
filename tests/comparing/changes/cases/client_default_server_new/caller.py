from .api import Client


def connect(host: str) -> Client:
    return Client(host)


def use(client: Client) -> None:
    client.machines.ping()
