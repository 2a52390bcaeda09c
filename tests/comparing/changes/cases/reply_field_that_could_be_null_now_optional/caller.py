from .api import Client


def use(client: Client) -> None:
    machine = client.machines.get("m-1")
    assert machine.note is None or machine.note.isprintable()
