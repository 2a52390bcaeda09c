from .api import Client, Machine, State


def use(client: Client) -> None:
    client.machines.create(Machine(state=State.PAUSED))
