from .api import Client, MachinesListKind


def use(client: Client) -> None:
    client.machines.list(kind=MachinesListKind.WEB)
