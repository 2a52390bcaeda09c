from .api import Client


def use(client: Client) -> None:
    count: str = client.machines.count()
    assert count == "3"
