from .api import Client


def use(client: Client) -> None:
    client.machines.create("b")
