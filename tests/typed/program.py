"""A program that uses every feature of generated clients, for type checkers."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path
from typing import reveal_type

import body_octet_stream
import httpx2
import pages
import streams
import tasks_by_id
import testing_client
import waiters
from fake_server import (
    AsyncClient,
    CallOptions,
    Client,
    ClientCredentials,
    ClientError,
    Disk,
    File,
    Filter,
    Host,
    Problem,
    ServiceUnavailable,
    TransportError,
    UnexpectedResponse,
    recorded_deviations,
    recorded_responses,
)
from fake_server.testing import FakeServer

# Credentials: a value, what obtains tokens, a function, an asynchronous function


def token() -> str:
    return "token"


async def async_token() -> str:
    return "token"


given = ClientCredentials(client_id="me", client_secret="secret", scopes=["read"])
client = Client("hosts.example.com", oauth=given, key=token, cookie="a", query=None)
async_client = AsyncClient("hosts.example.com", oauth=async_token, http=httpx2.AsyncClient())
vcenter = testing_client.Client.login("vc.example.com", "user", "password")
reveal_type(vcenter)

# Calls and their options

options: CallOptions = {"timeout": 5.0, "retries": 0, "headers": {"User-Agent": "acme"}}
view = client.with_options(base_url="http://127.0.0.1/api", **options)
reveal_type(view)
reveal_type(async_client.with_options(total_timeout=60.0, max_response=1000))
found = client.hosts.find(filter=Filter(name="h"), tags=["a"], size=10, x_trace=1)
reveal_type(found)
added, response = client.with_response(lambda: client.hosts.add(Host(name="h")))
reveal_type(added)
reveal_type(response.headers)
reveal_type(response.elapsed)
if isinstance(added, Problem):
    reveal_type(added.message)
else:
    reveal_type(added.mode)
    reveal_type(added.labels)
with recorded_responses() as responses, recorded_deviations() as deviations:
    reveal_type(responses)
    reveal_type(deviations)

# Errors

try:
    client.hosts.find()
except ServiceUnavailable as error:
    reveal_type(error.error)
    reveal_type(error.headers)
    reveal_type(error.response)
    reveal_type(error.status_code)
    reveal_type(error.message)
except UnexpectedResponse as error:
    reveal_type(error.body)
except TransportError as error:
    reveal_type(error.reason)
except ClientError as error:
    reveal_type(error.response)

# Downloads and uploads

with client.hosts.disk("h") as download:
    reveal_type(download)
    reveal_type(download.read())
    for chunk in download:
        reveal_type(chunk)
reveal_type(client.hosts.disk("h").save(Path("disk.img")))
client.hosts.put_disk("h", Disk(file=File(Path("disk.img"), media_type="image/x"), label="l"))
client.hosts.put_disk("h", Disk(file=b"bytes"))


def parts() -> Iterator[bytes]:
    yield b"part"


firmware = body_octet_stream.Client("firmware.example.com").firmware
firmware.put_firmware(Path("firmware.bin"))
firmware.put_firmware(io.BytesIO(b"bytes"))
firmware.put_firmware(parts())

# Pages

many = pages.Client("hosts.example.com")
for host in many.hosts.iterate_hosts(page_size=10):
    reveal_type(host)
for page in many.hosts.iterate_hosts().pages():
    reveal_type(page)
    reveal_type(page.elements)

# Waiters and tasks

jobs = waiters.Client("jobs.example.com")


def show(job: waiters.Job) -> None:
    print(job.state)


reveal_type(jobs.job.wait_until_done("job", timeout=5, on_progress=show))
try:
    jobs.report.wait_until_built("report")
except waiters.WaitFailed as failed:
    reveal_type(failed.last)
except waiters.WaitTimedOut as late:
    reveal_type(late.reason)
machines = tasks_by_id.Client("vc.example.com")
handle = machines.vm.clone_task(tasks_by_id.VMCloneSpec(name="copy"))
reveal_type(handle)
reveal_type(handle.id)
reveal_type(handle.get())
reveal_type(handle.get().result)
reveal_type(handle.get().error)
reveal_type(handle.wait(timeout=5))
reveal_type(handle.cancel())

# Streams

with streams.Client("streams.example.com").stream.watch() as changes:
    reveal_type(changes)
    for change in changes:
        reveal_type(change)
        reveal_type(change.kind)

# A fake server

fake = FakeServer()
fake.hosts.find.returns([Host(name="h")], headers={"X-Id": "1"})
fake.hosts.find.raises(ServiceUnavailable, Problem(message="later"), status=503)
fake.hosts.add.answers(lambda body: Host(name=body.name))
fake.hosts.disk.sends(b"bytes")
fake.hosts.put_disk.drops()
reveal_type(fake.hosts.find)
reveal_type(fake.hosts.add.calls[0].arguments)
with Client(base_url="http://fake", oauth=given, http=httpx2.Client(transport=fake)) as faked:
    reveal_type(faked.hosts)
fake.expire_credentials()


# All of it with tasks


async def main() -> None:
    reveal_type(await async_client.hosts.find())
    value, answer = await async_client.with_response(lambda: async_client.hosts.find())
    reveal_type(value)
    reveal_type(answer)
    async with await async_client.hosts.disk("h") as body:
        reveal_type(await body.aread())
        async for part in body:
            reveal_type(part)
    await (await async_client.hosts.disk("h")).asave("disk.img")
    several = pages.AsyncClient("hosts.example.com")
    async for one in several.hosts.iterate_hosts():
        reveal_type(one)
    async for some in several.hosts.iterate_hosts().pages():
        reveal_type(some)
    reveal_type(await waiters.AsyncClient("jobs").job.wait_until_done("job", on_progress=show))
    machine = tasks_by_id.AsyncClient("vc.example.com").vm
    begun = await machine.clone_task(tasks_by_id.VMCloneSpec(name="copy"))
    reveal_type(begun)
    reveal_type(await begun.wait())
    async with await streams.AsyncClient("streams").stream.lines() as lines:
        async for line in lines:
            reveal_type(line)
    async with await testing_client.AsyncClient.login("vc", "user", "password") as session:
        reveal_type(await session.vm_guest_customization.get("vm-42"))


asyncio.run(main())
