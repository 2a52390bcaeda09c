from .api import Client, Machine


def use(client: Client) -> None:
    client.machines.create(Machine(id="a"))
