from .api import Client


def use(client: Client) -> None:
    size: int = client.backups.start().wait(timeout=5)
    print(size)
