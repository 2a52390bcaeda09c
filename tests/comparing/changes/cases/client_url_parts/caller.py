from .api import Client


def connect() -> Client:
    return Client(region="us", port="443")


def use(client: Client) -> None:
    client.machines.ping()
