"""What generated clients send: where to, and that it is what the caller meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from math import inf, nan
from typing import Any

import httpx2
import pytest
from driving import NOTHING, Answer, Driver, golden, reply

# ---- Servers of path items and operations (OpenAPI 3.1, sections 4.8.9 and 4.8.10)


def _where(drive: Driver, method: str, *arguments: object, **options: Any) -> str:
    options = {"base_url": None, "key": "secret", **options}
    call = lambda client: getattr(client.thing, method)(*arguments)  # noqa: E731
    drive("servers_of_operations", call, **options)
    assert drive.sent[-1].headers["X-Key"] == "secret"
    return str(drive.sent[-1].url)


def test_servers_of_operations(drive: Driver) -> None:
    assert _where(drive, "usual") == "https://api.acme.test/v1/usual"
    assert _where(drive, "same") == "https://api.acme.test/v1/same"
    assert _where(drive, "put_file", "a b") == "https://files.acme.test/v2/files/a%20b"
    assert _where(drive, "put_file", "a", site="b.eu") == "https://files.b.eu/v2/files/a"
    assert _where(drive, "get_file", "a") == "https://content.test/files/a"
    assert _where(drive, "relative") == "https://api.acme.test/v3/relative"
    mine = "http://localhost:1/proxy"
    assert _where(drive, "relative", base_url=mine) == "http://localhost:1/v3/relative"
    assert _where(drive, "same", base_url=mine) == "http://localhost:1/proxy/same"
    assert _where(drive, "get_file", "a", base_url=mine) == "https://content.test/files/a"


def test_servers_of_operations_can_be_others(drive: Driver) -> None:
    mine = {"https://content.test": "http://localhost:1/c/", "/v3": "http://localhost:2"}
    assert _where(drive, "get_file", "a", servers=mine) == "http://localhost:1/c/files/a"
    assert _where(drive, "relative", servers=mine) == "http://localhost:2/relative"
    assert _where(drive, "usual", servers=mine) == "https://api.acme.test/v1/usual"
    with pytest.raises(ValueError, match=r"unknown server https://x\.test"):
        _where(drive, "usual", servers={"https://x.test": "http://localhost:1"})
    with pytest.raises(ValueError, match="base_url must begin with"):
        _where(drive, "usual", servers={"/v3": "/v4"})
    shard = "https://shards.test/{shard}"
    with pytest.raises(ValueError, match=r"give servers={'https://shards.test/{shard}'"):
        _where(drive, "sharded")
    assert (
        _where(drive, "sharded", servers={shard: "https://s.test/7"}) == "https://s.test/7/sharded"
    )


# ---- Fragments in the keys of paths: RFC 3986, section 3.5, sends none


def test_a_query_is_not_lost_behind_the_fragment_of_a_key(drive: Driver) -> None:
    drive("path_key_fragments", lambda client: client.disk.find_disk("a b"), reply(200, "x"))
    labels = ["a", "b"]
    delete = lambda client: client.disk.delete_labels("7", label=labels)  # noqa: E731
    drive("path_key_fragments", delete, reply(204))
    found, deleted = (request.url.raw_path.decode() for request in drive.sent)
    assert found == "/disks?name=a%20b"
    assert deleted == "/disks/7?label=a&label=b"


def test_a_fragment_with_a_route_behind_it_is_in_the_path(drive: Driver) -> None:
    drive(
        "path_key_fragments", lambda client: client.disk.find_in_all("7", page=2), reply(200, "x")
    )
    assert drive.target == "/disks/%23all/7?page=2"


# ---- An HTTP client of the caller, with parameters of its own


def test_parameters_of_the_http_client_stand_beside_the_query(drive: Driver) -> None:
    drive.http["params"] = {"tenant": "a b", "force": "perhaps"}
    drive("path_query", lambda client: client.power.start("vm-1", force=True))
    assert drive.target == "/vm/vm-1/power?action=start&force=true&tenant=a+b"


def test_parameters_of_the_http_client_alone_are_the_query(drive: Driver) -> None:
    drive.http["params"] = {"tenant": "7"}
    drive("servers_of_operations", lambda client: client.thing.usual(), key="secret")
    assert drive.target == "/usual?tenant=7"


def test_a_server_beside_a_session(drive: Driver) -> None:
    """The session is opened at the usual server, and its token goes to the other, too."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        return (
            reply(201, "t0ken")(request) if request.method == "POST" else reply(200, b"x")(request)
        )

    login = ("user", "password")
    drive("servers_beside_a_session", lambda client: client.item.get("a"), answer, basic_auth=login)
    opening, getting = drive.sent
    assert str(opening.url) == "https://api.test/session"
    assert str(getting.url) == "https://api.test/transfer/items/a"
    assert getting.headers["vmware-api-session-id"] == "t0ken"


# ---- Cookies: RFC 6265, section 5.4, wants one header with all of them


def _cookies(drive: Driver, package: str, calls: list[Callable[[Any], Any]], **key: str) -> str:
    """Return the cookies of the last of several calls to a server that sets two."""
    answer = reply(204, Set_Cookie="theme=light; Path=/")

    async def in_turn(client: Any) -> None:
        for call in calls:
            await call(client)

    drive(
        package, in_turn if drive.is_async else lambda c: [call(c) for call in calls], answer, **key
    )
    return drive.sent[-1].headers["cookie"]


def test_a_cookie_joins_those_of_the_http_client(drive: Driver) -> None:
    twice = [lambda client: client.basket.get_basket("b", debug=True, seen=[1, 2])] * 2
    assert (
        _cookies(drive, "cookie_parameters", twice) == "theme=light; basket=b; debug=true; seen=1,2"
    )


def test_a_cookie_joins_the_credentials(drive: Driver) -> None:
    calls = [lambda client: client.me.get_me()] * 2
    assert _cookies(drive, "security_key_cookie", calls, session="s") == "theme=light; JSESSIONID=s"


def test_a_cookie_of_the_caller_replaces_another_of_its_name(drive: Driver) -> None:
    calls = [lambda client: client.me.get_me(theme="dark")] * 2
    assert _cookies(drive, "security_key_cookie", calls, session="s") == "theme=dark; JSESSIONID=s"


# ---- Cookies as they are: OpenAPI 3.2, section 4.12.3, `style: cookie`


def test_a_cookie_is_sent_as_it_is(drive: Driver) -> None:
    raw, size = "a=b%2C/+%", golden("cookies_as_they_are").Size(height=1)
    calls: list[Callable[[Any], Any]] = [
        lambda client: client.basket.get_basket(raw, debug=True, size=size, escaped=raw, text=raw),
        lambda client: client.basket.get_basket("", seen=["b", "c"], marks=["b", "c"]),
        lambda client: client.basket.get_basket("", seen=[], marks=[], size=None),
    ]
    for call in calls:
        drive("cookies_as_they_are", call)
    assert [one.headers["cookie"] for one in drive.sent] == [
        f"basket={raw}; debug=true; height=1; escaped=a=b%252C/+%25; text={raw}",
        "basket=; seen[]=b; seen[]=c; marks=b,c",
        "basket=",
    ]


@pytest.mark.parametrize("value", [*' ",;\\\n\x7fé'])
def test_what_a_cookie_cannot_hold_is_refused(drive: Driver, value: str) -> None:
    """RFC 6265, section 4.1.1: a comma of an item would divide it, a semicolon end the cookie."""
    calls: list[Callable[[Any], Any]] = [
        lambda client: client.basket.get_basket(value),
        lambda client: client.basket.get_basket("", marks=["a", f"b{value}c"]),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"the cookie [a-z]+ cannot hold this: "):
            drive("cookies_as_they_are", call)
    assert not drive.sent


# ---- Swagger 2.0, Parameter Object, `collectionFormat`


def test_lists_have_the_marks_between_them_that_are_declared(drive: Driver) -> None:
    marks: dict[str, Any] = {"x_bars": ["a", "b,c"], "x_spaces": [1, 2], "x_commas": ["a", "b"]}
    drive("collection_formats", lambda client: client.item.find(["a", "b/c"], [1, 2], **marks))
    assert drive.target == "/items/a%7Cb%2Fc/1%202"
    sent = [drive.request.headers[f"X-{name}"] for name in ("Bars", "Spaces", "Commas")]
    assert sent == ["a|b,c", "1 2", "a,b"]


# ---- What is no value


def test_a_file_is_no_value(drive: Driver) -> None:
    """It is told in words of ours, also by models that keep what they have no field for."""
    kept, file = golden("values_refused"), BytesIO(b"x")
    calls: list[Callable[[Any], Any]] = [
        lambda client: client.place.put(1, body=kept.Reading(value=file)),
        lambda client: client.place.form(kept.Reading(inside={"a": file})),
        lambda client: client.place.parts(kept.Reading(inside={"a": file})),
        lambda client: client.place.kept(kept.Kept(value=file)),
    ]
    for call in calls:
        with pytest.raises(TypeError, match=r"^BytesIO cannot be sent here: give a value"):
            drive(kept, call)
    assert not drive.sent


# ---- Lists inside objects, as Spring reads them


def test_a_list_in_an_object_is_several_pairs(drive: Driver) -> None:
    page = golden("pageable").Pageable(page=1, sort=["name,asc", "a&b"])
    drive("pageable", lambda client: client.user.list(page))
    drive("pageable", lambda client: client.user.search(filter=page, seen=page))
    drive("pageable", lambda client: client.user.get(page))
    plain, styled, path = drive.sent
    assert plain.url.query == b"page=1&sort=name%2Casc&sort=a%26b"
    assert styled.url.query == b"page=1&sort=name,asc&sort=a%26b"
    assert styled.headers["cookie"] == "page=1; sort=name%2Casc; sort=a&b"
    assert path.url.raw_path == b"/users/;page=1;sort=name%2Casc;sort=a%26b"


def test_an_empty_list_in_an_object_is_not_sent(drive: Driver) -> None:
    drive("pageable", lambda client: client.user.list(golden("pageable").Pageable(sort=[])))
    assert drive.target == "/users"


# ---- Parts whose schema has a `contentMediaType` (OpenAPI 3.1, Working With Binary Data)


def test_a_schema_tells_the_media_type_of_a_part(drive: Driver) -> None:
    package = golden("body_multipart_styles")
    names = ("icon", "page", "own", "usual")
    body = package.UploadToldBody(**dict.fromkeys(names, b"x"), pages=[b"1", b"2"], text="eA==")
    drive(package, lambda client: client.upload.told(body))
    sent = re.findall(rb'name="(\w+)".*\r\nContent-Type: ([^\r]+)', drive.request.content)
    assert sent == [
        (b"icon", b"image/png"),
        (b"page", b"text/html"),
        (b"pages", b"text/html"),
        (b"pages", b"text/html"),
        (b"own", b"image/gif"),
        (b"usual", b"application/octet-stream"),
        (b"text", b"text/plain; charset=utf-8"),
    ]


# ---- Null where anything is a value


def test_none_is_null_where_a_body_of_any_kind_is_required(drive: Driver) -> None:
    drive("serialised_nulls", lambda client: client.thing.add_thing("a", None))
    assert drive.request.content == b"null"
    assert drive.request.headers["Content-Type"] == "application/json"


# ---- Values that JSON and RFC 3339 do not have

NAIVE = datetime(2024, 1, 1)


@pytest.mark.parametrize("value", [NAIVE, nan, inf, -inf], ids=str)
def test_values_that_no_request_can_hold(drive: Driver, value: object) -> None:
    """They are refused wherever they stand, and nothing is sent."""
    package = golden("values_refused")
    reading, inner = package.Reading(value=value), package.Reading(inside={"a": value})
    calls: list[Callable[[Any], Any]] = [
        lambda place: place.put(value),
        lambda place: place.put(1, query=value),
        lambda place: place.put(1, list=[1, value]),
        lambda place: place.put(1, x_header=value),
        lambda place: place.put(1, cookie=value),
        *(lambda place, one=one: place.put(1, json=one) for one in (reading, inner)),
        *(lambda place, one=one: place.put(1, deep=one) for one in (reading, inner)),
        *(lambda place, one=one: place.put(1, body=one) for one in (reading, inner)),
        *(lambda place, one=one: place.form(one) for one in (reading, inner)),
        *(lambda place, one=one: place.styled(one) for one in (reading, inner)),
        *(lambda place, one=one: place.parts(one) for one in (reading, inner)),
    ]
    for call in calls:
        with pytest.raises(ValueError, match=r"give a (finite number|datetime with a time zone)"):
            drive("values_refused", lambda client, call=call: call(client.place))
    assert not drive.sent


def test_values_in_properties_without_fields(drive: Driver) -> None:
    kept = golden("values_refused").Kept(additional_properties={"at": NAIVE})
    with pytest.raises(ValueError, match="2024-01-01T00:00:00 has no offset"):
        drive("values_refused", lambda client: client.place.kept(kept))


def test_times_with_an_offset_and_finite_numbers_are_sent(drive: Driver) -> None:
    at = NAIVE.replace(tzinfo=UTC)
    body = golden("values_refused").Reading(value=at, inside={"a": 1.5})
    drive("values_refused", lambda client: client.place.put(at, body=body, query=-0.5, x_header=at))
    assert drive.target == "/places/2024-01-01T00%3A00%3A00Z?query=-0.5"
    assert json.loads(drive.request.content) == {
        "value": "2024-01-01T00:00:00Z",
        "inside": {"a": 1.5},
    }


# ---- Absent, null and a value: JSON Merge Patch (RFC 7396) clears by null


NOTE = reply(200, {"id": "n"})


def _body(drive: Driver, package: str, call: Callable[[Any], Any], answer: Answer = NOTHING) -> Any:
    drive(package, call, answer)
    content = drive.sent[-1].content
    return json.loads(content) if content else None


def test_none_is_null_where_the_document_has_null(drive: Driver) -> None:
    patch = golden("absent_and_null").NotePatch

    def sent(**values: object) -> Any:
        body = patch(rank=1, **values)
        return _body(drive, "absent_and_null", lambda client: client.note.update("n", body), NOTE)

    assert sent() == {"rank": 1}
    names = ["owner", "the_text", "title", "tags", "anything"]
    cleared = {"owner": None, "the-text": None, "title": None, "tags": None, "anything": None}
    assert sent(**dict.fromkeys(names)) == {**cleared, "rank": 1}
    assert sent(owner="o", tags=[], anything=0) == {
        "rank": 1,
        "owner": "o",
        "tags": [],
        "anything": 0,
    }
    assert sent(plain=None, made=None) == {"rank": 1}, "of these the document has no null"


def test_null_in_objects_that_keep_what_they_do_not_know(drive: Driver) -> None:
    package = golden("absent_and_null")

    def sent(**values: object) -> Any:
        body = package.NoteReplaceBody(file=package.Kept(**values))
        return _body(drive, "absent_and_null", lambda client: client.note.replace("n", body=body))

    assert sent(additional_properties={"a": 1}) == {"file": {"a": 1}}
    assert sent(text=None) == {"file": {"text": None}}


def test_a_body_can_be_null(drive: Driver) -> None:
    def sent(**body: object) -> bytes:
        drive("absent_and_null", lambda client: client.note.replace("n", **body))
        return drive.sent[-1].content

    assert sent() == b""
    assert sent(body=None) == b"null"
    drive("absent_and_null", lambda client: client.note.needed(None))
    assert drive.sent[-1].content == b"null"


def test_forms_have_no_null(drive: Driver) -> None:
    body = golden("absent_and_null").NotePatch(rank=1, owner=None, tags=["a", "b"])
    drive("absent_and_null", lambda client: client.note.form(body))
    drive("absent_and_null", lambda client: client.note.pairs(body))
    parts, pairs = drive.sent
    assert re.findall(rb'name="([^"]+)"', parts.content) == [b"tags", b"tags", b"rank"]
    assert sorted(pairs.content.split(b"&")) == [b"rank=1", b"tags=a", b"tags=b"]


def test_what_is_only_read_has_none_for_absence(drive: Driver) -> None:
    note = drive("absent_and_null", lambda client: client.note.get("n"), reply(200, {"id": "n"}))
    assert note.text is None


# ---- Properties that go one way (OpenAPI 3.0, section 4.7.24.2)


def test_read_only_and_write_only_properties(drive: Driver) -> None:
    user = golden("read_write_only").User(name="n", password="p")
    answer = reply(201, {"id": "1", "name": "n"})
    found = drive("read_write_only", lambda client: client.user.create_user(user), answer)
    assert json.loads(drive.request.content) == {"name": "n", "password": "p"}
    assert (found.id, found.name) == ("1", "n")


# ---- What can have one value alone


def test_fixed_values_are_filled_in(drive: Driver) -> None:
    package = golden("fixed_values")

    def sent(pet: object) -> Any:
        return _body(drive, "fixed_values", lambda client: client.pet.put(pet))

    cat = {"kind": "cat", "version": 3, "loud": False, "mood": "calm"}
    assert sent(package.Cat()) == cat
    assert sent(package.Cat(state=package.CatState.ASLEEP)) == {**cat, "state": "asleep"}
    assert sent(package.Dog()) == {"kind": "dog", "sub-kind": "hound"}
    assert sent(package.Bird(wings=2)) == {"kind": "bird", "wings": 2}
    assert sent(package.Fish()) == {"kind": "Fish"}
    assert sent(package.Dog(kind=package.Kind("wolf")))["kind"] == "wolf", "it can be another"
    request = drive.sent[-1]
    assert request.headers["x-version"] == "2"
    assert request.url.query == b"exact=true", "what is optional may be absent"


def test_the_tag_of_an_heir_is_filled_in(drive: Driver) -> None:
    package = golden("fixed_values")
    horse = package.Horse(speed=3)
    found = _body(drive, "fixed_values", lambda client: client.pet.animal(horse))
    assert found == {"type": "horse", "speed": 3}
    assert isinstance(horse, package.Animal)


def test_what_is_only_read_is_not_filled_in(drive: Driver) -> None:
    package = golden("fixed_values")
    with pytest.raises(package.UnexpectedResponse):
        drive("fixed_values", lambda client: client.pet.get(), reply(200, {}), strict=True)
