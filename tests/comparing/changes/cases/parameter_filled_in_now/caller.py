from .api import Client, MachinesListKind


def use(client: Client) -> None:
    client.machines.list(MachinesListKind.DB)
