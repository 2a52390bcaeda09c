from .api import Bike, Boat, Car, Client


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    if isinstance(machine, Car):
        assert machine.wheels
    elif isinstance(machine, Bike):
        assert machine.gears
    elif isinstance(machine, Boat):
        assert machine.sails
