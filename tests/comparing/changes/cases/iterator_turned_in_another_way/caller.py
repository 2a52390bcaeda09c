from .api import Client


def use(client: Client) -> None:
    for host in client.hosts.iterate():
        name: str = host.name
        print(name)
