"""What is of `/rest` has names of its own, so that one client can hold it and `/api`."""

from pathlib import Path
from typing import Any

import pytest
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig, Renames
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.rest_names import rest_resource, schema_prefix
from vcgen.text.pointers import pointer_to


@pytest.mark.parametrize(
    "name",
    ["vapi.std.localizable_message", "vcenter.VM.info", "vapi.std.dynamic_ID", "cis.task_resp"],
)
def test_dotted_names_in_small_letters_are_of_rest(name: str) -> None:
    assert schema_prefix(name) == "Rest"


@pytest.mark.parametrize(
    "name",
    ["VapiStdLocalizableMessage", "Vcenter.VM.Info", "info", "a-b.c", "vm.", ".vm", "a..b", ""],
)
def test_other_names_are_not(name: str) -> None:
    assert schema_prefix(name) == ""


def resource(path: str, tags: Any) -> Any:
    """Return the mark that an operation gets."""
    place = Place(DocumentView({}), Kind.OPERATION, pointer_to(["paths", path, "get"]))
    change = rest_resource({"tags": tags}, place)
    if change is None:
        return None
    assert change.repairs == ()
    assert change.node["tags"] == tags
    assert rest_resource(change.node, place) is None
    return change.node["x-vcgen-resource"]


def test_operation_under_rest_is_of_a_resource_of_its_own() -> None:
    assert resource("/rest/vcenter/vm", ["vm", "more"]) == "rest/vm"
    assert resource("/api/vcenter/vm", ["vm"]) is None


@pytest.mark.parametrize("tags", [None, [], "vm", [7]])
def test_operation_without_a_tag_is_not_marked(tags: Any) -> None:
    assert resource("/rest/vcenter/vm", tags) is None


DOCUMENT = """
openapi: 3.0.0
info: {title: Two, version: "1"}
paths:
  /rest/vm:
    get:
      tags: [vm]
      operationId: list
      responses:
        "200":
          description: Both.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/vapi.std.pair"}
components:
  schemas:
    VapiStdMessage:
      type: object
      properties:
        params: {type: object, additionalProperties: {type: string}}
    vapi.std.message:
      type: object
      properties:
        params:
          type: array
          items: {type: object, properties: {key: {type: string}}}
    vapi.std.pair:
      type: object
      properties:
        one: {$ref: "#/components/schemas/vapi.std.message"}
        other: {$ref: "#/components/schemas/VapiStdMessage"}
"""


def models(tmp_path: Path, **schemas: str) -> str:
    """Return the models that are generated from the document."""
    (tmp_path / "spec.yaml").write_text(DOCUMENT, encoding="utf-8")
    client = ClientConfig("spec.yaml", "client", renames=Renames(schemas=schemas))
    return pipeline.generate(selected(client, tmp_path))["models.py"]


def test_two_of_one_name_are_two_classes(tmp_path: Path) -> None:
    text = models(tmp_path)
    assert "class StdMessage(" in text
    assert "class RestStdMessage(" in text
    assert "one: RestStdMessage | None" in text
    assert "other: StdMessage | None" in text


def test_what_is_inside_a_schema_has_its_prefix(tmp_path: Path) -> None:
    assert "class RestStdMessageParamsItem(" in models(tmp_path)


def test_configured_name_comes_first(tmp_path: Path) -> None:
    text = models(tmp_path, **{"vapi.std.message": "Legacy"})
    assert "class Legacy(" in text
    assert "RestStdMessage(" not in text
