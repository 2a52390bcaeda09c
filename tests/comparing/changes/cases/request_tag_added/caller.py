from .api import Bike, Car, Client


def use(client: Client) -> None:
    client.machines.create(Car(wheels=4))
    client.machines.create(Bike(kind="bike", gears=7))
