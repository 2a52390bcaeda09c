from .api import Client, MachinesCreateNote


def use(client: Client) -> None:
    client.machines.create(MachinesCreateNote(size=3))
