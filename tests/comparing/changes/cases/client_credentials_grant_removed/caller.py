from .api import Client, ClientCredentials


def connect(host: str) -> Client:
    return Client(host, oauth=ClientCredentials(client_id="me", client_secret="secret"))


def use(client: Client) -> None:
    client.machines.ping()
