from contextlib import suppress

from .api import Client, Status4XX


def use(client: Client) -> None:
    with suppress(Status4XX):
        client.machines.ping()
