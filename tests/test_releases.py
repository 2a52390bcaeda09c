"""An error tells if the server may be too old for what was sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from driving import Driver, golden, load, reply
from golden_packages import golden_packages

# One with operations and values that have a release, one with such operations, one with values.
BOTH, OPERATIONS, VALUES = map(load, golden_packages("releases"))

LIST = "GET /hosts was added in Acme API 1.2.0; the server may be older"
CHECK = "POST /hosts/{host}?action=check was added in API 2.1; the server may be older"
SET = "POST /hosts/{host} was added in version 1.4.0; the server may be older"
EFI = "EFI was added in 2.0; the server may be older"
QUIET = "QUIET was added in version 2.1; the server may be older"


def _listed(**given: Any) -> Callable[[Any], Any]:
    return lambda client: client.hosts.list_hosts(**given)


def _created(**given: Any) -> Callable[[Any], Any]:
    return lambda client: client.hosts.create_host(BOTH.Host(name="h", **given))


def _checked(client: Any) -> Any:
    return client.hosts.check_host("QUIET", deep=True)


def _set(client: Any) -> Any:
    return client.hosts.set_host("h", body=BOTH.HostsSetHostBody(mode="QUIET"))


@pytest.mark.parametrize(
    ("act", "status", "notes"),
    [
        (_listed(), 404, [LIST]),
        (_listed(), 405, [LIST]),
        (_listed(), 501, [LIST]),
        (_listed(), 400, []),
        (_listed(), 403, []),
        (_listed(), 500, []),
        (_listed(mode="NORMAL"), 400, []),
        (_listed(mode="QUIET"), 400, [QUIET]),
        (_listed(mode="QUIET"), 404, [LIST, QUIET]),
        (_listed(mode="NONE"), 400, []),  # it is older in another enumeration
        (_created(mode="NORMAL", firmware="BIOS"), 404, []),
        (_created(mode="QUIET", firmware="EFI"), 422, [EFI, QUIET]),
        (_created(firmware="EFI"), 404, [EFI]),
        (_created(firmware="EFI"), 409, []),
        (_checked, 404, [CHECK, QUIET]),  # what is called like a value may be one
        (_checked, 405, [CHECK]),
        (_set, 405, [SET]),
        (_set, 422, [QUIET]),
    ],
)
def test_notes(drive: Driver, act: Any, status: int, notes: list[str]) -> None:
    with pytest.raises(BOTH.ApiError) as caught:
        drive(BOTH, act, reply(status, {"message": "no"}))
    assert sorted(getattr(caught.value, "__notes__", [])) == sorted(notes)
    assert str(caught.value).endswith(": no")


def test_a_success_has_none(drive: Driver) -> None:
    assert drive(BOTH, _listed(mode="QUIET"), reply(200, [])) == []


@pytest.mark.parametrize(
    ("api", "act", "status", "notes"),
    [
        (OPERATIONS, _checked, 404, [CHECK]),
        (OPERATIONS, _checked, 400, []),
        (
            VALUES,
            lambda client: client.hosts.create_host(VALUES.Host(name="h", mode="QUIET")),
            404,
            [QUIET],
        ),
        (
            VALUES,
            lambda client: client.hosts.create_host(VALUES.Host(name="h", mode="QUIET")),
            405,
            [],
        ),
    ],
)
def test_a_client_with_the_one_alone(
    drive: Driver, api: Any, act: Any, status: int, notes: list[str]
) -> None:
    with pytest.raises(api.ApiError) as caught:
        drive(api, act, reply(status))
    assert getattr(caught.value, "__notes__", []) == notes


def test_a_client_without_either_has_no_tables() -> None:
    assert not {"SINCE", "VALUES_SINCE"} & vars(golden("minimal")).keys()
    assert not hasattr(golden("minimal").errors, "SINCE")


def test_the_flagship(drive: Driver) -> None:
    def get(client: Any) -> Any:
        return client.vm_guest_customization.get("vm-42")

    body = {"error_type": "NOT_FOUND", "messages": []}
    with pytest.raises(golden("fragment").NotFound) as caught:
        drive("fragment", get, reply(404, body), session_id="t")
    assert caught.value.__notes__ == [
        "GET /vcenter/vm/{vm}/guest/customization was added in vSphere API 7.0.3.0; "
        "the server may be older"
    ]
