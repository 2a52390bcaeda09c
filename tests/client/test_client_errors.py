"""Answers that are errors: which exception they become, what it holds, and how it reads."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import msgspec
import pytest
import vcenter_guest_customization as package
from client_support import (
    CALLERS_TOKEN,
    CUSTOMIZATION,
    UNAUTHENTICATED,
    Driver,
    VCenter,
    error_body,
    kind_of_status,
    kinds,
    reply,
)
from vcenter_guest_customization import (
    ApiError,
    Client,
    ClientError,
    InvalidArgument,
    MissingField,
    NotFound,
    ServiceUnavailable,
    StdErrorsError,
    StdErrorsErrorType,
    TransportError,
    Unauthenticated,
    Unauthorized,
    UnexpectedResponse,
    recorded_deviations,
)

OFFICIAL = {
    "UNAUTHENTICATED": 401,
    "UNAUTHORIZED": 403,
    "NOT_FOUND": 404,
    "OPERATION_NOT_FOUND": 404,
    "CONCURRENT_CHANGE": 409,
    "INTERNAL_SERVER_ERROR": 500,
    "ERROR": 500,
    "SERVICE_UNAVAILABLE": 503,
    "TIMED_OUT": 504,
}
"""The status of each kind, as the vendor has it; all others are sent with 400."""
UNDECLARED = [400, 402, 405, 409, 418, 429, 499, 500, 502, 504, 520, 599]


def failure(driver: Driver, client: Client) -> ApiError:
    """Return what our call raises, which is an error of the server."""
    with pytest.raises(ApiError) as caught:
        driver.get(client)
    return caught.value


def exception_named(name: str) -> type[ApiError]:
    """Return an exception of the package."""
    exception: type[ApiError] = getattr(package, name)
    return exception


# Kinds


def test_the_spec_has_25_kinds() -> None:
    assert len(kinds()) == 25
    assert [kind.value for kind in StdErrorsErrorType] == list(kinds())
    assert len({exception_named(name) for name in kinds().values()}) == 25


@pytest.mark.parametrize(("kind", "name"), kinds().items())
def test_each_kind_by_error_type(
    driver: Driver, vcenter: VCenter, client: Client, kind: str, name: str
) -> None:
    status = OFFICIAL.get(kind, 400)
    vcenter.on("GET", reply(status, error_body("This went wrong.", error_type=kind)))
    error = failure(driver, client)
    assert type(error) is exception_named(name)
    assert error.status_code == status
    assert error.error is not None
    assert error.error.error_type is StdErrorsErrorType[kind]
    assert error.error.messages[0].default_message == "This went wrong."
    assert name in str(error)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 500, 503])
def test_kinds_that_share_a_status_are_told_apart(
    driver: Driver, vcenter: VCenter, client: Client, status: int
) -> None:
    for kind, name in kinds().items():
        vcenter.on("GET", reply(status, error_body("This went wrong.", error_type=kind)))
        assert type(failure(driver, client)) is exception_named(name)


def test_every_exception_is_a_client_error() -> None:
    for exception in (TransportError, UnexpectedResponse, ApiError):
        assert issubclass(exception, ClientError)
    for name in set(kinds().values()) - {"ApiError"}:
        assert exception_named(name).__bases__ == (ApiError,)


# Without a kind that is known, the status decides


@pytest.mark.parametrize(("status", "name"), kind_of_status().items())
@pytest.mark.parametrize("kind", [None, "absent", "BRAND_NEW", ""])
def test_the_status_decides_where_the_kind_is_unknown(
    driver: Driver, vcenter: VCenter, client: Client, status: int, name: str, kind: str | None
) -> None:
    body = error_body("This went wrong.") | ({} if kind == "absent" else {"error_type": kind})
    vcenter.on("GET", reply(status, body))
    error = failure(driver, client)
    assert type(error) is exception_named(name)
    assert error.error is not None
    assert error.error.messages[0].default_message == "This went wrong."
    expected = None if kind == "absent" else kind
    assert error.error.error_type == expected
    if error.error.error_type is not None:
        assert not error.error.error_type.is_known


@pytest.mark.parametrize("status", UNDECLARED)
@pytest.mark.parametrize("kind", [None, "BRAND_NEW"])
def test_an_undeclared_status_is_a_plain_api_error(
    driver: Driver, vcenter: VCenter, client: Client, status: int, kind: str | None
) -> None:
    vcenter.on("GET", reply(status, error_body("This went wrong.", error_type=kind)))
    error = failure(driver, client)
    assert type(error) is ApiError
    assert error.status_code == status
    assert error.error is not None
    assert error.error.messages[0].default_message == "This went wrong."


BODIES = [
    b"",
    b"<html>\n<h1>Sorry</h1>\n</html>",
    b"oops",
    b"null",
    b"[]",
    b"7",
    b"{}",
    b'"x"',
    b"\xff\xfe",
    b'{"error_type": null}',
    b'{"unheard": "of"}',
    b'{"messages": "no list"}',
    b"[" * 100_000,
    b'{"x":' * 100_000,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: repr(body[:12]))
@pytest.mark.parametrize(("status", "name"), kind_of_status().items())
def test_the_status_decides_where_the_body_says_nothing(
    driver: Driver, vcenter: VCenter, client: Client, status: int, name: str, body: bytes
) -> None:
    vcenter.on("GET", reply(status, body))
    error = failure(driver, client)
    assert type(error) is exception_named(name)
    assert error.error is None
    assert error.body == body
    assert_reads_well(error, vcenter)


@pytest.mark.parametrize("status", UNDECLARED)
def test_an_undeclared_status_without_a_body(
    driver: Driver, vcenter: VCenter, client: Client, status: int
) -> None:
    vcenter.on("GET", reply(status))
    error = failure(driver, client)
    assert type(error) is ApiError
    assert error.error is None
    assert_reads_well(error, vcenter)


def test_html_503_from_a_proxy(driver: Driver, vcenter: VCenter, client: Client) -> None:
    page = "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n</html>"
    vcenter.on("GET", reply(503, page))
    error = failure(driver, client)
    assert type(error) is ServiceUnavailable
    assert error.error is None
    assert "503 Service Temporarily Unavailable" in str(error)
    assert_reads_well(error, vcenter)


def test_a_long_page_does_not_fill_the_screen(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    vcenter.on("GET", reply(503, "<p>" + "sorry, " * 10_000))
    error = failure(driver, client)
    assert len(str(error)) < 1000
    assert len(error.body) > 10_000


def test_401_with_an_empty_body(driver: Driver, vcenter: VCenter, client: Client) -> None:
    vcenter.on("GET", reply(401))
    error = failure(driver, client)
    assert type(error) is Unauthenticated
    assert error.error is None
    assert_reads_well(error, vcenter)


def test_the_kind_is_known_even_where_the_rest_is_not_understood(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    vcenter.on("GET", reply(400, {"error_type": "INVALID_ARGUMENT", "messages": {"oops": 1}}))
    error = failure(driver, client)
    assert type(error) is InvalidArgument
    assert error.error is not None
    assert error.error.error_type is StdErrorsErrorType.INVALID_ARGUMENT
    with pytest.raises(MissingField, match=r"StdErrorsError\.messages"):
        _ = error.error.messages
    assert_reads_well(error, vcenter)


# An error that differs from the document in a part is still an error with a body

TEXT = {"id": "x", "default_message": "No such machine.", "args": []}


@pytest.mark.parametrize(
    ("messages", "texts", "deviation"),
    [
        ([{k: v for k, v in TEXT.items() if k != "args"}], ["No such machine."], "[*].args"),
        ([TEXT | {"args": None}], ["No such machine."], "[*].args"),
        ([TEXT | {"args": [7]}], ["No such machine."], "[*].args[*]"),
        ([TEXT, 7], ["No such machine."], "[*]"),
        (None, [], ""),
    ],
)
def test_what_differs_in_a_part_is_an_error_all_the_same(
    driver: Driver,
    vcenter: VCenter,
    client: Client,
    messages: object,
    texts: list[str],
    deviation: str,
) -> None:
    vcenter.on("GET", reply(404, {"error_type": "NOT_FOUND", "messages": messages}))
    with recorded_deviations() as deviations:
        error = failure(driver, client)
    assert type(error) is NotFound
    assert error.error is not None
    assert [one.default_message for one in error.error.messages] == texts
    assert all(text in str(error) for text in texts)
    assert [one.path for one in deviations] == [f"$.messages{deviation}"]
    assert_reads_well(error, vcenter)
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert twin.error == error.error


def test_a_message_without_its_text_does_not_hide_the_error(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    vcenter.on("GET", reply(404, {"error_type": "NOT_FOUND", "messages": [{"id": "no.text"}]}))
    error = failure(driver, client)
    assert error.error is not None
    assert error.error.messages[0].id == "no.text"
    assert "no.text" in error.message
    assert_reads_well(error, vcenter)


def test_an_error_of_somebody_else_has_no_documented_body(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    vcenter.on("GET", reply(503, {"fault": {"code": 7}, "message": "no upstream"}))
    with recorded_deviations() as deviations:
        error = failure(driver, client)
    assert type(error) is ServiceUnavailable
    assert error.error is None
    assert error.message == "no upstream"
    assert deviations == []


def test_a_strict_client_has_no_error_that_differs(driver: Driver, vcenter: VCenter) -> None:
    vcenter.on("GET", reply(404, {"error_type": "NOT_FOUND", "messages": None}))
    with recorded_deviations() as deviations:
        error = failure(driver, driver.client(session_id=CALLERS_TOKEN, strict=True))
    assert type(error) is NotFound
    assert error.error is None
    assert deviations == []


# What an exception holds


@pytest.mark.parametrize(
    ("status", "kind", "exception"),
    [(401, "UNAUTHENTICATED", Unauthenticated), (403, "UNAUTHORIZED", Unauthorized)],
)
@pytest.mark.parametrize("challenge", ['Basic realm="vCenter"', None, "absent"])
def test_the_challenge(
    driver: Driver,
    vcenter: VCenter,
    client: Client,
    status: int,
    kind: str,
    exception: type[Unauthenticated] | type[Unauthorized],
    challenge: str | None,
) -> None:
    more = {} if challenge == "absent" else {"challenge": challenge}
    vcenter.on("GET", reply(status, error_body("No.", error_type=kind, **more)))
    error = failure(driver, client)
    assert isinstance(error, exception)
    assert error.error is not None
    assert error.error.challenge == (None if challenge == "absent" else challenge)


def test_an_unauthenticated_kind_with_another_status(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    body = UNAUTHENTICATED | {"challenge": "SIGN"}
    vcenter.on("GET", reply(400, body))
    error = failure(driver, client)
    assert isinstance(error, Unauthenticated)
    assert error.error is not None and error.error.challenge == "SIGN"


def test_data_messages_and_their_optionals(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    body = error_body("Outer.", "Inner.", error_type="NOT_FOUND", data={"a": [1, {"b": None}]})
    body["messages"][0] |= {"localized": "Außen.", "params": None, "args": ["x", "y"]}  # type: ignore[index]
    vcenter.on("GET", reply(404, body))
    error = failure(driver, client)
    assert error.error is not None
    assert error.error.data == {"a": [1, {"b": None}]}
    outer, inner = error.error.messages
    assert (outer.localized, outer.params, outer.args) == ("Außen.", None, ["x", "y"])
    assert (inner.localized, inner.params, inner.args) == (None, None, [])


def message(n: int, **params: object) -> dict[str, Any]:
    return {"id": f"test.nested.{n}", "params": params}


NESTED = message(
    1,
    s={"s": "text", "precision": 0},
    l={
        "l": message(
            2,
            d={"d": 2.5, "precision": 3},
            l={
                "l": message(
                    3,
                    i={"i": -(2**63)},
                    l={
                        "l": message(
                            4,
                            d={"d": 1e300},
                            l={"l": {"id": "test.nested.5"}},
                            dt={"dt": "2021-05-05T14:32:09Z", "format": "FULL_TIME"},
                            type={"s": ""},
                            other={"dt": "2021-05-05T14:32:09Z", "format": "BRAND_NEW"},
                        )
                    },
                )
            },
        )
    },
)


def test_params_that_nest_four_deep_survive_a_round_trip(
    driver: Driver, vcenter: VCenter, client: Client
) -> None:
    body = error_body("Outer.", error_type="NOT_FOUND")
    body["messages"][0]["params"] = {"d": {"d": 0.5}, "l": {"l": NESTED}}  # type: ignore[index]
    vcenter.on("GET", reply(404, body))
    error = failure(driver, client).error
    assert type(error) is StdErrorsError
    assert json.loads(msgspec.json.encode(error)) == body
    assert msgspec.json.decode(msgspec.json.encode(error), type=StdErrorsError) == error
    level, depth = error.messages[0].params, 0
    while level is not None and level["l"].l_ is not None:
        depth += 1
        level = level["l"].l_.params
    assert depth == 5


# How an exception reads


def assert_reads_well(error: ApiError, vcenter: VCenter) -> None:
    """Fail unless an exception says in one line which call failed and how."""
    url = f"http://{vcenter.address}{CUSTOMIZATION}"
    assert (error.method, error.url) == ("GET", url)
    text = str(error)
    for part in (f"GET {url}", str(error.status_code), type(error).__name__, error.message):
        assert part in text
    assert len(text.splitlines()) == 1
    assert text.isprintable()


@pytest.mark.parametrize(
    "messages",
    [
        ["No such machine."],
        ["No such machine.", "It was deleted."],
        ["Keine Maschine „vm-42“."],
        [],
    ],
    ids=len,
)
def test_an_exception_is_a_sentence(
    driver: Driver, vcenter: VCenter, client: Client, messages: list[str]
) -> None:
    vcenter.on("GET", reply(404, error_body(*messages, error_type="NOT_FOUND")))
    error = failure(driver, client)
    assert_reads_well(error, vcenter)
    positions = [str(error).index(each) for each in messages]
    assert positions == sorted(positions)


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\x1b[31m", "\x85", "\u2028"])
def test_a_message_of_several_lines_stays_on_one(
    driver: Driver, vcenter: VCenter, client: Client, break_: str
) -> None:
    # Whoever can name a virtual machine could write lines of their own into a log.
    vcenter.on("GET", reply(404, error_body(f"No such machine:{break_}vm-42")))
    text = str(failure(driver, client))
    assert len(text.splitlines()) == 1
    assert text.isprintable()
    assert "No such machine:" in text
    assert text.endswith("vm-42")


def test_the_url_shows_no_query(driver: Driver, vcenter: VCenter) -> None:
    http = driver.http(params={"proxy-key": "5ec4e7"})
    client = driver.client(session_id=CALLERS_TOKEN, http=http)
    vcenter.on("GET", reply(404), reply(200), reply(302))
    for exception in (NotFound, UnexpectedResponse, UnexpectedResponse):
        with pytest.raises(exception) as caught:
            driver.get(client)
        assert caught.value.url == f"http://{vcenter.address}{CUSTOMIZATION}"  # type: ignore[attr-defined]
        assert "5ec4e7" not in f"{caught.value}{caught.value!r}"
    assert vcenter.trace == [f"GET {CUSTOMIZATION}?proxy-key=5ec4e7"] * 3


# Pickled and copied, as multiprocessing, concurrent.futures and Celery do


@pytest.mark.parametrize(
    "again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy]
)
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, error_body("No such machine.", error_type="NOT_FOUND")),
        (401, UNAUTHENTICATED | {"challenge": "SIGN"}),
        (418, error_body("Short and stout.", error_type="BRAND_NEW", data={"a": 1})),
        (503, b"<html>"),
        (200, b"<html>"),
    ],
    ids=["kind", "challenge", "unknown", "html", "unexpected"],
)
def test_an_exception_can_be_pickled_and_copied(
    driver: Driver, vcenter: VCenter, client: Client, status: int, body: object, again: Any
) -> None:
    vcenter.on("GET", reply(status, body))
    with pytest.raises((ApiError, UnexpectedResponse)) as caught:
        driver.get(client)
    error = caught.value
    other = again(error)
    assert type(other) is type(error)
    assert str(other) == str(error)
    assert other.response and error.response  # which do not compare
    assert other.response.headers == error.response.headers
    assert other.response.content == error.response.content
    other.response = error.response
    assert vars(other) == vars(error)
    assert getattr(other, "error", None) == getattr(error, "error", None)


@pytest.mark.parametrize(
    "again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy]
)
def test_a_transport_error_can_be_pickled_and_copied(
    driver: Driver, closed_port: int, again: Any
) -> None:
    client = driver.client(base_url=f"http://127.0.0.1:{closed_port}", session_id=CALLERS_TOKEN)
    with pytest.raises(TransportError) as caught:
        driver.get(client)
    other = again(caught.value)
    assert (type(other), str(other)) == (TransportError, str(caught.value))
