"""The generated client at work: log in, wait for a customization, meet errors, log out.

Run it by `make demo`, or alone: `python tests/standin/demo.py`. It needs no vCenter, as
`server.py` beside it plays one. It exits with 0 if all went as it should.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

# A project of your own has the package in its tree, and needs none of this.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "generated"))

from server import StandIn
from vcenter_guest_customization import (
    Client,
    ClientError,
    NotFound,
    ServiceUnavailable,
    VmGuestCustomizationInfo,
    WaitError,
    WaitFailed,
)
from vcenter_guest_customization import VmGuestCustomizationInfoStatus as Status

USERNAME = "administrator@vsphere.local"
PASSWORD = "only-for-the-demo"


def main() -> None:
    """Play the whole story, and stop at the first thing that is not as it should be."""
    os.environ["no_proxy"] = "127.0.0.1"  # the stand-in is not behind a proxy, if there is one
    with StandIn(USERNAME, PASSWORD) as server:
        say(f"A stand-in for vCenter listens on {server.base_url}")

        # The stand-in speaks plain HTTP on a port of its own, hence base_url.
        step("Log in", "vcenter = Client.login(None, username, password, base_url=...)")
        with Client.login(None, USERNAME, PASSWORD, base_url=server.base_url) as vcenter:
            show('(of a real vCenter, the name will do: Client.login("vc.example.com", ...))')
            show(repr(vcenter))
            show(f"sessions on the server: {server.open_sessions}")
            check(server.open_sessions == 1, "login opens one session")

            wait_for_success(vcenter, server)
            see_a_failure(vcenter)
            ask_for_a_stranger(vcenter)
            wait_without_tools(vcenter)
            step("Log out", "vcenter.close()  # the end of the `with` block does it")

        check(server.exchanges[-1] == ("DELETE", "/api/session", 204), "the client logs out")
        say(f"\nsessions left on the server: {server.open_sessions}")
        check(server.open_sessions == 0, "no session is left")


def wait_for_success(vcenter: Client, server: StandIn) -> None:
    """Wait for vm-42 from PENDING to SUCCEEDED, across a session that expires."""
    step("Wait for a customization", 'vcenter.vm_guest_customization.wait_until_finished("vm-42")')
    seen = []

    def see(info: VmGuestCustomizationInfo) -> None:
        seen.append(info.status)
        show(f"{info.status:<10} started {clock(info.start_time)}, ended {clock(info.end_time)}")
        if len(seen) == 2:
            show("(here the server ends the session, and the client is not told)")
            server.expire_sessions()
            server.exchanges.clear()

    info = vcenter.vm_guest_customization.wait_until_finished("vm-42", timeout=60, on_progress=see)
    check(info.status is Status.SUCCEEDED, "what is waited for is returned")
    check(seen == ["PENDING", "RUNNING", "RUNNING", "SUCCEEDED"], "vm-42 takes its four steps")

    show("What the server saw from then on:")
    for method, path, status in server.exchanges:
        show(f"  {method:<4} {path}  ->  {status}")
    statuses = [exchange.status for exchange in server.exchanges]
    check(statuses == [401, 201, 200, 200], "the client renews the session unseen")


def see_a_failure(vcenter: Client) -> None:
    """Wait for vm-43, which fails: the exception says why, and holds what the server said."""
    step("Wait for one that fails", 'vcenter.vm_guest_customization.wait_until_finished("vm-43")')
    try:
        vcenter.vm_guest_customization.wait_until_finished("vm-43", timeout=60)
    except WaitFailed as error:
        show_error(error)
        check(error.last.status is Status.FAILED and bool(error.last.error), "vm-43 says why")
    else:
        check(False, "a customization that fails raises WaitFailed")


def ask_for_a_stranger(vcenter: Client) -> None:
    """Meet the exception for a machine that is not there."""
    step("Ask for a machine that is not there", 'vcenter.vm_guest_customization.get("vm-7")')
    try:
        vcenter.vm_guest_customization.get("vm-7")
    except NotFound as error:
        show_error(error)
        check("There is no virtual machine 'vm-7'." in str(error), "the sentence is the server's")
    else:
        check(False, "an unknown machine raises NotFound")


def wait_without_tools(vcenter: Client) -> None:
    """Wait for a guest that cannot be reached, until the time is up."""
    step("Wait for a guest without VMware Tools", 'wait_until_finished("vm-44", timeout=1)')
    try:
        vcenter.vm_guest_customization.wait_until_finished("vm-44", timeout=1)
    except WaitError as error:
        show_error(error)
        is_right = isinstance(error.__cause__, ServiceUnavailable)
        check(is_right, "without VMware Tools, time is up, and the server says why")
    else:
        check(False, "a guest without VMware Tools does not finish")


# What follows prints and checks; the client is not in it.


def step(title: str, code: str) -> None:
    """Print what comes next, and the line of code that does it."""
    say(f"\n{paint(title, '1')}\n  >>> {paint(code, '36')}")


def show(text: str) -> None:
    """Print something that came back."""
    say(f"  {text}")


def show_error(error: ClientError) -> None:
    """Print an exception: its class, and the sentence that an operator reads."""
    show(f"{paint(type(error).__name__, '33')} is raised, and says:")
    show(f"  {error}")


def say(text: str) -> None:
    """Print at once, even into a pipe."""
    print(text, flush=True)


def paint(text: str, colour: str) -> str:
    """Return the text in a colour if a person is looking."""
    plain = "NO_COLOR" in os.environ or not sys.stdout.isatty()
    return text if plain else f"\x1b[{colour}m{text}\x1b[0m"


def clock(moment: object) -> str:
    """Return the time of day of a moment that may not be set."""
    return f"{moment:%H:%M:%S}" if moment else "-"


def check(holds: bool, what: str) -> None:
    """End the demo, with a failing exit code, where something is not as it should be."""
    if not holds:
        sys.exit(f"not as it should be: {what}")


if __name__ == "__main__":
    main()
