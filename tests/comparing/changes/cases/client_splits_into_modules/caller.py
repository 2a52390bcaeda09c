from .api import Client, Machine


def use(client: Client) -> None:
    machine: Machine = client.machines.get("m-1")
    assert machine
