from .api import Client, Part


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    assert machine.part is Part.WHEEL
