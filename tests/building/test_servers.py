"""Servers: what clients make of the URLs that documents have (OpenAPI 3.1, section 4.8.5)."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen import ir
from vcgen.building.openapi import Server
from vcgen.building.servers import build_server, own_server


def server(url: str, **variables: dict[str, Any]) -> ir.Server:
    return build_server([Server.of({"url": url, "variables": variables})], ())


@pytest.mark.parametrize(
    ("url", "at_host", "default"),
    [
        ("https://api.test/v1", "https://{host}/v1", "https://api.test/v1"),
        ("https://api.test/v1/", "https://{host}/v1", "https://api.test/v1"),
        ("http://api.test:8080", "http://{host}", "http://api.test:8080"),
        ("HTTPS://api.test", "HTTPS://{host}", "HTTPS://api.test"),
        ("https://[2001:db8::7]:443/a", "https://{host}/a", "https://[2001:db8::7]:443/a"),
        ("//api.test/v1", "https://{host}/v1", "https://api.test/v1"),
        ("https://bücher.test", "https://{host}", "https://bücher.test"),
        ("/", "https://{host}", ""),
        ("", "https://{host}", ""),
        (".", "https://{host}", ""),
        ("/api/v3", "https://{host}/api/v3", ""),
        ("api/v3/", "https://{host}/api/v3", ""),
        ("./v3", "https://{host}/v3", ""),
        ("../../v3", "https://{host}/v3", ""),
        ("http://localhost:8080/api", "https://{host}/api", ""),
        ("https://example.com/api", "https://{host}/api", ""),
        ("https://{host}/api", "https://{host}/api", ""),
        ("http://{host}:8080/api", "http://{host}:8080/api", ""),
        ("https://[your-domain]/api", "https://{host}/api", ""),
        ("https://[your-domain].example.com/api", "https://{host}/api", ""),
        ("https://<your-domain>/api", "https://{host}/api", ""),
        ("https://your domain/api", "https://{host}/api", ""),
        ("https://user:secret@api.test/v1", "https://{host}/v1", ""),
        ("https://api.test:port/v1", "https://{host}/v1", ""),
        ("https://", "https://{host}", ""),
        ("https:///v1", "https://{host}/v1", ""),
        ("ftp://api.test/v1", "https://{host}/v1", ""),
        ("wss://api.test/v1", "https://{host}/v1", ""),
        ("https://api.test/v1?x=1", "https://{host}/v1", "https://api.test/v1"),
        ("https://api.test/v1#x", "https://{host}/v1", "https://api.test/v1"),
        (
            "https://api.test/a b/\n\"'",
            "https://{host}/a%20b/%0A%22'",
            "https://api.test/a%20b/%0A%22'",
        ),
        ("https://api.test/{/}", "https://{host}/%7B/%7D", "https://api.test/%7B/%7D"),
        ("https://api.test/\0", "https://{host}", "https://api.test"),
        ("{", "https://{host}/%7B", ""),
    ],
)
def test_urls_without_variables(url: str, at_host: str, default: str) -> None:
    found = server(url)
    assert (found.url, found.default_url, found.variables) == (at_host, default, ())


def test_no_server_at_all() -> None:
    assert build_server(None, ()).url == build_server([], ()).url == "https://{host}"


@pytest.mark.parametrize(
    ("url", "defaults", "at_host", "default", "needed"),
    [
        (
            "https://h.test/{tenant}/api",
            {},
            "https://{host}/{tenant}/api",
            "https://h.test/{tenant}/api",
            ["tenant"],
        ),
        ("https://{tenant}.test", {}, "https://{host}", "https://{tenant}.test", ["tenant"]),
        ("https://{tenant}", {}, "https://{host}", "https://{tenant}", ["tenant"]),
        (
            "https://{a}.test:{b}/{c}",
            {"a": "x", "b": "1", "c": "v"},
            "https://{host}/v",
            "https://x.test:1/v",
            [],
        ),
        ("{scheme}://h.test", {"scheme": "http"}, "http://{host}", "http://h.test", []),
        ("{scheme}://h.test", {"scheme": "ws"}, "https://{host}", "", []),
        (
            "{base}/v2",
            {"base": "https://h.test/x"},
            "https://{host}/x/v2",
            "https://h.test/x/v2",
            [],
        ),
        ("{base}", {"base": "/v2"}, "https://{host}/v2", "", []),
        ("{base}/v2", {}, "https://{host}/{base}/v2", "", ["base"]),
        (
            "https://{place}",
            {"place": "your-domain.test/api"},
            "https://{host}/api",
            "https://your-domain.test/api",
            [],
        ),
        (
            "https://{host}/{v}",
            {"host": "h.test", "v": "1"},
            "https://{host}/1",
            "https://h.test/1",
            [],
        ),
        ("https://{host}/{v}", {"host": "localhost", "v": "1"}, "https://{host}/1", "", []),
        (
            "https://h.test/{x.__class__}/{0}",
            {},
            "https://{host}/{x.__class__}/{0}",
            "https://h.test/{x.__class__}/{0}",
            ["0", "x.__class__"],
        ),
        ("https://h.test/{}", {}, "https://{host}/{}", "https://h.test/{}", [""]),
    ],
)
def test_urls_with_variables(
    url: str, defaults: dict[str, str], at_host: str, default: str, needed: list[str]
) -> None:
    found = server(url, **{name: {"default": one} for name, one in defaults.items()})
    assert (found.url, found.default_url) == (at_host, default)
    assert sorted(one.spec_name for one in found.variables if one.is_needed) == needed
    assert all(one.name.isidentifier() for one in found.variables)


def test_values_of_a_variable() -> None:
    found = server("https://{a}.test/{b}", a={"default": "x", "enum": ["y"]}, b={"default": "v/1"})
    a, b = found.variables
    assert (a.default, a.values, a.signs) == ("x", ("y", "x"), "")
    assert (b.default, b.values, b.signs) == ("v/1", (), "/")


def test_one_variable_in_two_places_is_one_argument() -> None:
    assert [one.name for one in server("https://{a}.test/{a}").variables] == ["a"]


@pytest.mark.parametrize(
    ("spec_names", "names"),
    [
        (["api_key", "ssl"], ["api_key", "ssl_"]),
        (["timeout", "host", "base_url"], ["timeout_", "host_", "base_url_"]),
        (["token"], ["server_token"]),
        (["a-b", "a_b"], ["server_a_b", "a_b"]),
        (["class"], ["class_"]),
    ],
)
def test_names_of_the_arguments(spec_names: list[str], names: list[str]) -> None:
    url = "https://h.test/" + "/".join(f"{{{one}}}" for one in spec_names)
    found = build_server([Server.of({"url": url})], ["token"])
    assert [one.name for one in found.variables] == names


def test_server_of_an_operation() -> None:
    usual = server("https://api.{site}/v1", site={"default": "acme.test"})

    def own(url: str, **variables: dict[str, Any]) -> ir.OwnServer | None:
        source = Server.of({"url": url, "variables": variables})
        return own_server(source, usual)

    def parts(url: str, **variables: dict[str, Any]) -> tuple[str, bool] | None:
        found = own(url, **variables)
        return found and (found.name, found.is_constant)

    assert own("https://api.{site}/v1/", site={"default": "acme.test"}) is None
    same = own("https://up.{site}", site={"default": "acme.test"})
    [site] = usual.variables
    assert same and same.url == (ir.UrlPart("https://up."), ir.UrlPart(variable=site))
    # Its default is another, so that it is not the variable of the client.
    assert parts("https://{site}", site={"default": "b.test"}) == ("https://b.test", True)
    assert parts("https://up.test/{shard}") == ("https://up.test/{shard}", True)
    assert parts("/v2/") == ("/v2", True)
    assert parts("https://{host}/v2") == ("/v2", True)
    assert parts("http://localhost:8080") == ("/", True)
