from .api import Client


def use(client: Client) -> None:
    identifier: str = client.backups.start()
    print(identifier, client.tasks.get(identifier))
