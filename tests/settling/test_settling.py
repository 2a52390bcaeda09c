"""Names that several things of a document want: who gets them, whatever else is selected."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support import open_document, reference, selected, write_document
from vcgen import pipeline
from vcgen.config import ClientConfig, Renames

OK: dict[str, Any] = {"responses": {"204": {"description": ""}}}


def _reply(schema: object) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"responses": {"200": {"description": "", "content": content}}}


def _object(**properties: object) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT = {"type": "string"}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "T", "version": "1"},
    "paths": {
        "/inline": {"get": {"operationId": "inline", **_reply(reference("Node"))}},
        "/named": {"get": {"operationId": "named", **_reply(reference("NodeStatus"))}},
        "/dotted": {"get": {"operationId": "dotted", **_reply(reference("disk.info"))}},
        "/plain": {"get": {"operationId": "plain", **_reply(reference("DiskInfo"))}},
        "/reply": {"get": {"operationId": "one", **_reply(_object(a=TEXT))}},
        "/reply/named": {"get": {"operationId": "two", **_reply(reference("DefaultOneResponse"))}},
        "/twice/{x}": {"get": {"operationId": "getThing", "tags": ["Thing"], **OK}},
        "/twice": {"get": {"operationId": "get_thing", "tags": ["Thing"], **OK}},
        "/infra/x": {"get": {"operationId": "read", "tags": ["Infra"], **OK}},
        "/global-infra/x": {"get": {"operationId": "read", "tags": ["Infra"], **OK}},
    },
    "components": {
        "schemas": {
            "Node": _object(status=_object(a=TEXT), same=_object(c=TEXT)),
            "NodeStatus": _object(b=TEXT),
            "NodeSame": _object(c=TEXT),
            "disk.info": _object(a=TEXT),
            "DiskInfo": _object(b=TEXT),
            "DefaultOneResponse": _object(b=TEXT),
        }
    },
}
DOCUMENT["paths"]["/twice/{x}"]["parameters"] = [
    {"name": "x", "in": "path", "required": True, "schema": TEXT}
]


def _names(file: Path, patterns: tuple[str, ...] = ("*",), **names: Any) -> dict[str, str]:
    """Return what each operation and schema is called."""
    client = ClientConfig(str(file), "made", patterns, renames=Renames(**names))
    package = pipeline.build(selected(client, Path()))
    methods = {
        one.key: f"{resource.attribute}.{one.name}"
        for resource in package.resources
        for one in resource.operations
    }
    return methods | {node.spec_name: node.name for node in package.definitions}


def test_what_is_described_on_the_spot_makes_way_inside_its_operation(tmp_path: Path) -> None:
    deep = _object(chat=_object(a=TEXT))
    body = _object(support=deep, supportChat=_object(b=TEXT), support_chat=_object(c=TEXT))
    sent = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    paths = {"/x": {"put": {"operationId": "set", "tags": ["Org"], **sent, **OK}}}
    file = write_document(tmp_path, {**DOCUMENT, "paths": {**DOCUMENT["paths"], **paths}})
    wanted = {
        "org.set.body.supportChat": "OrgSetBodySupportChat",
        "org.set.body.support_chat": "OrgSetBodySupportChatInline",
        "org.set.body.support.chat": "OrgSetBodySupportChatInlineInline",
    }
    for patterns in (("*",), ("PUT /x",)):
        found = _names(file, patterns)
        assert {name: found[name] for name in wanted} == wanted


def test_what_components_describe_makes_way_for_the_one_of_that_name(tmp_path: Path) -> None:
    held = {"Jobs": "a", "JobsResponse": "b", "jobs-response": "c"}
    replies = {
        name: _reply(_object(data=_object(**{key: TEXT})))["responses"]["200"]
        for name, key in held.items()
    }
    paths = {
        f"/{name}": {"get": {"responses": {"200": {"$ref": f"#/components/responses/{name}"}}}}
        for name in held
    }
    file = write_document(
        tmp_path, {**DOCUMENT, "paths": paths, "components": {"responses": replies}}
    )
    wanted = {
        **{"JobsResponse": "JobsResponse", "JobsResponse.data": "JobsResponseData"},
        "Jobs.response": "JobsResponseInlineInline",
        "Jobs.response.data": "JobsResponseDataInlineInline",
        "jobs-response": "JobsResponseInline",
        "jobs-response.data": "JobsResponseDataInline",
    }
    found = _names(file)
    assert {name: found[name] for name in wanted} == wanted
    for path in paths:
        alone = _names(file, (f"GET {path}",))
        assert alone == {thing: found[thing] for thing in alone}


def test_alternatives_have_the_names_that_tell_them_apart(tmp_path: Path) -> None:
    kind = {"type": "string", "enum": ["solid"]}
    either = [
        {**_object(a=TEXT), "title": "By name"},
        _object(kind=kind, b=TEXT),
        {"allOf": [reference("NodeStatus"), _object(c=TEXT)]},
        {**_object(d=TEXT), "title": "disk"},
        {**_object(e=TEXT), "title": "Disk"},
        {**_object(f=TEXT), "title": "What is said here is more than a name."},
        {**_object(g=_object(h=TEXT)), "title": "status"},
    ]
    schemas = {
        **DOCUMENT["components"]["schemas"],
        "Any": {"oneOf": either},
        "AnyByName": _object(z=TEXT),
    }
    paths = {
        "/any": {"get": {"operationId": "any", **_reply(reference("Any"))}},
        "/named": {"get": {"operationId": "named", **_reply(reference("AnyByName"))}},
    }
    file = write_document(
        tmp_path, {**DOCUMENT, "paths": paths, "components": {"schemas": schemas}}
    )
    wanted = {
        **{"Any.By name": "AnyByNameInline", "AnyByName": "AnyByName"},
        **{"Any.solid": "AnySolid", "Any.NodeStatus": "AnyNodeStatus"},
        **{"Any.4": "Any4", "Any.5": "Any5", "Any.6": "Any6"},
        **{"Any.status": "AnyStatus", "Any.status.g": "AnyStatusG"},
    }
    found = _names(file)
    assert {name: found[name] for name in wanted} == wanted
    alone = _names(file, ("GET /any",))
    assert alone == {thing: found[thing] for thing in alone}


def test_paths_that_are_much_alike_have_methods_of_their_own(tmp_path: Path) -> None:
    long = "/screenshots/{target_screenshot_test_id}/{target_version_id}"
    end = "comparison/{base_result_id}"
    keys = ("/jobs", "/jobs/", f"{long}/{end}", f"{long}/{{target_result_id}}/{end}")
    file = write_document(tmp_path, {**DOCUMENT, "paths": {key: {"get": OK} for key in keys}})
    found = _names(file)
    assert found["GET /jobs"] == "default.get_jobs"
    assert found["GET /jobs/"] == "default.get_jobs_slash"
    plain = "default.get_screenshots_comparison_by_base_result_id"
    assert found[f"GET {keys[2]}"] == plain
    assert re.fullmatch(rf"{plain}_[0-9a-f]{{4}}", found[f"GET {keys[3]}"])
    assert _names(file, (f"GET {keys[3]}",))[f"GET {keys[3]}"] == found[f"GET {keys[3]}"]


def test_the_plain_name_goes_to_whoever_needs_the_least_change(tmp_path: Path) -> None:
    found = _names(write_document(tmp_path, DOCUMENT))
    assert found["NodeStatus"] == "NodeStatus"
    assert found["Node.status"] == "NodeStatusInline"
    assert found["Node.same"] == "NodeSame", "two of one shape are one class"
    assert found["DiskInfo"] == "DiskInfo"
    assert found["disk.info"] == "DiskDotInfo"
    assert found["DefaultOneResponse"] == "DefaultOneResponse"
    assert found["default.one.response"] == "DefaultOneResponseInline"
    assert found["GET /twice"] == "thing.get_thing"
    assert found["GET /twice/{x}"] == "thing.get_twice_by_x"
    assert found["GET /infra/x"] == "infra.read"
    assert found["GET /global-infra/x"] == "infra.read_global_infra"


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_no_name_depends_on_what_else_is_selected(path: str, tmp_path: Path) -> None:
    file = write_document(tmp_path, DOCUMENT)
    whole, alone = _names(file), _names(file, (f"GET {path}",))
    assert alone == {thing: whole[thing] for thing in alone}


@pytest.mark.parametrize("path", DOCUMENT["paths"])
def test_a_slice_has_the_names_of_the_whole_and_so_has_a_slice_of_it(
    path: str, tmp_path: Path
) -> None:
    file = write_document(tmp_path, DOCUMENT)
    names = _names(file, (f"GET {path}",))
    for _ in range(2):
        client = ClientConfig(str(file), "made", (f"GET {path}",))
        part = pipeline.cut(client, open_document(str(file))).slice.tree
        file = write_document(tmp_path, part)
        assert _names(file) == names


def test_what_comes_later_renames_nothing_that_was_there(tmp_path: Path) -> None:
    before = _names(write_document(tmp_path, DOCUMENT))
    more = json.loads(json.dumps(DOCUMENT))
    more["components"]["schemas"] = {
        "disk_info": _object(c=TEXT),
        "disk-info": _object(d=TEXT),
        **more["components"]["schemas"],
    }
    more["paths"] = {
        "/later": {"get": {"operationId": "GetThing", "tags": ["Thing"], **OK}},
        "/later/1": {"get": {"operationId": "later", **_reply(reference("disk_info"))}},
        "/later/2": {"get": {"operationId": "later2", **_reply(reference("disk-info"))}},
        **more["paths"],
    }
    after = _names(write_document(tmp_path, more))
    assert {thing: after[thing] for thing in before} == before
    assert len({after["disk_info"], after["disk-info"], after["disk.info"]}) == 3


def test_what_is_configured_comes_first(tmp_path: Path) -> None:
    file = write_document(tmp_path, DOCUMENT)
    found = _names(file, schemas={"disk.info": "DiskInfo"}, operations={"getThing": "get_thing"})
    assert found["disk.info"] == "DiskInfo"
    assert found["DiskInfo"] == "DiskInfo_"
    assert found["GET /twice/{x}"] == "thing.get_thing"
    assert found["GET /twice"] == "thing.get_twice"
