from contextlib import suppress

from .api import Client, NotFound


def use(client: Client) -> None:
    with suppress(NotFound):
        client.machines.ping()
