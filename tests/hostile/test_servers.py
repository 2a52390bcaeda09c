"""Servers of hostile documents: nothing of a URL is evaluated, and no URL is in a client's way."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from support import importable
from vcgen.cli import main

UNDECLARED = "https://h.test/{tenant}/api"
ODD = [
    "https://[your-domain].example.com/api",
    "https://[",
    "https://]/",
    "https://{host.__class__.__mro__}/{0}/{self._connection}",
    "https://h.test/{tenant!r:>999999999}",
    "https://h.test/{}{}{{}}",
    "{",
    "}{",
    "https://h.test/%(x)s/$HOME/`id`",
    'https://h.test/"""; import os #',
    "https://h.test/\\",
    "https://h.test/\r\nX-Evil: 1",
    "https://h.test\u2028/",
    "javascript:alert(1)",
    "https://user:password@h.test",
    "https://" + "a" * 300,
    "https://h.test/" + "a/" * 5000,
    "https://" + "{a}" * 2000,
    "https://ex\u2100mple.test/",
]


@pytest.fixture(params=["3.0.3", "3.1.1", "3.2.0"])
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Yield what writes a document, generates its client, and imports that."""
    monkeypatch.chdir(tmp_path)
    with importable(tmp_path):

        def client(document: dict[str, Any]) -> ModuleType:
            Path("spec.json").write_text(json.dumps(document), encoding="utf-8")
            with pytest.raises(SystemExit) as caught:
                main(["generate", "--spec", "spec.json", "-O", "*", "--output", "client_of_it"])
            assert caught.value.code == 0
            return importlib.import_module("client_of_it")

        yield client


PATHS = {"/a": {"get": {"responses": {"204": {"description": "d"}}}}}


def document(version: str, url: str, **variables: dict[str, Any]) -> dict[str, Any]:
    info = {"title": "T", "version": "1"}
    servers = [{"url": url, "variables": variables}]
    return {"openapi": version, "info": info, "servers": servers, "paths": PATHS}


def url_of(client: Any) -> str:
    return repr(client).partition("base_url='")[2].removesuffix("')")


@pytest.mark.parametrize("url", ODD)
def test_odd_servers_block_nothing(make: Any, version: str, url: str) -> None:
    module = make(document(version, url))
    for kind in (module.Client, module.AsyncClient):
        assert url_of(kind(base_url="https://mine.test/x")) == "https://mine.test/x"
        try:
            shown = url_of(kind())
        except ValueError:
            continue
        assert "class" not in shown
        assert "evil" not in shown.lower() or "%0D%0A" in shown


def test_undeclared_variable_is_asked_for(make: Any, version: str) -> None:
    module = make(document(version, UNDECLARED))
    for kind in (module.Client, module.AsyncClient):
        with pytest.raises(ValueError, match="give tenant, or base_url"):
            kind()
        with pytest.raises(ValueError, match="give tenant, or base_url"):
            kind("other.test")
        assert url_of(kind(tenant="t")) == "https://h.test/t/api"
        assert url_of(kind("other.test", tenant="t")) == "https://other.test/t/api"
        assert url_of(kind(base_url="https://b.test")) == "https://b.test"
        for value in ("a/b", "..", ".", "a?b", "a#b", "a b", "a@b", "{x}", "%2e", "a\n"):
            with pytest.raises(ValueError, match="tenant cannot be"):
                kind(tenant=value)


@pytest.mark.parametrize("value", ["evil.test/", "evil.test#", "a@evil.test", "evil.test:1/", "\\"])
def test_variable_of_a_host_leads_to_no_other_host(make: Any, version: str, value: str) -> None:
    region = {"default": "eu", "enum": ["eu", "us"]}
    module = make(document(version, "https://{region}.h.test/v1", region=region))
    assert url_of(module.Client(region="us")) == "https://us.h.test/v1"
    with pytest.raises(ValueError, match="region cannot be"):
        module.Client(region=value)


@pytest.mark.parametrize(
    ("parts", "url"),
    [
        ({"host": "<region>.h.test", "basePath": "/v1"}, "https://x.h.test/v1"),
        ({"host": "{region}.h.test", "basePath": "/v1"}, "https://x.h.test/v1"),
        ({"host": "h.test", "basePath": "/{region}/v1"}, "https://h.test/x/v1"),
    ],
)
def test_variables_of_swagger_are_asked_for(make: Any, parts: dict[str, str], url: str) -> None:
    info = {"title": "T", "version": "1"}
    module = make({"swagger": "2.0", "info": info, **parts, "paths": PATHS})
    with pytest.raises(ValueError, match="give region, or base_url"):
        module.Client()
    assert url_of(module.Client(region="x")) == url


@pytest.mark.parametrize("host", ["[your-domain]", "your domain", "h.test:port", "\x00", "a@b"])
def test_odd_hosts_of_swagger_block_nothing(make: Any, host: str) -> None:
    info = {"title": "T", "version": "1"}
    module = make({"swagger": "2.0", "info": info, "host": host, "paths": PATHS})
    with pytest.raises(ValueError, match="host"):
        module.Client()
    assert url_of(module.Client("mine.test")) == "https://mine.test"
