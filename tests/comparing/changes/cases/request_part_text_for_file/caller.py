from .api import Client, MachinesCreateBody


def use(client: Client) -> None:
    client.machines.create(MachinesCreateBody(name="a", note=b"b"))
