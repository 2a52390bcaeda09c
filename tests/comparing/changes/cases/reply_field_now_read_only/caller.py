from .api import Client


def use(client: Client) -> None:
    id: str = client.machines.create().id
    assert id
