from .api import Client


def use() -> None:
    with Client(servers={"https://one.acme.test": "http://localhost:8080"}) as client:
        client.machines.ping()
