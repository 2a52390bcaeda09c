from .api import Client, State


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    assert machine.state is State.GOES
