from .api import Client, State


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    state: State = machine.state
    assert state is State.RUNNING or not state.is_known
