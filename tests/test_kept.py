"""What a client does not know survives, where it is read and can be sent back."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest
from driving import Driver, golden, load, reply
from support import run

PART = {"id": "p", "new": [1, {"a": None}]}
ITEM: dict[str, Any] = {
    "name": "n",
    "size": 3,
    "parts": [PART, {"id": "q", "more": {"more": {"id": "r", "newer": 1.5}}}, {}],
    "by_name": {"a": PART, "b": {"other": True}},
    "maybe": PART,
    "either": {"side": 2.0, "color": "red"},
    "inline": {"id": "i", "new": None},
    "counts": {"all": 2, "some": 1},
    "again": {"name": "m", "parts": [], "new": "x", "additional_properties": 5},
    "version": "9.1",
}


def _item(drive: Driver, body: object = ITEM, **options: Any) -> Any:
    return drive(
        "kept_properties", lambda client: client.item.get_item("i"), reply(200, body), **options
    )


def _sent(drive: Driver, item: object) -> Any:
    drive("kept_properties", lambda client: client.item.put_item("i", item))
    return json.loads(drive.sent[-1].content)


def test_what_is_read_is_sent_back_whole(drive: Driver) -> None:
    item = _item(drive)
    assert _sent(drive, item) == ITEM
    item.size = 4
    item.again.additional_properties["new"] = "y"
    assert _sent(drive, item) == {**ITEM, "size": 4, "again": {**ITEM["again"], "new": "y"}}


def test_lists_keep_what_each_of_their_items_has(drive: Driver) -> None:
    bodies = [{"name": str(n), "parts": [], f"x{n}": n, "all": None} for n in range(20)]
    answer = reply(200, [*bodies, {"name": "last", "parts": []}])
    items = drive("kept_properties", lambda client: client.item.list_items(), answer)
    assert [one.additional_properties for one in items] == [
        *({f"x{n}": n, "all": None} for n in range(20)),
        {},
    ]


def test_it_is_a_value_like_any_other(drive: Driver) -> None:
    package = golden("kept_properties")
    item = _item(drive)
    assert isinstance(item, msgspec.Struct)
    assert item.additional_properties == {"version": "9.1"}
    assert item.counts.additional_properties == {"some": 1}
    assert type(item.either) is package.Square
    assert copy.copy(item) == copy.deepcopy(item) == item
    assert pickle.loads(pickle.dumps(item)) == item
    changed = msgspec.structs.replace(item, name="other")
    assert changed != item
    assert _sent(drive, changed) == {**ITEM, "name": "other"}
    assert repr(item.maybe) == "Part(additional_properties={'new': [1, {'a': None}]}, id='p')"
    assert repr(package.Part(id="p")) == "Part(id='p')"


def test_callers_may_send_what_the_client_does_not_know(drive: Driver) -> None:
    package = golden("kept_properties")
    part = package.Part(id="p", additional_properties={"id": "no", "new": package.Part(id="q")})
    item = package.Item(name="n", parts=[part])
    wanted = {"name": "n", "parts": [{"id": "p", "new": {"id": "q"}}]}
    assert _sent(drive, item) == wanted
    odd = {"\ufdd0": {"a": 1}, "b": 2}
    item = _item(drive, {"name": "n", "parts": [{"\ufdd0": {"a": 1}, "b": 2}]})
    assert item.parts[0].additional_properties == odd


def test_what_differs_from_the_document_is_kept_too(drive: Driver) -> None:
    package = golden("kept_properties")
    counts = {"all": "many", "some": 1, "few": "x"}
    body = {**ITEM, "parts": None, "size": "4", "counts": counts}
    with package.recorded_deviations() as deviations:
        item = _item(drive, body)
    assert (item.size, item.parts, item.counts.all) == (4, [], None)
    assert item.counts.additional_properties == counts
    assert {one.path for one in deviations} == {
        *("$.parts", "$.size", "$.counts.all", "$.counts[*]"),
    }
    assert _sent(drive, item) == {**body, "size": 4, "parts": []}
    with pytest.raises(package.UnexpectedResponse, match=r"got `str` - at `\$\.counts\[\*\]`"):
        _item(drive, {**ITEM, "counts": {"few": "x"}}, strict=True)
    assert _item(drive, strict=True) == _item(drive)


def test_what_is_only_read_or_only_sent_pays_nothing() -> None:
    package = golden("kept_properties")
    plain = (package.NewItem, package.Summary, package.State, package.Problem, package.Cat)
    for one in plain:
        assert not hasattr(one, "additional_properties")


@pytest.mark.parametrize(
    ("field", "value", "others"),
    [
        ("anything", {"a": "1", "b": [2]}, {"b": [2]}),
        ("patterned", {"a": "1", "x-b": 3, "c": "d"}, {"x-b": 3, "c": "d"}),
        ("numbered", {"a": "1", "b": 3}, {"b": 3}),
        ("only_numbered", {"a": "1", "x-b": 3, "y-c": True}, {"x-b": 3, "y-c": True}),
        ("sometimes", {"a": "1", "b": "2"}, {"b": "2"}),
        ("dependent", {"a": "1", "b": "2"}, {"b": "2"}),
        ("several", {"one": "1", "two": "2"}, {"two": "2"}),
        ("inside", {"one": "1", "two": "2"}, {"two": "2"}),
    ],
)
def test_what_may_come_by_other_keywords_is_readable(
    field: str, value: dict[str, Any], others: dict[str, Any], drive: Driver
) -> None:
    answer = reply(200, {field: value})
    found = drive("kept_properties", lambda client: client.item.get_loose(), answer, strict=True)
    assert getattr(found, field).additional_properties == others


def test_other_keywords_give_the_type_that_they_declare() -> None:
    package = golden("kept_properties")
    types = {
        name: field.type
        for name in ("Free", "Patterned", "Numbered", "OnlyNumbered")
        for field in msgspec.structs.fields(getattr(package, name))
        if field.name == "additional_properties"
    }
    assert types == {
        "Free": dict[str, Any],
        "Patterned": dict[str, Any],
        "Numbered": dict[str, int],
        "OnlyNumbered": dict[str, int | bool],
    }


def test_an_old_client_wipes_nothing_of_a_newer_server(
    shared: Path, tmp_path: Path, drive: Driver, capsys: pytest.CaptureFixture[str]
) -> None:
    """Read a customization specification of vCenter 9.1 with a client of 7.0.3, and set it."""
    path = "/api/vcenter/guest/customization-specs/{name}"
    options = [part for verb in ("GET", "PUT") for part in ("--operation", f"{verb} {path}")]
    output = tmp_path / f"old_client_{drive.is_async}"
    spec = shared / "specs" / "vsphere-7.0.3-swagger2" / "vcenter.json"
    assert not run(["generate", "--spec", spec, *options, "--output", output], capsys).code
    linux = {
        "hostname": {"type": "VIRTUAL_MACHINE"},
        "domain": "example.com",
        "compatible_customization_method": "GOSC",
    }
    body = {
        "last_modified": "2026-01-01T00:00:00Z",
        "spec": {
            "name": "linux",
            "description": "d",
            "fingerprint": "1",
            "spec": {
                "configuration_spec": {"linux_config": linux},
                "global_DNS_settings": {"dns_servers": ["192.0.2.1"], "newer": {"a": 1}},
                "interfaces": [{"adapter": {"ipv4": {"type": "DHCP"}}, "mac_address": "0"}],
            },
        },
    }
    package = load(output)
    specs = "guest_customization_specs"
    info = drive(
        package,
        lambda client: getattr(client, specs).get("linux"),
        reply(200, body),
        session_id="s",
        strict=True,
    )
    info.spec.description = "changed"
    drive(
        package, lambda client: getattr(client, specs).set("linux", body=info.spec), session_id="s"
    )
    wanted = {**body["spec"], "description": "changed"}  # type: ignore[dict-item]
    assert json.loads(drive.sent[-1].content) == wanted
