from .api import Client, Machine


def use(client: Client) -> None:
    disks: list[int] = [1, 2]
    client.machines.create(Machine(disks=disks))
