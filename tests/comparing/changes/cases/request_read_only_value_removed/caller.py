from .api import Client, Machine, MachineState


def use(client: Client) -> None:
    client.machines.create(Machine(state=MachineState.DOWN))
