from .api import Client, MachinesDrawBody


def use(client: Client) -> None:
    client.machines.draw(body=MachinesDrawBody(picture=b"png"))
