from .api import Client


def use(client: Client) -> None:
    count: int = client.machines.count()
    assert count
