from .api import Client


def use(client: Client) -> None:
    identifier: str = client.machines.get("m-1").id
    assert identifier
