from .api import Client


def use(client: Client) -> None:
    print(client.jobs.get("1").state)
