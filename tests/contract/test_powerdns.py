"""PowerDNS with SQLite, from the Swagger 2.0 document that it serves, and an overlay for it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from types import ModuleType

import pytest
from served import Caller, Server, free_port, generated, serving, unpacked

pytestmark = pytest.mark.contract
PROGRAM = "usr/sbin/pdns_server"
SCHEMA = "usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql"
LIBRARIES = "usr/lib/x86_64-linux-gnu"
KEY = "of-a-test"
HOST = "localhost"
# What comes with 201 and the made thing where the document has 204 and nothing.
MADE = "$: expected a documented status, received status 201"
# Sets of records are sent with what is to be done with them, and come without it; two texts are
# objects, and a single object is a list of them.
OVERLAY = """
overlay: 1.0.0
info: {title: As the server is, version: "1"}
actions:
  - target: $.definitions.RRSet.required
    remove: true
  - target: $.definitions.RRSet
    update: {required: [name, type, ttl, records]}
  - target: $.paths['/servers/{server_id}/zones/{zone_id}/rectify'].put.responses['200'].schema
    remove: true
  - target: $.paths['/servers/{server_id}/zones/{zone_id}/rectify'].put.responses['200']
    update: {schema: {type: object, properties: {result: {type: string}}}}
  - target: $.paths['/servers/{server_id}/zones/{zone_id}/export'].get.responses['200'].schema
    remove: true
  - target: $.paths['/servers/{server_id}/zones/{zone_id}/export'].get.responses['200']
    update: {schema: {type: object, properties: {zone: {type: string}}}}
  - target: $.paths['/servers/{server_id}/autoprimaries'].get.responses['200'].schema
    remove: true
  - target: $.paths['/servers/{server_id}/autoprimaries'].get.responses['200']
    update: {schema: {type: array, items: {$ref: "#/definitions/Autoprimary"}}}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("powerdns")
    program, libraries = unpacked(PROGRAM), unpacked(LIBRARIES)
    start = ["env", f"LD_LIBRARY_PATH={libraries}", str(program)]
    tried = subprocess.run([*start, "--version"], capture_output=True, text=True, check=False)
    if "PowerDNS" not in tried.stdout + tried.stderr:
        pytest.skip(f"{program} does not run here: {tried.stderr.strip()}")
    with closing(sqlite3.connect(folder / "zones.db")) as database:
        database.executescript(unpacked(SCHEMA).read_text())

    def command(port: int) -> list[str]:
        options = {
            "config-dir": folder,
            "socket-dir": folder,
            "module-dir": libraries / "pdns",
            "launch": "gsqlite3",
            "gsqlite3-database": folder / "zones.db",
            "gsqlite3-dnssec": "yes",
            "local-address": "127.0.0.1",
            "local-port": free_port(),
            "api": "yes",
            "api-key": KEY,
            "webserver-address": "127.0.0.1",
            "webserver-port": port,
            "security-poll-suffix": "",
        }
        return [*start, "--no-config", *(f"--{name}={value}" for name, value in options.items())]

    with serving(command, "/api", folder) as server:
        yield server


@pytest.fixture(scope="module")
def document(server: Server) -> bytes:
    return server.document("/api/docs", **{"X-API-Key": KEY})


@pytest.fixture(scope="module")
def api(document: bytes, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("client")
    return generated(document, "powerdns_client", folder, overlay=OVERLAY)


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    url = f"{server.url}/api/v1"
    return Caller(api, is_async=request.param, base_url=url, api_key_header=KEY)


@pytest.fixture
def zone(call: Caller, api: ModuleType) -> Iterator[str]:
    """The name of a zone that is made, and deleted after the test."""
    names = ["ns1.example.org."]
    new = api.models.Zone(name="example.org.", kind="Native", nameservers=names)
    made = call(lambda c: c.zones.create_zone(HOST, new))
    assert (made.kind, made.id) == (api.models.ZoneKind.NATIVE, "example.org.")
    yield made.id
    assert call(lambda c: c.zones.delete_zone(HOST, made.id)) is None


def test_zone_is_read_and_changed(call: Caller, api: ModuleType, zone: str) -> None:
    models = api.models
    record = models.Record(content="192.0.2.1", disabled=False)
    name = f"www.{zone}"
    change = models.RRSet(name=name, type="A", ttl=300, changetype="REPLACE", records=[record])
    patch = models.Zone(rrsets=[change])
    assert call(lambda c: c.zones.patch_zone(HOST, zone, patch)) is None
    found = call(lambda c: c.zones.list_zone(HOST, zone))
    assert [one.records for one in found.rrsets if one.name == name] == [[record]]
    update = models.Zone(kind="Master", account="me")
    assert call(lambda c: c.zones.put_zone(HOST, zone, update)) is None
    (listed,) = call(lambda c: c.zones.list_zones(HOST))
    assert (listed.kind, listed.account, listed.rrsets) == ("Master", "me", None)
    assert "192.0.2.1" in call(lambda c: c.zones.axfr_export_zone(HOST, zone)).zone
    assert call(lambda c: c.zones.rectify_zone(HOST, zone)).result == "Rectified"


def test_what_is_not_known_is_sent_back(call: Caller, zone: str) -> None:
    found = call(lambda c: c.zones.list_zone(HOST, zone))
    assert found.additional_properties.keys() == {"last_check"}


def test_metadata(call: Caller, api: ModuleType, zone: str) -> None:
    models, kind = api.models, "ALSO-NOTIFY"
    new = models.Metadata(kind=kind, metadata=["192.0.2.3"])
    call(lambda c: c.zonemetadata.create_metadata(HOST, zone, new), MADE)
    other = models.Metadata(metadata=["192.0.2.4"])
    changed = call(lambda c: c.zonemetadata.modify_metadata(HOST, zone, kind, other))
    assert (changed.kind, changed.metadata) == (kind, ["192.0.2.4"])
    assert kind in [one.kind for one in call(lambda c: c.zonemetadata.list_metadata(HOST, zone))]
    assert call(lambda c: c.zonemetadata.delete_metadata(HOST, zone, kind)) is None


def test_keys(call: Caller, api: ModuleType, zone: str) -> None:
    models = api.models
    new = models.Cryptokey(keytype="ksk", active=True, algorithm="ecdsa256", bits=256)
    made = call(lambda c: c.zonecryptokey.create_cryptokey(HOST, zone, new))
    key = str(made.id)
    (listed,) = call(lambda c: c.zonecryptokey.list_cryptokeys(HOST, zone))
    assert (listed.id, listed.active) == (made.id, True)
    off = models.Cryptokey(active=False)
    assert call(lambda c: c.zonecryptokey.modify_cryptokey(HOST, zone, key, off)) is None
    found = call(lambda c: c.zonecryptokey.get_cryptokey(HOST, zone, key))
    assert found.active is False
    assert call(lambda c: c.zonecryptokey.delete_cryptokey(HOST, zone, key)) is None


def test_tsig_keys(call: Caller, api: ModuleType) -> None:
    new = api.models.TSIGKey(name="k", algorithm="hmac-sha256")
    made = call(lambda c: c.tsigkey.create_tsig_key(HOST, new))
    assert call(lambda c: c.tsigkey.get_tsig_key(HOST, made.id)).key == made.key
    other = api.models.TSIGKey(key="b2YgYSB0ZXN0")
    assert call(lambda c: c.tsigkey.put_tsig_key(HOST, made.id, other)).key == other.key
    assert [one.name for one in call(lambda c: c.tsigkey.list_tsig_keys(HOST))] == ["k"]
    assert call(lambda c: c.tsigkey.delete_tsig_key(HOST, made.id)) is None


def test_autoprimaries(call: Caller, api: ModuleType) -> None:
    new = api.models.Autoprimary(ip="192.0.2.9", nameserver="ns.example.org", account="a")
    call(lambda c: c.autoprimary.create_autoprimary(HOST, new))
    assert call(lambda c: c.autoprimary.get_autoprimaries(HOST)) == [new]
    gone = call(lambda c: c.autoprimary.delete_autoprimary(HOST, new.ip, new.nameserver))
    assert gone is None


def test_server_settings_and_statistics(call: Caller) -> None:
    (server,) = call(lambda c: c.servers.list_servers())
    assert (server.id, server.daemon_type) == (HOST, "authoritative")
    settings = {one.name: one.value for one in call(lambda c: c.config.get_config(HOST))}
    assert settings["launch"] == "gsqlite3"
    assert call(lambda c: c.stats.get_stats(HOST))
    flushed = call(lambda c: c.servers.cache_flush_by_name(HOST, domain="example.org."))
    assert flushed.result == "Flushed cache."


def test_errors_have_their_message(
    call: Caller, api: ModuleType, server: Server, zone: str
) -> None:
    new = api.models.Zone(name=zone, kind="Native")
    with pytest.raises(api.Conflict):
        call(lambda c: c.zones.create_zone(HOST, new))
    with pytest.raises(api.NotFound):
        call(lambda c: c.zones.list_zone(HOST, "none.example."))
    new.name = "no dot"
    with pytest.raises(api.UnprocessableContent, match="'no dot' is not canonical"):
        call(lambda c: c.zones.create_zone(HOST, new))
    stranger = Caller(api, is_async=False, base_url=f"{server.url}/api/v1", api_key_header="x")
    with pytest.raises(api.Unauthorized):
        stranger(lambda c: c.servers.list_servers())


def test_what_the_overlay_corrects(
    server: Server, document: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bare = generated(document, "powerdns_bare", tmp_path_factory.mktemp("client"))
    url = f"{server.url}/api/v1"
    call = Caller(bare, is_async=False, base_url=url, api_key_header=KEY)
    new = bare.models.Zone(name="bare.example.", kind="Native", nameservers=["ns1.example."])
    missing = "$.rrsets[*].changetype: expected string, received nothing"
    made = call(lambda c: c.zones.create_zone(HOST, new), missing)
    with pytest.raises(AttributeError, match="changetype"):
        _ = made.rrsets[0].changetype
    wrong = "$: expected string, received object"
    told = call(lambda c: c.zones.rectify_zone(HOST, made.id), wrong)
    assert json.loads(told) == {"result": "Rectified"}
    told = call(lambda c: c.zones.axfr_export_zone(HOST, made.id), wrong)
    assert json.loads(told).keys() == {"zone"}
    with pytest.raises(bare.UnexpectedResponse):
        call.undisturbed(lambda c: c.autoprimary.get_autoprimaries(HOST))
    call(lambda c: c.zones.delete_zone(HOST, made.id))
