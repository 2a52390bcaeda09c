from .api import Client


def use(client: Client) -> None:
    print(client.hosts.list(page=1))
