from typing import Never

from .api import Bike, Car, Client


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    if isinstance(machine, Car):
        assert machine.wheels
    elif isinstance(machine, Bike):
        assert machine.gears
    else:
        never: Never = machine
        assert never
