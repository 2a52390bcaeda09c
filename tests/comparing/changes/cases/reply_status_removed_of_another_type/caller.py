from .api import Client


def use(client: Client) -> None:
    count: int | str = client.machines.count()
    assert count
