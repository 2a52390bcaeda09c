from .api import Client


def use(client: Client) -> None:
    assert client.machines.draw().d
