from .api import Client


def made() -> Client:
    return Client(key="secret")


def use(client: Client) -> None:
    client.machines.ping()
