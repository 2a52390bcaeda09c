from .api import Client


def connect(host: str) -> Client:
    return Client(host, user=("name", "secret"))


def use(client: Client) -> None:
    client.machines.ping()
