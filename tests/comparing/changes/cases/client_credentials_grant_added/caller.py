from .api import Client


def connect(host: str) -> Client:
    return Client(host, oauth="token")


def use(client: Client) -> None:
    client.machines.ping()
