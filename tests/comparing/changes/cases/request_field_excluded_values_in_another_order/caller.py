from .api import Client, MachinesCreateBody


def use(client: Client) -> None:
    client.machines.create(body=MachinesCreateBody(name="web"))
