from .api import Client, Job


def use(client: Client) -> None:
    job: Job = client.jobs.wait_until_done("1", timeout=5)
    print(job.state)
