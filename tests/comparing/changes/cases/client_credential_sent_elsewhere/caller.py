from .api import Client


def connect(host: str) -> Client:
    return Client(host, key="secret")


def use(client: Client) -> None:
    client.machines.ping()
