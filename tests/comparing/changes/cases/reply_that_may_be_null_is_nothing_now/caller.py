from .api import Client


def use(client: Client) -> None:
    count: int | None = client.machines.count()
    assert count is None
