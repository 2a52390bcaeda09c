"""The fragment: a valid document, which says what the vendor's page and document say.

Every fact is read out of `../shared`: the page of the operation, and the vendor's own document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import pytest
import yaml12
from openapi_spec_validator import OpenAPIV30SpecValidator

Node = dict[str, Any]

PATH = "/vcenter/vm/{vm}/guest/customization"
INFO = "Vcenter.Vm.Guest.Customization.Info"
ERROR = "Vapi.Std.Errors.Error"
ENUMS = {"status": f"{INFO}.Status", "error_type": f"{ERROR}.Type"}


@pytest.fixture(scope="module")
def fragment() -> Node:
    specs = Path(__file__).parent.parent / "specs"
    return cast("Node", yaml12.read_yaml(specs / "vcenter-guest-customization.yaml"))


@pytest.fixture
def slice_(shared: Path) -> Node:
    return cast("Node", yaml12.read_yaml(shared / "specs" / "vsphere-9.1.0" / "vcenter-slice.yaml"))


def _schemas(document: Node) -> dict[str, Node]:
    return cast("dict[str, Node]", document["components"]["schemas"])


def _operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    for path, item in document["paths"].items():
        for method in ("get", "put", "post", "delete", "patch"):
            if method in item:
                yield method.upper(), path, item[method]


# By itself


def test_the_fragment_is_valid(fragment: Node) -> None:
    assert fragment["openapi"] == "3.0.3"
    assert [error.message for error in OpenAPIV30SpecValidator(fragment).iter_errors()] == []


def test_nothing_of_the_fragment_is_unused(fragment: Node) -> None:
    text = json.dumps(fragment)
    unused = [name for name in _schemas(fragment) if f'"#/components/schemas/{name}"' not in text]
    assert unused == []


def test_everything_has_a_sentence(fragment: Node) -> None:
    nodes = [fragment["info"], *fragment["tags"], *_schemas(fragment).values()]
    for schema in _schemas(fragment).values():
        nodes += schema.get("properties", {}).values()
    for _, _, operation in _operations(fragment):
        nodes += [operation, *operation.get("parameters", []), *operation["responses"].values()]
    mute = [node for node in nodes if not node.get("description", "").rstrip().endswith(".")]
    lists = [node for node in mute if "\nPossible values:\n" not in node.get("description", "")]
    assert lists == []


# Against the page


@dataclass(frozen=True)
class Property:
    """A property as the page lists it."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class Reply:
    """A reply as the page describes it."""

    status: str
    text: str

    @cached_property
    def type(self) -> str:
        return re.findall(r"^Returns (\w+) of type\(s\) application/json$", self.text, re.M)[0]

    @cached_property
    def example(self) -> Any:
        return json.loads(re.findall(r"^{$.*?^}$", self.text, re.M | re.S)[0])

    @cached_property
    def properties(self) -> list[Property]:
        found = re.findall(
            r"^(?:(string|object)(?: As (.+))?\n)?(\w+)\n(Required|Optional)$", self.text, re.M
        )
        return [
            Property(name, format_ or type_, needed == "Required")
            for type_, format_, name, needed in found
        ]

    @cached_property
    def values(self) -> list[str]:
        return re.findall(r"^([A-Z_]+) : ", self.text, re.M)

    @cached_property
    def kind(self) -> str:
        (name,) = re.findall(r"com\.vmware\.vapi\.std\.errors\.(\w+) : ", self.text)
        return "".join(word.capitalize() for word in name.split("_"))


class Page:
    """The vendor's reference page of the operation."""

    def __init__(self, text: str) -> None:
        self.head, _, replies = text.partition("\nResponses\n")
        parts = re.split(r"^(\d{3}|default)$", replies, flags=re.M)
        self.replies = {
            status: Reply(status, reply)
            for status, reply in zip(parts[1::2], parts[2::2], strict=True)
        }

    @cached_property
    def request(self) -> tuple[str, str]:
        ((method, url),) = re.findall(r"^([A-Z]+)\n(https://\S+)$", self.head, re.M)
        return method, url

    @cached_property
    def parameters(self) -> list[tuple[str, str, bool]]:
        _, _, part = self.head.partition("Path Parameters\n")
        found = re.findall(r"^(\w+)\n(\w+)\n(Required|Optional)$", part, re.M)
        return [(name, type_, needed == "Required") for type_, name, needed in found]


@pytest.fixture
def page(root: Path) -> Page:
    file = root.parent / "shared" / "reference" / "get-vm-guest-customization.txt"
    if not file.is_file():
        pytest.skip("the vendor's page is not here: ../shared/reference is missing")
    return Page(file.read_text(encoding="utf-8"))


@pytest.fixture
def operation(fragment: Node) -> Node:
    return cast("Node", fragment["paths"][PATH]["get"])


def _body(document: Node, reply: Node) -> Node:
    return cast("Node", reply["content"]["application/json"]["schema"])


def test_the_page_was_understood(page: Page) -> None:
    assert list(page.replies) == ["200", "401", "403", "404", "503", "default"]
    assert len(page.replies["200"].properties) == 4
    assert len(page.replies["200"].values) == 5
    errors = [reply for status, reply in page.replies.items() if status != "200"]
    assert [len(reply.properties) for reply in errors] == [3] * 5
    assert [len(reply.values) for reply in errors] == [25] * 5


def test_the_request_is_that_of_the_page(fragment: Node, page: Page) -> None:
    method, url = page.request
    server = fragment["servers"][0]["url"]
    assert method == "GET"
    assert server + PATH == url.replace("{api_host}", "{host}")


def test_the_parameter_is_that_of_the_page(operation: Node, page: Page) -> None:
    stated = [
        (parameter["name"], parameter["schema"]["type"], parameter["required"])
        for parameter in operation["parameters"]
        if parameter["in"] == "path"
    ]
    assert stated == page.parameters
    assert len(operation["parameters"]) == len(stated)


def test_the_privilege_is_that_of_the_page(operation: Node, page: Page) -> None:
    needed = re.findall(r"The resource (\w+) referenced by .* requires (.+)\.$", page.head, re.M)
    assert needed == [("VirtualMachine", "System.View")]
    assert all(f"`{name}`" in operation["description"] for name in needed[0])


def test_the_replies_are_those_of_the_page(operation: Node, page: Page) -> None:
    assert list(operation["responses"]) == list(page.replies)


def test_errors_have_the_kind_that_the_page_gives_their_status(
    fragment: Node, operation: Node, page: Page
) -> None:
    for status in ("401", "403", "404", "503"):
        body = _body(fragment, operation["responses"][status])
        assert body == {"$ref": f"#/components/schemas/Vapi.Std.Errors.{page.replies[status].kind}"}
    assert _body(fragment, operation["responses"]["default"])["$ref"].endswith(f"/{ERROR}")


@pytest.mark.parametrize("status", ["200", "401", "403", "404", "503", "default"])
def test_bodies_are_those_of_the_page(
    status: str, fragment: Node, operation: Node, page: Page
) -> None:
    reply = page.replies[status]
    name = INFO if status == "200" else ERROR
    assert _page_name(name) == reply.type
    schema = _schemas(fragment)[name]
    assert [(listed.name, listed.required) for listed in reply.properties] == [
        (listed, listed in schema["required"]) for listed in schema["properties"]
    ]
    for listed in reply.properties:
        stated = schema["properties"][listed.name]
        kind = stated.get("format") or stated.get("type")
        if listed.name in ENUMS:
            assert stated["allOf"] == [{"$ref": f"#/components/schemas/{ENUMS[listed.name]}"}]
            assert _schemas(fragment)[ENUMS[listed.name]]["enum"] == reply.values
        elif listed.type:
            assert kind == listed.type


@pytest.mark.parametrize("status", ["200", "401", "403", "404", "503", "default"])
def test_bodies_have_the_shape_of_the_examples_on_the_page(
    status: str, fragment: Node, operation: Node, page: Page
) -> None:
    body = _body(fragment, operation["responses"][status])
    assert _shape(fragment, body, "body", ()) == page.replies[status].example


def _page_name(name: str) -> str:
    """Return what the vendor's pages call a component."""
    return re.sub(r"^(Vcenter|Vapi)\.", "", name).replace(".", "_")


def _shape(document: Node, schema: Node, name: str, within: tuple[str, ...]) -> Any:
    """Return an example of a schema, as the vendor's pages make them."""
    for part in (schema, *schema.get("allOf", [])):
        if "$ref" in part:
            # Of a kind of error too, the page shows what is common to all.
            component = part["$ref"].rpartition("/")[2]
            if component in within:
                return f"{_page_name(component)} Object"
            return _shape(document, _schemas(document)[component], name, (*within, component))
    if "additionalProperties" in schema:
        return {name: _shape(document, schema["additionalProperties"], name, within)}
    match schema["type"]:
        case "array":
            return [_shape(document, schema["items"], name, within)]
        case "object":
            properties: Node = schema.get("properties", {})
            return {key: _shape(document, each, key, within) for key, each in properties.items()}
        case kind:
            return {"string": "string", "integer": 0, "number": "number"}[kind]


# Against the vendor's document


def test_operations_are_those_of_the_document(fragment: Node, slice_: Node) -> None:
    theirs = {(method, path): operation for method, path, operation in _operations(slice_)}
    ours = list(_operations(fragment))
    assert [(method, path) for method, path, _ in ours] == [
        ("GET", PATH),
        ("POST", "/session"),
        ("DELETE", "/session"),
    ]
    for method, path, operation in ours:
        their = theirs[method, path]
        for keyword in ("operationId", "tags", "security"):
            assert operation[keyword] == their[keyword]
        facts = [
            [(p["name"], p["in"], p["required"], p["schema"]) for p in each.get("parameters", [])]
            for each in (operation, their)
        ]
        assert facts[0] == facts[1]
        stated = dict(operation["responses"])
        stated.pop("default")
        assert stated.keys() == their["responses"].keys()
        for status, reply in stated.items():
            assert reply.get("content") == their["responses"][status].get("content")


def test_server_tags_and_security_schemes_are_those_of_the_document(
    fragment: Node, slice_: Node
) -> None:
    assert {server["url"] for server in fragment["servers"]} == {
        server["url"] for server in slice_["servers"]
    }
    assert {tag["name"] for tag in fragment["tags"]} == {tag["name"] for tag in slice_["tags"]}
    assert fragment["info"]["title"] == slice_["info"]["title"]
    assert fragment["info"]["version"] == slice_["info"]["version"]
    for name, scheme in fragment["components"]["securitySchemes"].items():
        facts = {key: value for key, value in scheme.items() if key != "description"}
        assert facts == slice_["components"]["securitySchemes"][name]


def test_components_are_those_that_the_operations_reach_in_the_document(
    fragment: Node, slice_: Node
) -> None:
    theirs = _schemas(slice_)
    reached: set[str] = set()
    wanted = [INFO, ERROR]
    while wanted:
        name = wanted.pop()
        if name in reached or name not in theirs:
            continue
        reached.add(name)
        text = json.dumps(theirs[name])
        wanted += re.findall(r'"#/components/schemas/([^"]+)"', text)
        wanted += re.findall(r"For more information see: \*([\w.]+)\*", text)
    assert _schemas(fragment).keys() == reached


def test_enumerations_are_those_of_the_document(fragment: Node, slice_: Node) -> None:
    theirs = {name: node["enum"] for name, node in _schemas(slice_).items() if "enum" in node}
    ours = {name: node["enum"] for name, node in _schemas(fragment).items() if "enum" in node}
    assert set(ours) == {f"{INFO}.Status", f"{ERROR}.Type"} | {
        "Vapi.Std.LocalizationParam.DateTimeFormat"
    }
    assert ours == {name: theirs[name] for name in ours}


def test_objects_are_those_of_the_document(fragment: Node, slice_: Node) -> None:
    theirs = _schemas(slice_)
    for name, ours in _schemas(fragment).items():
        their = theirs[name]
        assert ours["type"] == their["type"]
        assert ours.get("properties", {}).keys() == their.get("properties", {}).keys()
        assert ours.get("allOf") == their.get("allOf")
        assert ours.get("discriminator") == their.get("discriminator")
        # The text of `error_type` says that it can be missing, whatever `required` says.
        optional = {"error_type"} if name == ERROR else set[str]()
        assert set(ours.get("required", [])) == set(their.get("required", [])) - optional
        for key, stated in ours.get("properties", {}).items():
            assert _facts(stated) == _facts(their["properties"][key]), f"{name}.{key}"


def _facts(node: Node) -> Node:
    """Return what a property is, less its text; an enumeration is named in the vendor's."""
    see = re.search(r"For more information see: \*([\w.]+)\*", node["description"])
    if see:
        return {"allOf": [{"$ref": f"#/components/schemas/{see[1]}"}]}
    return {key: value for key, value in node.items() if key != "description"}


# In our own sentences


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in cast("Node", node).items():
            if key == "description" and isinstance(value, str):
                yield value
            yield from _texts(value)
    elif isinstance(node, list):
        for value in cast("list[Any]", node):
            yield from _texts(value)


def test_no_sentence_is_copied(fragment: Node, slice_: Node, page: Page) -> None:
    length = 9
    theirs: set[tuple[str, ...]] = set()
    for text in (*_texts(slice_), page.head, *(reply.text for reply in page.replies.values())):
        words = _words(text)
        theirs |= {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
    for text in _texts(fragment):
        words = _words(text)
        runs = (tuple(words[i : i + length]) for i in range(len(words) - length + 1))
        assert not [run for run in runs if run in theirs]
