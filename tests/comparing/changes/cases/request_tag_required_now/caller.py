from .api import Client, Disk


def use(client: Client) -> None:
    client.machines.add(Disk(size=1))
