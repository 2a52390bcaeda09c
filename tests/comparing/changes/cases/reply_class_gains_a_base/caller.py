from .api import Client, Machine


def use(client: Client) -> None:
    thing: Machine = client.machines.get("m-1")
    assert thing.name
    assert client.things.get("t-1").name
