from .api import Client


def use(client: Client) -> None:
    name: str = client.machines.ping().name
    assert name
