from .api import Client, Status5XX


def use(client: Client) -> None:
    try:
        client.machines.ping()
    except Status5XX:
        print("later")
