from .api import Client


def local() -> Client:
    return Client(servers={"/v2": "http://localhost:8080"})


def use(client: Client) -> None:
    client.machines.ping()
