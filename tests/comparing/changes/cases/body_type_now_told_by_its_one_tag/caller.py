from .api import Car, Client


def use(client: Client) -> None:
    client.machines.create(Car(wheels=4))
