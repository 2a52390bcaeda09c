from .api import Client


def use(client: Client) -> str:
    machine = client.machines.get("m-1")
    return str(machine["name"])
