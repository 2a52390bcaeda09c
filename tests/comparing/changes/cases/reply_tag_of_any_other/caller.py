from .api import Car, Client


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    assert isinstance(machine, Car)
    assert machine.wheels
