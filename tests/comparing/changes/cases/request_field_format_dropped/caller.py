from datetime import UTC, datetime

from .api import Client, Machine


def use(client: Client) -> None:
    client.machines.create(Machine(born=datetime(2021, 5, 5, tzinfo=UTC)))
