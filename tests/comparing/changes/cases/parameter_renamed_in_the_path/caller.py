from .api import Client


def use(client: Client) -> None:
    client.machines.ping(machine="m-1")
