from .api import Client


def use(client: Client) -> None:
    count: float = client.machines.count()
    assert count
