from .api import Client, Part


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    part: Part = machine.part
    assert part.id
