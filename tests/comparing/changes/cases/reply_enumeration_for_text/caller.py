from .api import Client


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    state: str = machine.state
    assert state
