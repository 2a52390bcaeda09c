"""What generated clients do: the golden packages, called; the standards say what must happen.

The table of styles is the one of OpenAPI 3.1.1 (section 4.8.12.5); forms are read back by the
parsers of the standard library, and by werkzeug's; nothing is compared with code of ours.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import sys
import threading
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlsplit
from uuid import UUID

import httpx2
import pytest
from driving import Driver, golden, load, reply
from msgspec import UNSET
from vcgen.cli import main
from werkzeug.formparser import parse_form_data
from werkzeug.http import parse_cookie

GOLDEN = Path(__file__).parent / "golden"


# ---- Styles: OpenAPI 3.1.1, section 4.8.12.5, "Style Examples", row by row

TABLE = """
matrix         | false | ;color | ;color=blue | ;color=blue,black,brown             | ;color=R,100,G,200,B,150
matrix         | true  | ;color | ;color=blue | ;color=blue;color=black;color=brown | ;R=100;G=200;B=150
label          | false | .      | .blue       | .blue,black,brown                   | .R,100,G,200,B,150
label          | true  | .      | .blue       | .blue.black.brown                   | .R=100.G=200.B=150
simple         | false | empty  | blue        | blue,black,brown                    | R,100,G,200,B,150
simple         | true  | empty  | blue        | blue,black,brown                    | R=100,G=200,B=150
form           | false | color= | color=blue  | color=blue,black,brown              | color=R,100,G,200,B,150
form           | true  | color= | color=blue  | color=blue&color=black&color=brown  | R=100&G=200&B=150
spaceDelimited | false | n/a    | n/a         | color=blue%20black%20brown          | color=R%20100%20G%20200%20B%20150
pipeDelimited  | false | n/a    | n/a         | color=blue%7Cblack%7Cbrown          | color=R%7C100%7CG%7C200%7CB%7C150
deepObject     | n/a   | n/a    | n/a         | n/a                                 | color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150
"""  # noqa: E501
VALUES = {
    "empty": "",
    "string": "blue",
    "array": ["blue", "black", "brown"],
    "object": {"R": 100, "G": 200, "B": 150},
}
SCHEMAS = {
    "empty": {"type": "string"},
    "string": {"type": "string"},
    "array": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "additionalProperties": {"type": "integer"}},
}
PATH_STYLES = ("matrix", "label", "simple")


@dataclass(frozen=True)
class Row:
    place: str
    style: str
    explode: str
    kind: str
    expected: str

    @property
    def name(self) -> str:
        return f"{self.place}_{self.style}_{self.explode.replace('/', '')}_{self.kind}".lower()

    @property
    def path(self) -> str:
        return f"/{self.name}/x{{color}}" if self.place == "path" else f"/{self.name}"

    @property
    def operation(self) -> dict[str, Any]:
        parameter = {
            "name": "color",
            "in": self.place,
            "required": True,
            "style": self.style,
            "schema": SCHEMAS[self.kind],
        }
        if self.explode != "n/a":
            parameter["explode"] = self.explode == "true"
        responses = {"204": {"description": "Taken."}}
        return {
            "operationId": self.name,
            "tags": ["Row"],
            "parameters": [parameter],
            "responses": responses,
        }


def _rows() -> list[Row]:
    rows: list[Row] = []
    for line in TABLE.strip().splitlines():
        style, explode, *cells = (cell.strip() for cell in line.split("|"))
        for kind, cell in zip(VALUES, cells, strict=True):
            if cell != "n/a":
                places = ["path"] if style in PATH_STYLES else ["query"]
                places += {"simple": ["header"], "form": ["cookie"]}.get(style, [])
                rows += [Row(place, style, explode, kind, cell) for place in places]
    return rows


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A client with an operation for each cell of the table."""
    folder = tmp_path_factory.mktemp("table")
    paths = {row.path: {"get": row.operation} for row in _rows()}
    info = {"title": "Table API", "version": "1"}
    (folder / "spec.json").write_text(
        json.dumps({"openapi": "3.1.1", "info": info, "paths": paths}), encoding="utf-8"
    )
    arguments = ["--spec", str(folder / "spec.json"), "--operation", "*"]
    with pytest.raises(SystemExit) as exit_:
        main(["generate", *arguments, "--output", str(folder / "style_table")])
    assert not exit_.value.code
    return load(folder / "style_table")


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row.name)
def test_a_row_of_the_table_of_styles(row: Row, table: ModuleType, drive: Driver) -> None:
    def act(client: Any) -> Any:
        return getattr(client.row, row.name)(VALUES[row.kind])

    if row.place == "path" and row.kind == "empty" and row.style != "matrix":
        # The specification has it, but `/x` + "" or "." would be another resource.
        with pytest.raises(ValueError, match="another resource"):
            drive(table, act)
        assert not drive.sent
        return
    drive(table, act)
    request = drive.request
    expected = "" if row.expected == "empty" else row.expected
    if row.place == "path":
        assert drive.target == f"/{row.name}/x{expected}"
    elif row.place == "query":
        assert drive.target == f"/{row.name}?{expected}"
    elif row.place == "header":
        assert request.headers["color"] == expected
    else:
        # Pairs in a cookie have `; ` between them, and not what a query has (RFC 6265).
        assert request.headers["cookie"] == expected.replace("&", "; ")


def test_what_is_not_given_is_not_sent(drive: Driver) -> None:
    drive("styles_query", lambda client: client.styles.form())
    assert drive.target == "/form"


def test_an_empty_array_is_not_sent(drive: Driver) -> None:
    drive("styles_query", lambda client: client.styles.form(exploded=[], joined=[]))
    assert drive.target == "/form"


def test_a_class_is_written_like_any_object(drive: Driver) -> None:
    colour = golden("styles_query").Colour(r=100, g=200)
    drive(
        "styles_query",
        lambda client: client.styles.form(spread=colour, flat=colour, text="a b&c=d"),
    )
    assert drive.query == [("text", "a b&c=d"), ("R", "100"), ("G", "200"), ("flat", "R,100,G,200")]


def test_separators_inside_values_are_escaped(drive: Driver) -> None:
    def act(client: Any) -> Any:
        return client.styles.delimited(spaces=["a|b", "c"], pipes=["a b", "c"])

    drive("styles_query", act)
    assert drive.target == "/delimited?spaces=a%7Cb%20c&pipes=a%20b%7Cc"


@pytest.mark.parametrize(
    ("items", "sign"), [({"spaces": ["a b", "c"]}, "' '"), ({"pipes": ["a|b"]}, "'|'")]
)
def test_a_separator_that_no_escape_tells_apart_is_refused(
    drive: Driver, items: dict[str, Any], sign: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(f"no item can have {sign} in it here")):
        drive("styles_query", lambda client: client.styles.delimited(**items))


def test_a_comma_inside_an_item_is_escaped_where_others_are_not(drive: Driver) -> None:
    drive("styles_query", lambda client: client.styles.form(reserved=["a/b,c", "d"]))
    assert drive.target == "/form?reserved=a/b%2Cc,d"


def test_a_deep_object(drive: Driver) -> None:
    package = golden("styles_query")
    drive(
        package,
        lambda client: client.styles.deep(package.Colour(r=1), filter={"a[b]": "x&y", "n": "m"}),
    )
    assert drive.query == [("color[R]", "1"), ("filter[a[b]]", "x&y"), ("filter[n]", "m")]


def test_objects_in_an_array_of_a_deep_object_have_an_index(drive: Driver) -> None:
    """With `[]`, a server such as Payload cannot tell where an object ends (qs, section Arrays)."""
    package = golden("styles_query")
    where = package.Condition(
        name="w", and_=[package.Condition(name="a", in_=[1, 2]), package.Condition(name="b")]
    )
    drive(package, lambda client: client.styles.deep(package.Colour(r=1), where=where))
    assert drive.query[1:] == [
        ("where[name]", "w"),
        ("where[and][0][name]", "a"),
        ("where[and][0][in][]", "1"),
        ("where[and][0][in][]", "2"),
        ("where[and][1][name]", "b"),
    ]


def test_values_in_paths_cannot_leave_their_segment(drive: Driver) -> None:
    colour = golden("styles_path").Colour(r=1, g=2)
    drive(
        "styles_path",
        lambda client: client.styles.simple("a/b?c#d%", ["x,y", "z/"], colour, colour),
    )
    assert drive.target == "/simple/a%2Fb%3Fc%23d%25/x%2Cy,z%2F/R,1,G,2/R=1,G=2"


@pytest.mark.parametrize("text", ["", ".", ".."])
def test_values_in_paths_cannot_be_dot_segments(text: str, drive: Driver) -> None:
    colour = golden("styles_path").Colour(r=1)
    with pytest.raises(ValueError, match="another resource"):
        drive("styles_path", lambda client: client.styles.simple(text, ["a"], colour, colour))
    if text != "..":
        with pytest.raises(ValueError, match="another resource"):
            drive(
                "styles_path",
                lambda client: client.styles.label(text, ["a"], colour, colour, ["a"]),
            )


def test_none_is_no_value_of_a_path(drive: Driver) -> None:
    """It would be the resource `null`."""
    given: list[Any] = ["a", ["a"], *[golden("styles_path").Colour(r=1)] * 2]
    for index in range(4):
        values = [*given[:index], None, *given[index + 1 :]]
        with pytest.raises(ValueError, match="must not be None: it would address another"):
            drive("styles_path", lambda client, values=values: client.styles.simple(*values))
    assert not drive.sent


def test_an_empty_array_or_object_is_no_header(drive: Driver) -> None:
    package = golden("header_parameters")
    nothing = {"x_window": package.Window(), "x_window_pairs": package.Window()}
    lists: list[list[Any]] = [[], [None]]
    for one in lists:

        def act(client: Any, one: Any = one) -> Any:
            return client.report.get_report(UUID(int=7), x_fields=one, **nothing)

        drive(package, act, reply(200, "the report"))
        assert not {"x-fields", "x-window", "x-window-pairs"} & {*drive.sent[-1].headers}


def test_headers(drive: Driver) -> None:
    package = golden("header_parameters")
    window = package.Window(from_=1, to=2)
    value = drive(
        package,
        lambda client: client.report.get_report(
            UUID(int=7),
            x_limit=3,
            x_verbose=True,
            x_fields=["a", "b"],
            x_window=window,
            x_window_pairs=window,
        ),
        reply(200, "the report", X_Rate_Limit="9"),
    )
    assert value == "the report"
    headers = drive.request.headers
    assert headers["x-request-id"] == "00000000-0000-0000-0000-000000000007"
    assert headers["x-limit"] == "3"
    assert headers["x-verbose"] == "true"
    assert headers["x-fields"] == "a,b"
    assert headers["x-window"] == "from,1,to,2"
    assert headers["x-window-pairs"] == "from=1,to=2"


@pytest.mark.parametrize("text", ["a\r\nX-Evil: 1", "a\nb", "ä", "\x00"])
def test_a_header_cannot_forge_others(text: str, drive: Driver) -> None:
    package = golden("header_parameters")
    with pytest.raises(ValueError, match="cannot hold"):
        drive(package, lambda client: client.report.get_report(UUID(int=1), x_fields=[text]))
    assert not drive.sent


def test_cookies(drive: Driver) -> None:
    evil = 'b 1"; admin=true, ä\\'
    drive(
        "cookie_parameters",
        lambda client: client.basket.get_basket(evil, debug=False, seen=[1, 2]),
    )
    parsed = parse_cookie(drive.request.headers["cookie"])
    assert {name: unquote(value) for name, value in parsed.items()} == {
        "basket": evil,
        "debug": "false",
        "seen": "1,2",
    }


def test_json_in_parameters(drive: Driver) -> None:
    package = golden("parameter_content_json")
    point = package.Point(x=1, y=2.5)
    drive(
        package,
        lambda client: client.search.search(
            point, package.Filter(name="ä&b", near=point), sort=[], text="t", x_hint=point
        ),
    )
    path, query = urlsplit(drive.target)[2:4]
    assert json.loads(unquote(path.removeprefix("/search/"))) == {"x": 1, "y": 2.5}
    read = {name: json.loads(value) for name, value in parse_qsl(query)}
    near = {"x": 1, "y": 2.5}
    assert read == {"filter": {"name": "ä&b", "near": near}, "sort": [], "text": "t"}
    assert json.loads(drive.request.headers["x-hint"]) == near


@pytest.mark.parametrize("value", [[], ["ä", "\U0001f600\n", "\x00"]], ids=["empty", "more"])
def test_json_in_a_header_is_ascii(drive: Driver, value: list[str]) -> None:
    package = golden("parameter_content_json")
    point = package.Point(x=1, y=2)
    drive(package, lambda client: client.search.search(point, package.Filter(), x_note=value))
    sent = drive.request.headers["x-note"]
    assert json.loads(sent) == value
    assert " " not in sent


def test_json_that_is_not_given_is_not_sent(drive: Driver) -> None:
    package = golden("parameter_content_json")
    point = package.Point(x=1, y=2)
    drive(package, lambda client: client.search.search(point, package.Filter()))
    assert drive.query == [("filter", "{}")]
    assert "x-hint" not in drive.request.headers


def test_an_operation_replaces_the_parameters_of_its_path(drive: Driver) -> None:
    package = golden("path_level_parameters")
    drive(package, lambda client: client.disk.list_disks("h 1", "few", host="me"))
    assert drive.target == "/hosts/h%201/disks?limit=few"
    drive.sent.clear()
    drive(package, lambda client: client.disk.remove_disks("h1", limit=3))
    assert drive.target == "/hosts/h1/disks?limit=3"


# ---- Bodies


def test_a_json_body_has_the_media_type_of_the_document(drive: Driver) -> None:
    package = golden("body_json_plus")
    order = drive(
        package,
        lambda client: client.order.create_order(package.Order(item="tea")),
        reply(201, {"item": "tea"}, Content_Type="application/vnd.shop.order+json"),
    )
    assert order == package.Order(item="tea")
    assert drive.request.headers["content-type"] == "application/vnd.shop.order+json; version=2"
    assert "application/vnd.shop.order+json" in drive.request.headers["accept"]
    assert json.loads(drive.request.content) == {"item": "tea"}


def _form(
    request: httpx2.Request,
) -> tuple[dict[str, list[str]], dict[str, list[tuple[str | None, str, bytes]]]]:
    """Return the fields, and name, media type and content of the files, as a server reads them."""
    environ = {
        "wsgi.input": BytesIO(request.content),
        "CONTENT_LENGTH": str(len(request.content)),
        "CONTENT_TYPE": request.headers["content-type"],
        "REQUEST_METHOD": "POST",
    }
    _, fields, files = parse_form_data(environ)
    read: dict[str, list[tuple[str | None, str, bytes]]] = {}
    for name, file in files.items(multi=True):
        read.setdefault(name, []).append((file.filename, file.mimetype, file.read()))
        file.close()
    return fields.to_dict(flat=False), read


def _messages(request: httpx2.Request) -> list[Any]:
    """Return the parts of a form, as the standard library reads them."""
    from email import message_from_bytes
    from email.policy import HTTP

    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    return list(message_from_bytes(head + request.content, policy=HTTP).iter_parts())


def _parts(request: httpx2.Request) -> list[tuple[str, str | None, str, bytes]]:
    """Return name, file name, media type and content of each part, as RFC 7578 has them."""
    return [
        (
            str(part.get_param("name", header="content-disposition")),
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True) or b"",
        )
        for part in _messages(request)
    ]


def test_a_form_of_parts(drive: Driver) -> None:
    package = golden("body_multipart")
    image = bytes(range(256))
    body = package.UploadUploadBody(
        file=package.File(image, "ä b.png", "image/png"),
        name="Näme",
        size=3,
        public=True,
        labels=["x", "y"],
        more=[b"1", package.File(b"2", "two.txt", "text/plain")],
        meta=package.MetaModel(camera="c"),
        metas=[package.MetaModel(camera="d"), package.MetaModel(camera="e")],
    )
    drive(package, lambda client: client.upload.upload(body))
    assert drive.request.headers["content-type"].startswith("multipart/form-data; boundary=")
    fields, files = _form(drive.request)
    assert fields["name"] == ["Näme"]
    assert fields["size"] == ["3"]
    assert fields["public"] == ["true"]
    assert fields["labels"] == ["x", "y"]
    assert [json.loads(one) for one in fields["meta"]] == [{"camera": "c"}]
    assert [json.loads(one) for one in fields["metas"]] == [{"camera": "d"}, {"camera": "e"}]
    assert files["file"] == [("ä b.png", "image/png", image)]
    assert files["more"] == [
        ("more", "application/octet-stream", b"1"),
        ("two.txt", "text/plain", b"2"),
    ]


def test_the_parts_of_a_form_have_their_media_types(drive: Driver) -> None:
    package = golden("body_multipart")
    body = package.Attachment(picture=b"\x89PNG", notes="# A", tags=["x"])
    drive(package, lambda client: client.upload.attach(body=body))
    assert _parts(drive.request) == [
        ("picture", "picture", "image/png", b"\x89PNG"),
        ("notes", None, "text/markdown", b"# A"),
        ("tags", None, "application/json", b'"x"'),
    ]


def _related(drive: Driver, **fields: Any) -> list[Any]:
    package = golden("body_multipart")
    body = package.UploadRelateBody(**fields)
    drive(package, lambda client: client.upload.relate(body=body))
    return _messages(drive.request)


def test_the_parts_of_a_form_have_headers(drive: Driver) -> None:
    file = golden("body_multipart").File
    headers = {"Content-ID": "<p@x>", "X-Mine": "1"}
    page, figure = _related(
        drive,
        page=file(b"<p>", "p.html", headers=headers),
        figure=file(b"f", "f.pdf", headers={"x-role": "cover"}),
    )
    assert (page["Content-ID"], page["X-Mine"]) == ("<p@x>", "1")
    assert (page.get_content_type(), page.get_filename()) == ("text/html", "p.html")
    assert figure.get_all("X-Role") == ["cover"]
    assert headers == {"Content-ID": "<p@x>", "X-Mine": "1"}


def test_a_header_with_one_value_is_filled_in(drive: Driver) -> None:
    (figure,) = _related(drive, figure=b"f")
    assert figure["X-Role"] == "figure"
    assert "X-Size" not in figure


@pytest.mark.parametrize("is_file", [True, False])
def test_a_part_without_a_header_that_it_needs_is_refused(drive: Driver, is_file: bool) -> None:
    page = golden("body_multipart").File(b"<p>", "p.html") if is_file else b"<p>"
    with pytest.raises(ValueError, match=r"page needs the header Content-ID: give a File with"):
        _related(drive, page=page)
    assert not drive.sent


MEDIA_TYPES = {
    "a.png": "image/png",
    "a.svg": "image/svg+xml",
    "a.pdf": "application/pdf",
    "a.txt": "application/pdf",
    "": "application/pdf",
}


@pytest.mark.parametrize("name", MEDIA_TYPES)
def test_one_of_several_media_types_fits_the_file(drive: Driver, name: str) -> None:
    file = golden("body_multipart").File
    (figure,) = _related(drive, figure=file(b"f", name) if name else b"f")
    assert figure.get_content_type() == MEDIA_TYPES[name]


def test_one_of_several_media_types_fits_the_value(drive: Driver) -> None:
    about, note = _related(drive, about={"a": "b"}, note="text")
    assert about.get_content_type() == "application/vnd.acme+json"
    assert json.loads(about.get_payload()) == {"a": "b"}
    assert (note.get_content_type(), note.get_payload()) == ("text/markdown", "text")


def test_the_media_type_of_a_file_is_the_callers(drive: Driver) -> None:
    file = golden("body_multipart").File
    (figure,) = _related(drive, figure=file(b"f", "a.png", "image/x-mine"))
    assert figure.get_content_type() == "image/x-mine"


def test_the_fields_of_a_form_of_parts_have_their_styles(drive: Driver) -> None:
    # OpenAPI 3.1.1, section 4.8.15.1.2: as in a query, and nothing is percent-encoded in a part.
    package = golden("body_multipart_styles")
    point = package.Point(x=1, y_z=2)
    body = package.UploadUploadBody(
        **{"file": b"png", "files": [b"1", b"2"], "name": "a b&c", "joined": ["ä", "b c"]},
        **{"apart": [1, 2], "spaces": ["a", "b"], "pipes": ["a", "b"], "deep": point},
        **{"flat": point, "fields": point, "json": point, "reserved": "a/b?c&d"},
    )
    drive(package, lambda client: client.upload.upload(body))
    text = "text/plain"
    assert _parts(drive.request) == [
        ("file", "file", "image/png", b"png"),
        ("files", "files", "application/octet-stream", b"1"),
        ("files", "files", "application/octet-stream", b"2"),
        ("name", None, text, b"a b&c"),
        ("joined", None, text, "ä,b c".encode()),
        ("apart", None, text, b"1"),
        ("apart", None, text, b"2"),
        ("spaces", None, text, b"a b"),
        ("pipes", None, text, b"a|b"),
        ("deep[x]", None, text, b"1"),
        ("deep[y z]", None, text, b"2"),
        ("flat", None, text, b"x,1,y z,2"),
        ("x", None, text, b"1"),
        ("y z", None, text, b"2"),
        ("json", None, "application/json", b'{"x":1,"y z":2}'),
        ("reserved", None, text, b"a/b?c&d"),
    ]


def test_a_form_without_parts_is_a_form(drive: Driver) -> None:
    package = golden("body_multipart")
    drive(package, lambda client: client.upload.attach(body=package.Attachment(tags=[])))
    assert drive.request.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert drive.request.content.startswith(b"--")
    assert _form(drive.request) == ({}, {})
    assert _parts(drive.request) == []


def test_a_body_that_is_not_given_is_not_sent(drive: Driver) -> None:
    drive("body_multipart", lambda client: client.upload.attach())
    assert drive.request.content == b""
    assert "content-type" not in drive.request.headers


def test_a_form_in_the_manner_of_a_query(drive: Driver) -> None:
    package = golden("body_form")
    body = package.TokenGetTokenBody(
        grant_type=package.TokenGetTokenBodyGrantType.PASSWORD,
        username="a&b=c d+e",
        password="ä",
        remember=False,
        scope=["x", "y"],
        device=package.Device(id="1"),
    )
    drive(package, lambda client: client.token.get_token(body))
    assert drive.request.headers["content-type"] == "application/x-www-form-urlencoded"
    # An object inside is JSON (OpenAPI 3.1.1, section 4.8.14.5; 3.0.4, section 4.7.14.5).
    assert parse_qsl(drive.request.content.decode()) == [
        ("grant_type", "password"),
        ("username", "a&b=c d+e"),
        ("password", "ä"),
        ("remember", "false"),
        ("scope", "x"),
        ("scope", "y"),
        ("device", '{"id":"1"}'),
    ]


def test_a_form_with_styles(drive: Driver) -> None:
    package = golden("body_form")
    body = package.Customer(
        address=package.Device(id="1", os="a b"),
        phones=["1", "2"],
        codes=[3, 4],
        homepage="https://a.test/?b=c&d",
    )
    drive(package, lambda client: client.customer.create_customer(body=body))
    assert parse_qsl(drive.request.content.decode()) == [
        ("address[id]", "1"),
        ("address[os]", "a b"),
        ("phones", "1,2"),
        ("codes", "3|4"),
        ("homepage", "https://a.test/?b=c&d"),
    ]
    assert b"homepage=https://a.test/?b%3Dc%26d" in drive.request.content


def test_bytes_and_texts_as_bodies(drive: Driver) -> None:
    content = bytes(range(256))
    drive("body_octet_stream", lambda client: client.firmware.put_firmware(content))
    drive("body_octet_stream", lambda client: client.logo.put_logo(body=content))
    drive("body_text", lambda client: client.note.put_note("Grüße"))
    drive("body_text", lambda client: client.note.put_latin("Grüße"))
    assert [request.content for request in drive.sent] == [
        content,
        content,
        "Grüße".encode(),
        "Grüße".encode("iso-8859-1"),
    ]
    assert [request.headers["content-type"] for request in drive.sent] == [
        "application/octet-stream",
        "application/octet-stream",
        "text/plain",
        "text/plain; charset=iso-8859-1",
    ]


def test_a_text_that_its_character_set_cannot_hold_is_refused(drive: Driver) -> None:
    with pytest.raises(ValueError):
        drive("body_text", lambda client: client.note.put_latin("日本"))
    assert not drive.sent


@pytest.mark.parametrize("method", ["put_note", "put_latin"])
def test_what_is_no_text_is_told(drive: Driver, method: str) -> None:
    for given in (5, ["a"], iter([b"a"])):
        with pytest.raises(TypeError, match=f"give a text, not {type(given).__name__}"):
            drive("body_text", lambda client, given=given: getattr(client.note, method)(given))
    assert not drive.sent


# ---- Answers


def test_the_media_types_that_were_chosen(drive: Driver) -> None:
    package = golden("media_types_chosen")

    def act(client: Any) -> Any:
        return _read(client.table.convert_table("a;b"), drive)

    assert drive(package, act, reply(200, b"%PDF")) == b"%PDF"
    request = drive.request
    assert request.headers["content-type"] == "Text/CSV; header=present"
    assert request.headers["accept"].startswith("application/pdf")
    drive.sent.clear()
    drive(package, lambda client: client.table.get_plain(), reply(200, {"rows": []}))
    assert drive.request.headers["accept"] == "application/json"


def test_json_is_preferred(drive: Driver) -> None:
    package = golden("several_media_types")
    table = drive(
        package,
        lambda client: client.table.convert_table(package.Table(rows=["a"])),
        reply(200, {"rows": ["b"]}),
    )
    assert table.rows == ["b"]
    assert drive.request.headers["content-type"] == "application/json"
    assert drive.request.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [(200, {"value": 1}, "Result"), (202, {"id": "x"}, "Job"), (204, None, "NoneType")],
)
def test_each_success_has_its_type(status: int, body: Any, expected: str, drive: Driver) -> None:
    value = drive("several_success_codes", lambda c: c.job.submit(), reply(status, body))
    assert type(value).__name__ == expected


def test_a_success_that_nobody_declared(drive: Driver) -> None:
    package = golden("several_success_codes")
    with pytest.raises(package.UnexpectedResponse) as caught:
        drive(package, lambda client: client.job.submit(), reply(206, {"value": 1}))
    assert caught.value.status_code == 206
    assert caught.value.body == b'{"value": 1}'


@pytest.mark.parametrize("method", ["delete_thing", "put_thing", "patch_thing", "head_thing"])
def test_no_content(method: str, drive: Driver) -> None:
    status = 204 if method in {"delete_thing", "patch_thing"} else 200

    def act(client: Any) -> Any:
        return getattr(client.thing, method)("1")

    assert drive("no_content", act, reply(status, b"")) is None


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (reply(200, {"things": [1]}), {"things": [1]}),
        (reply(200, []), []),
        (reply(200, b"<p>", **{"Content-Type": "text/html"}), "<p>"),
        (reply(200, b"one, two"), "one, two"),
        (reply(200, b""), None),
        (reply(204, b""), None),
        (reply(206, {"a": 1}), {"a": 1}),
    ],
)
def test_what_is_retrieved_is_not_lost_though_nothing_describes_it(
    answer: Any, value: object, drive: Driver
) -> None:
    assert drive("no_content", lambda client: client.thing.list_things(), answer) == value
    # A server need not have it in JSON, and some refuse (406) what does not say so.
    assert drive.request.headers["accept"] == "application/json, */*;q=0.9"


def test_what_a_tool_knows_nothing_of_is_not_lost(drive: Driver) -> None:
    """NestJS describes it by "", Fastify by "Default Response", Nitro by "OK", ts-rest by "200"."""
    made = reply(201, {"token": "t"})
    assert drive("no_content", lambda client: client.thing.make_thing(), made) == {"token": "t"}
    assert drive("no_content", lambda client: client.thing.make_thing(), reply(201, b"")) is None
    gone = reply(200, [1])
    assert drive("no_content", lambda client: client.thing.delete_things(), gone) == [1]
    assert drive("no_content", lambda client: client.thing.count_things(), reply(200, 5)) == 5
    assert drive("no_content", lambda client: client.thing.delete_things(), reply(204, b"")) is None


@pytest.mark.parametrize("method", ["add_thing", "put_things", "patch_things"])
def test_what_no_response_describes_is_not_lost(method: str, drive: Driver) -> None:
    """Quart-Schema and BlackSheep declare no response where the code tells none."""

    def act(client: Any) -> Any:
        return getattr(client.thing, method)()

    assert drive("no_content", act, reply(201, {"token": "t"})) == {"token": "t"}
    assert drive("no_content", act, reply(201, b"")) is None


def test_what_is_described_in_words_alone_is_nothing(drive: Driver) -> None:
    answer = reply(200, {"token": "t"})
    assert drive("no_content", lambda client: client.thing.put_thing("1"), answer) is None
    assert drive("no_content", lambda client: client.thing.head_things(), reply(200, b"")) is None


def test_nothing_is_a_success_beside_one_that_is_described(drive: Driver) -> None:
    assert drive("no_content", lambda c: c.thing.first_thing(), reply(200, "a")) == "a"
    assert drive("no_content", lambda c: c.thing.first_thing(), reply(202, b"")) is None


def test_the_headers_of_an_answer(drive: Driver) -> None:
    package = golden("task_202")
    with package.recorded_responses() as responses:
        task = drive(
            package,
            lambda client: client.backup.start_backup(),
            reply(202, "task-7", Location="/tasks/7"),
        )
    assert task.answer == "task-7"
    assert [one.headers["location"] for one in responses] == ["/tasks/7"]


def test_each_thread_records_its_own_answers() -> None:
    package = golden("task_202")
    together = threading.Barrier(4)

    def work(number: int) -> list[str]:
        def handle(_: httpx2.Request) -> httpx2.Response:
            together.wait(10)
            return httpx2.Response(202, json="x", headers={"Location": f"/{number}"})

        with (
            httpx2.Client(transport=httpx2.MockTransport(handle)) as http,
            package.recorded_responses() as responses,
        ):
            client = package.Client("api.test", http=http)
            client.backup.start_backup()
            client.backup.start_backup()
        return [one.headers["location"] for one in responses]

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [[f"/{n}", f"/{n}"] for n in range(4)]


def test_each_task_records_its_own_answers() -> None:
    package = golden("task_202")

    async def work(client: Any) -> list[str]:
        with package.recorded_responses() as responses:
            await client.backup.start_backup()
            await asyncio.sleep(0)
            await client.backup.start_backup()
        return [one.headers["location"] for one in responses]

    async def run() -> list[list[str]]:
        count = iter(range(100))

        async def handle(_: httpx2.Request) -> httpx2.Response:
            await asyncio.sleep(0)
            return httpx2.Response(202, json="x", headers={"Location": str(next(count))})

        async with httpx2.AsyncClient(transport=httpx2.MockTransport(handle)) as http:
            client = package.AsyncClient("api.test", http=http)
            return await asyncio.gather(*(work(client) for _ in range(3)))

    found = asyncio.run(run())
    assert sorted(int(one) for group in found for one in group) == list(range(6))
    assert [len(group) for group in found] == [2, 2, 2]


def test_answers_of_failures_are_recorded_too(drive: Driver) -> None:
    package = golden("default_response")
    answer = reply(429, {"code": 1, "message": "slow"}, Retry_After="5")
    with package.recorded_responses() as responses, pytest.raises(package.ApiError):
        drive(package, lambda client: client.thing.get_thing(), answer)
    assert responses[0].headers["retry-after"] == "5"


@pytest.mark.parametrize(
    ("content_type", "body", "expected"),
    [
        ("text/plain; charset=iso-8859-1", b"Gr\xfc\xdfe", "Grüße"),
        ("text/plain; charset=utf-8", "Grüße".encode(), "Grüße"),
        ("text/plain", "Grüße".encode(), "Grüße"),
    ],
)
def test_a_text_has_its_character_set(
    content_type: str, body: bytes, expected: str, drive: Driver
) -> None:
    answer = reply(200, body, Content_Type=content_type)
    assert drive("text_reply", lambda client: client.motd.get_motd(), answer) == expected


def test_a_number_in_a_text_is_a_number(drive: Driver) -> None:
    answer = reply(200, b"5", Content_Type="text/plain;charset=utf-8")
    assert drive("text_reply", lambda client: client.motd.get_count(), answer) == 5
    answer = reply(200, b"false", Content_Type="text/plain")
    assert drive("text_reply", lambda client: client.motd.put_count(7), answer) is False
    assert drive.sent[-1].content == b"7"
    assert drive.sent[-1].headers["content-type"] == "text/plain"


# ---- Downloads


def _read(value: Any, drive: Driver) -> Any:
    """Read a download with either client."""

    async def read() -> bytes:
        async with await value as download:
            return await download.aread()

    if drive.is_async:
        return read()
    with value as download:
        return download.read()


class Slow(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body that tells how much of it was read, and whether it was closed."""

    def __init__(self) -> None:
        self.read = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for _ in range(3):
            self.read += 1
            yield b"abc"

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def test_a_download_is_read_when_asked_for(drive: Driver) -> None:
    package = golden("binary_reply")
    body = Slow()

    def answer(_: object) -> httpx2.Response:
        return httpx2.Response(200, stream=body)

    async def read(client: Any) -> bytes:
        download = await client.file.download("a b")
        assert body.read == 0
        async with download:
            chunks = [chunk async for chunk in download]
        assert body.closed
        return b"".join(chunks)

    def act(client: Any) -> Any:
        if drive.is_async:
            return read(client)
        download = client.file.download("a b")
        assert body.read == 0
        with download:
            chunks = list(download)
        assert body.closed
        return b"".join(chunks)

    assert drive(package, act, answer) == b"abcabcabc"
    assert drive.target == "/files/a%20b"


def test_a_download_that_is_left_is_closed(drive: Driver) -> None:
    body = Slow()

    def answer(_: object) -> httpx2.Response:
        return httpx2.Response(200, stream=body)

    async def leave(client: Any) -> None:
        async with await client.file.download("a"):
            pass

    def act(client: Any) -> Any:
        if drive.is_async:
            return leave(client)
        with client.file.download("a"):
            return None

    drive("binary_reply", act, answer)
    assert (body.read, body.closed) == (0, True)


@pytest.mark.parametrize("status", [404, 500])
def test_a_download_that_fails_has_a_body(status: int, drive: Driver) -> None:
    package = golden("binary_reply")
    answer = reply(status, {"message": "no such file"})
    with pytest.raises(package.ApiError) as caught:
        drive(package, lambda client: client.file.download("a"), answer)
    assert caught.value.error == package.Problem(message="no such file")
    assert "no such file" in str(caught.value)


def test_another_success_of_a_download(drive: Driver) -> None:
    package = golden("binary_reply")
    value = drive(package, lambda client: client.file.download("a"), reply(202, {"percent": 5}))
    assert value == package.Progress(percent=5)


# ---- Alternatives


def _pets(body: object, drive: Driver, **options: Any) -> Any:
    package = golden("one_of_discriminator")
    cat = package.Cat(pet_type="cat")
    return drive(package, lambda client: client.pet.create_pet(cat), reply(200, body), **options)


@pytest.mark.parametrize(
    ("kind", "expected"), [("cat", "Cat"), ("hound", "Dog"), ("puppy", "Dog"), ("Bird", "Bird")]
)
def test_a_known_tag_decides(kind: str, expected: str, drive: Driver) -> None:
    pets = _pets({"a": [{"petType": kind, "lives": 9, "bark": "x"}], "b": []}, drive)
    assert type(pets["a"][0]).__name__ == expected
    assert pets["b"] == []


def test_an_unknown_tag_loses_nothing(drive: Driver) -> None:
    fish = {"petType": "fish", "fins": 2, "tank": {"size": [1, None]}}
    pets = _pets({"a": [fish, {"petType": "cat", "lives": 9}]}, drive)
    assert pets["a"][0] == fish
    assert pets["a"][1].lives == 9


def test_a_value_without_its_tag_becomes_what_it_fits(drive: Driver) -> None:
    assert _pets({"a": [{"fins": 2}]}, drive) == {"a": [{"fins": 2}]}


def test_a_known_tag_with_a_wrong_value_is_an_error(drive: Driver) -> None:
    package = golden("one_of_discriminator")
    with pytest.raises(package.UnexpectedResponse, match=re.escape("$.lives")):
        _pets({"a": [{"petType": "cat", "lives": "many"}]}, drive, strict=True)


@pytest.mark.parametrize("kind", [["cat"], {"a": 1}, 5, None])
def test_a_tag_that_is_no_text_is_not_known(kind: object, drive: Driver) -> None:
    assert _pets({"a": [{"petType": kind}]}, drive) == {"a": [{"petType": kind}]}


def test_the_schemas_name_is_the_tag_where_nothing_is_mapped(drive: Driver) -> None:
    package = golden("one_of_implicit_names")
    body = {"main": {"kind": "geo.Square", "side": 2}, "frame": None}
    main = package.GeoSquare(kind=package.GeoSquareKind.GEO_SQUARE, side=2)
    drawing = drive(
        package,
        lambda client: client.shape.put_shape(package.Drawing(main=main)),
        reply(200, body),
    )
    assert drawing == package.Drawing(main=main, frame=None)
    assert json.loads(drive.request.content) == {"main": {"kind": "geo.Square", "side": 2}}


def _plain(body: object, drive: Driver) -> Any:
    package = golden("one_of_plain")
    return drive(package, lambda client: client.value.put_value(package.Holder()), reply(200, body))


def test_the_alternative_that_knows_the_most_is_chosen(drive: Driver) -> None:
    package = golden("one_of_plain")
    assert _plain({"name": "x"}, drive) == package.Small(name="x")
    assert _plain({"name": "x", "size": 3}, drive) == package.Large(name="x", size=3)


@pytest.mark.parametrize(
    ("field", "wire"),
    [
        ("told_apart", "x"),
        ("told_apart", 3),
        ("told_apart", ["x"]),
        ("time_or_text", "2020-01-02T03:04:05Z"),
        ("time_or_text", "soon"),
        ("lists", [{"name": "x"}]),
        ("lists", [{"name": "x", "size": 3}, {"size": 4}]),
        ("one_or_many", {"name": "x"}),
        ("one_or_many", [{"name": "x"}]),
        ("numbers", 3),
        ("numbers", 3.5),
        ("inline", {"a": "x"}),
        ("inline", {"b": "x"}),
    ],
)
def test_alternatives_survive_a_round_trip(field: str, wire: object) -> None:
    """Decode a value as the golden package would, and encode it again."""
    import msgspec

    package = golden("one_of_plain")
    decode_hook = sys.modules[f"{package.__name__}.models"].decode_hook
    encoded = json.dumps({field: wire}).encode()
    holder = msgspec.json.decode(encoded, type=package.Holder, dec_hook=decode_hook)
    assert json.loads(msgspec.json.encode(holder)) == {field: wire}
    kinds = {"lists": package.Large if "size" in str(wire) else package.Small}
    if field in kinds:
        assert all(type(one) is kinds[field] for one in getattr(holder, field))


@pytest.mark.parametrize("name", ["nested", "one", "two"])
def test_alternatives_that_are_among_themselves_come_to_an_end(name: str, drive: Driver) -> None:
    package = golden("alternatives_among_themselves")
    for colour, kind in (("red", package.Red), ("blue", package.Blue)):
        body = {name: {colour: "x"}}
        found = drive(package, lambda client: client.a.get_a(), reply(200, body))
        assert getattr(found, name) == kind(**{colour: "x"})


@pytest.mark.parametrize(
    "body",
    [
        {"anything": 1},
        {"anything": {"a": [None]}, "whatever": "x", "items": [1, "x"], "pair": ["x", 1]},
        {"anything": None, "bare": {"a": 1}, "open": {"a": 1}, "all": "x", "either": "x"},
        {"anything": False, "one_of": {"name": "x"}, "anyhow": [1], "strict": {"id": "x"}},
        {"anything": "", "heir": {"id": "x"}, "one_of": {"size": 1}},
    ],
)
def test_what_boolean_schemas_allow_survives_a_round_trip(
    body: dict[str, Any], drive: Driver
) -> None:
    package = golden("boolean_schemas_31")
    thing = drive(package, lambda client: client.thing.put_things(), reply(200, body))
    drive(package, lambda client: client.thing.put_things(body=thing), reply(200, body))
    assert json.loads(drive.sent[-1].content) == body


def test_the_items_of_a_tuple_have_their_types(drive: Driver) -> None:
    package = golden("boolean_schemas_31")
    body = {"anything": 1, "dated": ["2020-01-02", {"name": "n"}], "pair": ["a", [1]]}
    thing = drive(package, lambda client: client.thing.put_things(), reply(200, body))
    assert thing.dated == [date(2020, 1, 2), package.Small(name="n")]
    assert thing.pair == ["a", [1]]


# ---- Objects that keep what they do not declare


def _things(body: object, drive: Driver, sent: object = None, **options: Any) -> Any:
    package = golden("additional_properties_typed")
    sent = package.Things() if sent is None else sent
    answer = reply(200, body)
    return drive(package, lambda client: client.thing.put_things(sent), answer, **options)


COUNTED = {"name": "a", "parent": None, "one": 1, "none": None, "startedAt": "2020-01-02T03:04:05Z"}


@pytest.mark.parametrize(
    ("field", "wire", "kind"),
    [
        ("counted", {"name": "a", "parent": "b"}, "Counted"),
        ("counted", COUNTED, "Counted"),
        ("counted", {**COUNTED, "additional_properties": 4, "additionalProperties": 5}, "Counted"),
        ("list", [COUNTED, COUNTED], "list"),
        ("map", {"x": COUNTED, "name": COUNTED}, "dict"),
        ("null_or", COUNTED, "Counted"),
        ("text_or", COUNTED, "Counted"),
        ("text_or", "text", "str"),
        ("either", {"label": "x"}, "Plain"),
        ("either", COUNTED, "Counted"),
        ("heir", {**COUNTED, "size": 3}, "Heir"),
        ("same", COUNTED, "Same"),
        ("opened", {"label": "x", "more": "y"}, "Opened"),
        ("labelled", {"id": "x", "more": "y"}, "Labelled"),
        ("tree", {"name": "root", "a": {"b": {"name": "leaf"}}, "c": {}}, "Tree"),
        ("shape", {"kind": "circle", "radius": 1.5, "x": 2.5}, "Circle"),
        ("shape", {"kind": "square", "side": 1.5}, "Square"),
        (
            "odd",
            {"additionalProperties": "x", "_struct": 1, "b": {"at": "2020-01-02T03:04:05Z"}},
            "ThingsOdd",
        ),
    ],
)
def test_what_is_not_declared_survives_a_round_trip(
    field: str, wire: Any, kind: str, drive: Driver
) -> None:
    things = _things({field: wire}, drive)
    (value,) = [one for name in things.__struct_fields__ if (one := getattr(things, name))]
    assert type(value).__name__ == kind
    _things({}, drive, sent=things)
    assert json.loads(drive.sent[-1].content) == {field: wire}


def test_what_is_not_declared_has_its_type(drive: Driver) -> None:
    package = golden("additional_properties_typed")
    things = _things({"odd": {"b": {"at": "2020-01-02T03:04:05Z"}}, "heir": COUNTED}, drive)
    odd = package.ThingsOddValue(at=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC))
    assert things.odd == package.ThingsOdd(additional_properties={"b": odd})
    heir = things.heir
    assert heir == package.Heir(
        name="a",
        parent=None,
        started_at=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC),
        additional_properties={"one": 1, "none": None},
    )
    assert isinstance(heir, package.Counted)
    assert heir != package.Heir(name="a", parent=None)
    assert repr(package.Tree(additional_properties={"a": package.Tree(name="b")})) == (
        "Tree(additional_properties={'a': Tree(name='b')})"
    )


def test_what_is_not_declared_is_kept_apart_for_each_object() -> None:
    package = golden("additional_properties_typed")
    one, other = package.Tree(), package.Tree()
    one.additional_properties["a"] = other
    assert other.additional_properties == {}
    with pytest.raises(TypeError, match="label"):
        package.Tree(label="x")
    with pytest.raises(TypeError, match="name"):
        package.Counted(parent=None)


def test_a_pattern_that_every_name_matches_is_the_type_of_a_map(drive: Driver) -> None:
    things = _things({"by_any_name": {"a": "2020-01-02"}}, drive)
    assert things.by_any_name == {"a": date(2020, 1, 2)}


def test_a_declared_property_is_not_hidden_by_another_of_its_name(drive: Driver) -> None:
    package = golden("additional_properties_typed")
    tree = package.Tree(
        name="root", additional_properties={"name": package.Tree(), "a": package.Tree()}
    )
    _things({}, drive, sent=package.Things(tree=tree))
    assert json.loads(drive.request.content) == {"tree": {"name": "root", "a": {}}}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"counted": {**COUNTED, "two": "2"}}, "`int | null`, got `str` - at `$.counted[*]`"),
        ({"list": [{"parent": None}]}, "missing required field `name` - at `$.list[0]`"),
        (
            {"counted": {**COUNTED, "startedAt": 3}},
            "`datetime | null`, got `int` - at `$.counted.startedAt`",
        ),
        ({"counted": [1]}, "`object | null`, got `array` - at `$.counted`"),
        ({"tree": {"a": {"b": {"c": 1}}}}, "`object`, got `int` - at `$.tree[*][*][*]`"),
        ({"odd": {"a": {"at": 1}}}, "`datetime`, got `int` - at `$.odd[*].at`"),
    ],
)
def test_what_is_wrong_with_an_object_is_told_with_its_place(
    body: object, said: str, drive: Driver
) -> None:
    package = golden("additional_properties_typed")
    with pytest.raises(package.UnexpectedResponse) as caught:
        _things(body, drive, strict=True)
    assert said in str(caught.value)


def test_what_is_not_declared_is_sent_outside_of_json(drive: Driver) -> None:
    package = golden("additional_properties_sent")
    wanted = package.Filter(since=date(2020, 1, 2), additional_properties={"a b": 1, "c": 2})
    drive(package, lambda client: client.thing.search(filter=wanted, x_filter=wanted))
    assert drive.query == [
        ("filter[since]", "2020-01-02"),
        ("filter[a b]", "1"),
        ("filter[c]", "2"),
    ]
    assert drive.request.headers["x-filter"] == "since,2020-01-02,a b,1,c,2"
    drive(package, lambda client: client.thing.send_form(wanted))
    pairs = [("since", "2020-01-02"), ("a b", "1"), ("c", "2")]
    assert parse_qsl(drive.sent[-1].content.decode()) == pairs


def test_files_that_are_not_declared_are_parts_of_a_form(drive: Driver) -> None:
    package = golden("additional_properties_sent")
    files = {"one": b"1", "two": package.File(b"2", "two.txt", "text/plain")}
    body = package.ThingSendFilesBody(folder="x", additional_properties=files)
    drive(package, lambda client: client.thing.send_files(body))
    parts = [
        ("one", "one", "application/octet-stream", b"1"),
        ("two", "two.txt", "text/plain", b"2"),
    ]
    assert _parts(drive.sent[0]) == [("folder", None, "text/plain", b"x"), *parts]
    drive(package, lambda client: client.thing.send_folder(files))
    assert _parts(drive.sent[1]) == parts


def test_what_fits_no_alternative_is_an_error(drive: Driver) -> None:
    package = golden("one_of_plain")
    with pytest.raises(package.UnexpectedResponse, match="fits no alternative"):
        _plain([1], drive)


def test_what_stands_beside_the_alternatives_belongs_to_each(drive: Driver) -> None:
    package = golden("any_of")
    body = {"maybe": None, "both": {"id": "1", "size": 2}, "either": {"name": "n"}}
    value = drive(package, lambda client: client.value.get_value(), reply(200, body))
    assert (value.maybe, value.both.id, value.both.size) == (None, "1", 2)
    assert value.either == package.Named(name="n")


def test_an_alternative_as_an_argument(drive: Driver) -> None:
    package = golden("any_of")
    answer = reply(200, {"maybe": None})
    drive(package, lambda client: client.value.get_value(when=date(2020, 1, 2)), answer)
    drive(package, lambda client: client.value.get_value(when="today"), answer)
    assert [str(one.url.query, "ascii") for one in drive.sent] == ["when=2020-01-02", "when=today"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("Cat", "Cat"), ("Dog", "Dog"), ("Puppy", "Puppy"), ("Newt", "Animal")]
)
def test_a_base_becomes_the_child_that_its_tag_names(
    kind: str, expected: str, drive: Driver
) -> None:
    inner = {"kind": "Cat", "lives": 9}
    body = [{"kind": kind, "bark": "w", "friends": [inner]}]
    (animal,) = drive(
        "discriminator_base", lambda client: client.animal.list_animals(), reply(200, body)
    )
    assert type(animal).__name__ == expected
    assert isinstance(animal, golden("discriminator_base").Animal)
    assert type(animal.friends[0]).__name__ == "Cat"


def test_a_base_with_a_mapping(drive: Driver) -> None:
    def act(client: Any) -> Any:
        return client.vehicle.get_vehicle()

    car = drive("discriminator_base", act, reply(200, {"type": "CAR", "doors": 3}))
    assert (type(car).__name__, car.doors) == ("Car", 3)


def test_alternatives_that_have_their_union_for_a_base(drive: Driver) -> None:
    body = [{"kind": "copy", "id": 1, "source": "s"}, {"kind": "move", "id": 2, "target": "t"}]
    jobs = drive("one_of_beside_properties", lambda c: c.job.list_jobs(), reply(200, body))
    assert [(type(job).__name__, job.id) for job in jobs] == [("Copy", 1), ("Move", 2)]


def test_alternatives_inside_all_of(drive: Driver) -> None:
    body = [{"name": "a", "radius": 1.5}, {"name": "b", "side": 2}]
    shapes = drive("one_of_beside_properties", lambda c: c.shape.list_shapes(), reply(200, body))
    assert [(shape.name, hasattr(shape, "radius")) for shape in shapes] == [
        ("a", True),
        ("b", False),
    ]


@pytest.mark.parametrize(
    "value", [None, "x", 1.5, True, [], [None, ["x", {"a": None}]], {"a": {"b": [1, None]}}]
)
def test_a_union_that_holds_itself(value: object, drive: Driver) -> None:
    package = golden("recursive_union")
    drive(package, lambda client: client.json.put_json({"a": [value]}), reply(200, 1))
    assert json.loads(drive.request.content) == {"a": [value]}


@pytest.mark.parametrize(
    ("value", "is_square"),
    [({"kind": "circle", "radius": 1}, False), ({"kind": "square", "side": 1.5}, True)],
)
def test_an_opaque_schema_is_a_dictionary(value: Any, is_square: bool, drive: Driver) -> None:
    package = golden("opaque_schemas")
    inside = {"kind": "A", "inner": {"kind": [1]}}
    more = package.Extended(note="n")
    message = package.Message(text="t", only=inside, parameters={"a": inside}, more=more)
    found = drive(package, lambda client: client.message.put(body=message), reply(200, value))
    assert isinstance(found, package.Square) is is_square
    assert found == (package.Square(kind="square", side=1.5) if is_square else value)
    assert json.loads(drive.request.content) == {
        **{"text": "t", "only": inside, "parameters": {"a": inside}},
        "more": {"note": "n"},
    }


def test_classes_in_a_union_that_holds_itself(drive: Driver) -> None:
    package = golden("recursive_union")
    body = {"plus": [1, {"times": [2, {"plus": []}]}]}
    term = drive(package, lambda client: client.json.put_json("x"), reply(200, body))
    assert term == package.Sum(plus=[1, package.Product(times=[2, package.Sum(plus=[])])])


def test_alternatives_that_mention_each_other(drive: Driver) -> None:
    package = golden("recursive_union")
    body = {"a": {"b": "oak", "c": {}}, "d": "elm"}
    tree = drive(package, lambda client: client.json.put_tree(body), reply(200, body), strict=True)
    assert tree == {"a": {"b": package.Leaf.OAK, "c": {}}, "d": package.Leaf.ELM}
    assert json.loads(drive.request.content) == body


def test_lists_in_lists(drive: Driver) -> None:
    package = golden("recursive_array_alias")
    tree = [package.Tree(children=[package.Tree(name="x")])]
    value = drive(package, lambda client: client.tree.put_tree(tree), reply(200, [[], [[]]]))
    assert value == [[], [[]]]
    assert json.loads(drive.request.content) == [{"children": [{"name": "x"}]}]


# ---- Values


def test_unknown_numbers_of_an_enumeration(drive: Driver) -> None:
    package = golden("enum_int")
    levels = drive(
        package,
        lambda client: client.thing.put_thing(package.Thing(level=package.Level.SOME), level=2),
        reply(200, [0, 1, 7, -9]),
    )
    assert levels == [0, 1, 7, -9]
    assert [level.is_known for level in levels] == [True, True, False, False]
    assert [type(level) for level in levels] == [package.Level] * 4
    assert json.loads(drive.request.content) == {"level": 1}
    assert drive.query == [("level", "2")]


@pytest.mark.parametrize(("body", "expected"), [(b"2", 2), (b"4.0", 4), (b"9", 9)])
def test_an_enumeration_of_integers_of_the_type_number(
    body: bytes, expected: int, drive: Driver
) -> None:
    package = golden("enum_int")
    answer = reply(200, body, Content_Type="application/json")
    with package.recorded_deviations() as deviations:
        size = drive(package, lambda client: client.thing.get_size(), answer)
    assert (size, size.is_known) == (expected, expected != 9)
    assert deviations == []
    drive(package, lambda client: client.thing.put_thing(package.Thing(size=4)), reply(200, []))
    assert json.loads(drive.sent[-1].content) == {"size": 4}


def test_enumerations_with_other_values(drive: Driver) -> None:
    package = golden("enum_mixed_null")
    body = {"state": None, "mixed": 2, "switch": True, "nothing": None, "typed": "c", "same": "x"}
    thing = drive(package, lambda client: client.thing.get_thing(), reply(200, body))
    assert (thing.state, thing.mixed, thing.switch, thing.nothing) == (None, 2, True, None)
    assert (thing.typed, thing.typed.is_known, thing.same.is_known) == ("c", False, True)


def test_values_that_are_listed_one_by_one_are_an_enumeration() -> None:
    level = golden("const_31").EventLevel
    assert (level("low").is_known, level("high").is_known, level("x").is_known) == (1, 1, 0)


FORMATS: dict[str, tuple[object, object]] = {
    "date_time": (
        "2020-01-02T03:04:05.000006+02:00",
        datetime(2020, 1, 2, 3, 4, 5, 6, timezone(timedelta(hours=2))),
    ),
    "date": ("2020-01-02", date(2020, 1, 2)),
    "time": ("03:04:05Z", time(3, 4, 5, tzinfo=UTC)),
    "duration": ("P1DT2H", timedelta(days=1, hours=2)),
    "uuid": ("00000000-0000-0000-0000-000000000007", UUID(int=7)),
    "byte": ("AP+A", b"\x00\xff\x80"),
    "binary": ("text", "text"),
    "int32": (2**31 - 1, 2**31 - 1),
    "int64": (2**63 - 1, 2**63 - 1),
    "float": (1.5, 1.5),
    "double": (1e300, 1e300),
    "decimal": ("0.10", Decimal("0.10")),
    "decimal_number": (0.1, 0.1),
    "uri": ("https://a.test/", "https://a.test/"),
    "password": ("p", "p"),
    "email": ("a@b.test", "a@b.test"),
    "hostname": ("b.test", "b.test"),
    "ipv4": ("192.0.2.1", "192.0.2.1"),
    "unheard_of": ("x", "x"),
    "days": (["2020-01-02"], [date(2020, 1, 2)]),
    "by_id": (
        {"a": "00000000-0000-0000-0000-000000000001"},
        {"a": UUID(int=1)},
    ),
}


def _formats(body: object, drive: Driver, sent: Any = None, **options: Any) -> Any:
    package = golden("formats")
    value = package.Formats() if sent is None else sent

    def act(client: Any) -> Any:
        return client.format.put_formats(date(2020, 1, 2), value)

    return drive(package, act, reply(200, body), **options)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format(name: str, drive: Driver) -> None:
    wire, expected = FORMATS[name]
    formats = _formats({name: wire}, drive)
    taken = {"date": "date_", "time": "time_", "float": "float_"}
    value = getattr(formats, taken.get(name, name))
    assert value == expected
    assert type(value) is type(expected)
    drive.sent.clear()
    _formats({}, drive, formats)
    assert drive.target == "/formats/2020-01-02"
    sent = json.loads(drive.request.content)[name]
    if name == "duration":
        assert sent in {"P1DT2H", "P1DT7200S"}  # either is what RFC 3339, appendix A, has
    elif name == "byte":
        assert b64decode(sent, validate=True) == expected
    else:
        assert sent == wire


@pytest.mark.parametrize(
    "body",
    [
        {"date_time": "2020-01-02T03:04:05"},
        {"date_time": 5},
        {"date": "2020-13-01"},
        {"byte": "?"},
        {"uuid": "7"},
        {"duration": "P"},
        {"duration": "P1DT"},
        {"duration": "P1D "},
        {"duration": "1 day"},
        {"duration": 5},
    ],
)
def test_a_value_that_is_not_of_its_format_is_named(body: dict[str, Any], drive: Driver) -> None:
    package = golden("formats")
    with pytest.raises(package.UnexpectedResponse, match=re.escape(f"$.{next(iter(body))}")):
        _formats(body, drive, strict=True)


# What ISO 8601 can say of a duration, and RFC 3339, appendix A, too; what has years or months is no
# fixed span of time.
DURATIONS: dict[str, object] = {
    "P1DT2H": timedelta(days=1, hours=2),
    "PT36H": timedelta(hours=36),
    "PT1.5S": timedelta(seconds=1.5),
    "P2W": timedelta(days=14),
    "P1Y2M3DT4H5M6S": "P1Y2M3DT4H5M6S",
    "P3M": "P3M",
    "P1Y": "P1Y",
    "PT1,5S": "PT1,5S",
    "P1W2D": "P1W2D",
    "P1000000000D": "P1000000000D",
}


@pytest.mark.parametrize("text", DURATIONS)
def test_a_duration(text: str, drive: Driver) -> None:
    package, value = golden("durations"), DURATIONS[text]
    others = {"one": text, "two": text}
    body = {
        **{"period": text, "terms": [text, "P0D"], "by_name": {"a": text}, "null_or": text},
        **{"count_or": text, "others": others},
    }
    plan = drive(
        package,
        lambda client: client.plan.put_plan(value, package.Plan(), trial=value),
        reply(200, body),
    )
    assert (plan.period, plan.null_or, plan.count_or) == (value, value, value)
    assert (plan.terms, plan.by_name) == ([value, timedelta(0)], {"a": value})
    assert (plan.others.one, plan.others.additional_properties) == (value, {"two": value})
    if isinstance(value, str):
        assert unquote(drive.target) == f"/plans/{text}?trial={text}"
        drive(package, lambda client: client.plan.put_plan(value, plan), reply(200, {}))
        assert json.loads(drive.sent[-1].content) == body


def test_a_time_in_a_query(drive: Driver) -> None:
    moment = datetime(2020, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    package = golden("formats")
    drive(
        package,
        lambda client: client.format.put_formats(
            date(2020, 1, 2), package.Formats(), since=moment, no=1.5
        ),
        reply(200, {}),
    )
    (name, value), no = drive.query
    assert (name, datetime.fromisoformat(value), no) == ("since", moment, ("no", "1.5"))


def test_null_where_it_is_a_value(drive: Driver) -> None:
    package = golden("nullable_30")
    thing = package.Thing(
        name=None, owner=None, state=None, tenant=None, counts={"a": None, "b": 1}
    )
    value = drive(package, lambda client: client.thing.put_thing(thing), reply(200, ["x", None]))
    assert value == ["x", None]
    assert json.loads(drive.request.content) == {
        "name": None,
        "owner": None,
        "state": None,
        "tenant": None,
        "counts": {"a": None, "b": 1},
    }
    drive.sent.clear()

    def null(_: object) -> httpx2.Response:
        return httpx2.Response(200, content=b"null")

    assert drive(package, lambda client: client.thing.put_thing(thing), null) is None


def test_what_goes_one_way_is_not_required_of_the_other(drive: Driver) -> None:
    package = golden("read_write_only")
    user = drive(
        package,
        lambda client: client.user.create_user(package.User(name="n", password="p")),
        reply(201, {"id": "1", "name": "n"}),
    )
    assert json.loads(drive.request.content) == {"name": "n", "password": "p"}
    assert (user.id, user.password) == ("1", UNSET)


def test_a_tightened_property_is_required(drive: Driver) -> None:
    package = golden("all_of_required_tightened")
    with pytest.raises(package.UnexpectedResponse, match="`name`"):
        drive(
            package,
            lambda client: client.disk.create_disk(package.NewDisk(name="n")),
            reply(200, {"id": "1"}),
            strict=True,
        )


def test_odd_names_on_the_wire(drive: Driver) -> None:
    package = golden("odd_property_names")
    names = {one.encode_name for one in _fields(package.Odd)}
    names -= {one.encode_name for one in _fields(package.Odd.__base__)}  # what is not declared
    body = dict.fromkeys(names, "x") | {"def": 1, "1st": 2}
    odd = drive(
        package,
        lambda client: client.odd.put_odd(
            _decoded(package.Odd, body), filter_name="f", top=3, date=date(2020, 1, 2)
        ),
        reply(200, body),
    )
    assert json.loads(drive.request.content) == body
    assert odd == _decoded(package.Odd, body)
    assert drive.query == [("filter[name]", "f"), ("$top", "3"), ("date", "2020-01-02")]


def _fields(struct: Any) -> Any:
    from msgspec.structs import fields

    return fields(struct)


def _decoded(type_: Any, body: object) -> Any:
    import msgspec

    return msgspec.convert(body, type_)


# ---- Failures


@pytest.mark.parametrize(
    ("status", "expected"),
    [(404, "NotFound"), (409, "Status4XX"), (500, "Status5XX"), (503, "Status5XX")],
)
def test_a_status_has_the_class_of_its_range(status: int, expected: str, drive: Driver) -> None:
    package = golden("status_ranges")
    with pytest.raises(package.ApiError) as caught:
        drive(package, lambda client: client.thing.get_thing(), reply(status, {"message": "m"}))
    assert type(caught.value).__name__ == expected
    assert caught.value.error == package.Problem(message="m")


@pytest.mark.parametrize("status", [200, 201, 206, 299])
def test_a_range_of_successes(status: int, drive: Driver) -> None:
    def act(client: Any) -> Any:
        return client.thing.get_thing()

    assert drive("status_ranges", act, reply(status, {"name": "n"})).name == "n"


@pytest.mark.parametrize("status", [400, 418, 500])
def test_the_default_is_a_failure_beside_a_success(status: int, drive: Driver) -> None:
    package = golden("default_response")
    with pytest.raises(package.ApiError) as caught:
        drive(
            package,
            lambda client: client.thing.get_thing(),
            reply(status, {"code": 5, "message": "no"}),
        )
    assert caught.value.error == package.Problem(code=5, message="no")
    assert caught.value.message == "no"


@pytest.mark.parametrize(
    ("errors", "expected"),
    [({"name": ["is too long"]}, "no: name: is too long"), ({}, "no"), (None, "no")],
)
def test_a_documented_message_goes_on_with_the_wrong_fields(
    errors: object, expected: str, drive: Driver
) -> None:
    package = golden("default_response")
    body = {"code": 5, "message": "no", "errors": errors}
    with pytest.raises(package.ApiError) as caught:
        drive(package, lambda client: client.thing.get_thing(), reply(400, body))
    assert caught.value.message == expected


UNDECLARED = [
    # The package, a call, the status, the exception, the type of its body.
    ("default_response", "thing.get_thing", 404, "NotFound", "Problem"),
    ("default_response", "thing.get_thing", 418, "ApiError", "Problem"),
    ("several_success_codes", "job.submit", 409, "Conflict", "dict"),
    ("several_success_codes", "job.submit", 599, "ApiError", "dict"),
    # The body names no kind that is known.
    ("errors_discriminator", "payment.pay", 503, "ServiceUnavailable", None),
]


@pytest.mark.parametrize(("case", "call", "status", "exception", "error"), UNDECLARED)
def test_a_status_that_nobody_declared_has_its_exception(
    case: str, call: str, status: int, exception: str, error: str | None, drive: Driver
) -> None:
    package = golden(case)
    resource, method = call.split(".")
    body = {"code": 5, "message": "no"}
    with pytest.raises(package.ApiError) as caught:
        drive(package, lambda c: getattr(getattr(c, resource), method)(), reply(status, body))
    assert type(caught.value) is getattr(package, exception)
    assert caught.value.data == body
    if error is not None:
        assert type(caught.value.error).__name__ == error


def test_the_default_is_both_where_it_is_alone(drive: Driver) -> None:
    package = golden("default_only_response")

    def act(client: Any) -> Any:
        return client.thing.get_thing()

    assert drive(package, act, reply(201, {"name": "n"})) == package.Thing(name="n")
    with pytest.raises(package.ApiError) as caught:
        drive(package, act, reply(500, {"message": "no"}))
    assert caught.value.error == package.Thing(message="no")


def test_a_success_that_is_not_declared_at_all(drive: Driver) -> None:
    package = golden("default_only_response")
    body = {"a": 1}
    assert drive(package, lambda client: client.thing.get_errors(), reply(200, body)) == body
    with pytest.raises(package.NotFound):
        drive(package, lambda client: client.thing.get_errors(), reply(404))


def test_a_redirection_that_is_declared_is_an_answer(drive: Driver) -> None:
    package = golden("default_only_response")
    with package.recorded_responses() as responses:
        value = drive(
            package, lambda client: client.thing.get_moved(), reply(302, Location="https://x.test")
        )
    assert value is None
    assert responses[0].headers["location"] == "https://x.test"
    assert len(drive.sent) == 1


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, {"field": "f", "reason": "r"}, "Invalid"),
        (404, "gone", "str"),
        (409, [{"message": "m"}], "list"),
        (422, {"detail": "d"}, "ThingGetThingError422"),
        (500, {"message": "m"}, "Problem"),
        (500, {"unheard": "of"}, "NoneType"),
    ],
)
def test_each_status_has_its_body(status: int, body: object, expected: str, drive: Driver) -> None:
    package = golden("errors_mixed_bodies")
    with pytest.raises(package.ApiError) as caught:
        drive(package, lambda client: client.thing.get_thing(), reply(status, body))
    assert type(caught.value.error).__name__ == expected
    assert json.loads(caught.value.body) == body


@pytest.mark.parametrize(
    ("said", "expected"),
    [("gone", "gone"), (["too long", "taken"], "too long; taken"), (None, "Forbidden")],
)
def test_one_text_or_several_are_the_message(said: object, expected: str, drive: Driver) -> None:
    # As NestJS has it, with the name of the status beside it.
    package = golden("errors_mixed_bodies")
    body = {"message": said, "error": "Forbidden", "statusCode": 403}
    with pytest.raises(package.Forbidden) as caught:
        drive(package, lambda client: client.thing.get_thing(), reply(403, body))
    assert caught.value.message == expected


def test_a_status_of_other_operations_alone_has_their_body(drive: Driver) -> None:
    package = golden("errors_mixed_bodies")
    body = {"field": "f", "reason": "r"}
    with pytest.raises(package.BadRequest) as caught:
        drive(package, lambda client: client.thing.get_other(), reply(400, body))
    assert type(caught.value.error) is package.Invalid
    assert caught.value.error.reason == "r"


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (402, "card_declined", "CardDeclinedException"),
        (409, "duplicate", "DuplicatePaymentException"),
        (500, "duplicate", "DuplicatePaymentException"),
        (409, "unheard_of", "DuplicatePaymentException"),
        (500, "unheard_of", "InternalServerError"),
        (508, "unheard_of", "ApiError"),
    ],
)
def test_the_kind_decides_before_the_status(
    status: int, code: str, expected: str, drive: Driver
) -> None:
    package = golden("errors_discriminator")
    body = {"code": code, "message": "m", "first": str(UUID(int=1))}
    with pytest.raises(package.ApiError) as caught:
        drive(package, lambda client: client.payment.pay(), reply(status, body))
    assert type(caught.value).__name__ == expected
    assert caught.value.message == "m"


FAMILIES = [
    # What the operation promises of the status, or of all its others alike.
    ("order", 404, {"code": "?", "message": "m", "order": 7}, "NotFound", "OrderNotFound"),
    ("order", 409, {"code": "?", "message": "m"}, "Conflict", "OrderError"),
    ("order", 500, {"code": "?", "message": "m"}, "InternalServerError", "OrderError"),
    ("user", 404, {"reason": "?", "title": "t", "user": "u"}, "NotFound", "UserNotFound"),
    ("basket", 404, {"reason": "?", "title": "t"}, "NotFound", "UserNotFound"),
    ("basket", 409, {"code": "?", "message": "m"}, "Conflict", "OrderError"),
    ("page", 400, {"detail": "d", "line": 3}, "BadRequest", "InvalidPage"),
    ("page", 400, {"detail": "d"}, "BadRequest", "InvalidPage"),
    ("page", 400, {"unheard": "of"}, "BadRequest", "NoneType"),
    ("page", 404, {"detail": "d"}, "NotFound", "NoneType"),
    ("page", 404, b"<html>", "NotFound", "NoneType"),
    ("page", 422, {"detail": "d"}, "UnprocessableContent", "Problem"),
    ("book", 400, {"detail": "d"}, "BadRequest", "Problem"),
    ("book", 404, {"detail": "d"}, "NotFound", "Problem"),
    ("free", 500, {"detail": "d"}, "InternalServerError", "NoneType"),
    # The kind refines it, whatever the status.
    ("order", 409, {"code": "SOLD_OUT", "message": "m"}, "SoldOut", "OrderSoldOut"),
    ("order", 418, {"code": "NONE_LEFT", "message": "m"}, "NoneLeft", "OrderSoldOut"),
    ("order", 404, {"code": "LOCKED", "message": "m"}, "Locked", "OrderError"),
    ("user", 500, {"reason": "NOT_FOUND", "title": "t"}, "NotFound", "UserNotFound"),
    # It says more than the operation, which did not promise such a body.
    ("page", 400, {"code": "LOCKED", "message": "m"}, "Locked", "OrderError"),
    ("user", 404, {"code": "LOCKED", "message": "m"}, "Locked", "OrderError"),
    ("user", 404, {"code": "NOT_FOUND", "message": "m"}, "NotFound", "OrderNotFound"),
    ("user", 404, {"code": "NOT_FOUND", "detail": "d"}, "NotFound", "Problem"),
    ("free", 404, {"reason": "NOT_FOUND", "title": "t"}, "NotFound", "UserNotFound"),
]


@pytest.mark.parametrize(("resource", "status", "body", "exception", "error"), FAMILIES)
def test_each_exception_has_the_bodies_of_its_own(
    resource: str, status: int, body: object, exception: str, error: str, drive: Driver
) -> None:
    package = golden("errors_of_families")
    with pytest.raises(package.ApiError) as caught:
        drive(
            package,
            lambda client: getattr(getattr(client, resource), f"get_{resource}")(),
            reply(status, body),
        )
    assert type(caught.value).__name__ == exception
    assert type(caught.value.error).__name__ == error


# ---- Security


def _authorized(case: str, drive: Driver, method: str, **credentials: Any) -> httpx2.Request:
    resource, _, name = method.partition(".")
    drive.sent.clear()
    drive(case, lambda client: getattr(getattr(client, resource), name)(), **credentials)
    return drive.request


def test_a_key_in_the_query(drive: Driver) -> None:
    drive(
        "security_key_query",
        lambda client: client.map.get_map(zoom=3),
        key="s&cret=",
    )
    assert drive.query == [("zoom", "3"), ("api key", "s&cret=")]


def test_a_key_in_a_cookie(drive: Driver) -> None:
    drive("security_key_cookie", lambda client: client.me.get_me(theme="dark"), session="s3cret")
    parsed = parse_cookie(drive.request.headers["cookie"])
    assert parsed.to_dict() == {"JSESSIONID": "s3cret", "theme": "dark"}


def test_schemes_of_headers(drive: Driver) -> None:
    key = _authorized("security_key_header", drive, "me.get_me", api_key="k")
    assert key.headers["x-api-key"] == "k"
    for case, method, credentials in (
        ("security_bearer", "me.get_me", {"token": "t"}),
        ("security_oauth2", "me.get_me", {"oauth": "t"}),
        ("security_oauth2", "me.get_you", {"openid": "t"}),
    ):
        request = _authorized(case, drive, method, **credentials)
        assert request.headers["authorization"] == "Bearer t"
    basic = _authorized("security_basic", drive, "me.get_me", user=("Aladdin", "open sesame"))
    assert basic.headers["authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="  # RFC 7617


def test_the_first_alternative_that_is_complete(drive: Driver) -> None:
    def sent(method: str, **credentials: Any) -> tuple[str | None, str | None]:
        headers = _authorized("security_alternatives", drive, method, **credentials).headers
        return headers.get("authorization"), headers.get("x-api-key")

    everything = {"token": "t", "user": ("u", "p"), "key": "k"}
    assert sent("alternative.get_any", **everything) == ("Bearer t", None)
    assert sent("alternative.get_any", key="k") == (None, "k")
    assert sent("alternative.get_token", **everything) == (None, "k")
    assert sent("alternative.get_token", user=("u", "p")) == (None, None)
    assert sent("alternative.get_optional") == (None, None)
    assert sent("alternative.get_optional", token="t") == ("Bearer t", None)


def test_schemes_that_go_together(drive: Driver) -> None:
    def sent(**credentials: str) -> tuple[str | None, str, str | None]:
        request = _authorized("security_combinations", drive, "both.get_both", **credentials)
        headers = request.headers
        query = str(request.url.query, "ascii")
        return headers.get("x-app-id"), query, headers.get("authorization")

    assert sent(app_id="i", app_key="k", token="t") == ("i", "app_key=k", None)
    assert sent(app_id="i", token="t") == ("i", "", "Bearer t")
    assert sent(app_key="k") == (None, "", None)


def test_an_open_operation_takes_no_credentials() -> None:
    assert "key" not in inspect.signature(golden("security_none").Client).parameters


@pytest.mark.parametrize("status", [200, 401, 500])
def test_secrets_do_not_show(status: int, drive: Driver) -> None:
    package = golden("security_key_query")
    with pytest.raises(package.ClientError) as caught:
        answer = reply(status, {"message": "m"})
        drive(package, lambda client: client.map.get_map(), answer, key="s3cret", strict=True)
    error = caught.value
    assert "s3cret" not in f"{error!s} {error!r} {error.args} {error.url}"
    assert "?" not in error.url


def test_secrets_do_not_show_where_no_answer_came(drive: Driver) -> None:
    package = golden("security_key_query")

    def refuse(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("refused", request=request)

    with pytest.raises(package.TransportError) as caught:
        drive(package, lambda client: client.map.get_map(zoom=1), refuse, key="s3cret")
    assert "s3cret" not in f"{caught.value!s} {caught.value!r} {caught.value.args}"
    client = package.Client(key="s3cret")
    shown = f"{client!r} {client._connection.credentials!r}"
    client.close()
    assert "s3cret" not in shown


@pytest.mark.parametrize("secret", ["a\r\nX-Evil: 1", "a\nb", "ä"])
def test_a_credential_cannot_forge_headers(secret: str) -> None:
    with pytest.raises(ValueError) as caught:
        golden("security_key_header").Client("api.test", api_key=secret)
    assert secret not in str(caught.value)


# ---- Servers


@cache
def _url(case: str, **arguments: str) -> str:
    drive = Driver(False)
    arguments = arguments or {"host": None}  # type: ignore[dict-item]
    drive(case, lambda client: client.thing.get_thing(), **arguments)
    return str(drive.request.url)


def test_servers() -> None:
    assert _url("servers") == "https://eu.cloud.test:8443/v2/thing"
    assert _url("servers", host="us.cloud.test") == "https://us.cloud.test/v2/thing"
    assert _url("servers", base_url="http://localhost:1/x") == "http://localhost:1/x/thing"
    assert _url("servers_relative", host="a.test") == "https://a.test/api/v3/thing"
    assert _url("servers_placeholder", host="a.test") == "https://a.test/api/thing"
    with pytest.raises(ValueError, match="either host or base_url"):
        _url("servers_relative")


def test_bytes_of_a_path_are_utf_8(drive: Driver) -> None:
    drive("no_tags", lambda client: client.default.get_thing("Ärger 日本"))
    assert unquote_to_bytes(drive.target).decode() == "/things/Ärger 日本"
