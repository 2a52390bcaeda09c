from .api import Client
from .api.models.machine import Machine


def use(client: Client) -> None:
    machine: Machine = client.machines.get("m-1")
    assert machine.name
