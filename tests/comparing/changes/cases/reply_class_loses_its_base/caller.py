from .api import Client, Thing


def use(client: Client) -> None:
    thing: Thing = client.machines.get("m-1")
    assert thing.name
    assert client.things.get("t-1").name
