from .api import Client, Machine, Part


def use(client: Client) -> None:
    client.machines.create(Machine(part=Part()))
