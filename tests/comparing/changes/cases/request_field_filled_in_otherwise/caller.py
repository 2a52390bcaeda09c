from .api import Client, Web


def use(client: Client) -> None:
    client.machines.create(body=Web(port=80))
