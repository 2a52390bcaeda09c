from .api import Client, State


def use(client: Client) -> None:
    client.machines.list(State.PAUSED)
