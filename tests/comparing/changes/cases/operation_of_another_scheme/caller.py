from .api import Client


def local() -> Client:
    return Client(servers={"https://one.acme.test": "http://localhost:8080"})


def use(client: Client) -> None:
    client.machines.ping()
