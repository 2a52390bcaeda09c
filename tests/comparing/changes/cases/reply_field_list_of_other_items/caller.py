from .api import Client


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    disks: list[int] = machine.disks
    assert sum(disks) > 0
