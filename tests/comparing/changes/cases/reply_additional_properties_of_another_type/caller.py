from .api import Client


def use(client: Client) -> None:
    cores: int = client.machines.get("m-1").additional_properties["cores"]
    assert isinstance(cores, int)
