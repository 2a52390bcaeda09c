"""Any valid value survives to be read and sent, for every class that does both.

The values are drawn from the schemas of documents, by code that knows nothing of the generator.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own
from driving import golden
from golden_packages import CASES
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support import selected
from vcgen.config.files import load
from vcgen.pipeline import build

DOCUMENTS = (
    *("additional_properties_typed", "discriminator_values", "enum_values"),
    *("kept_properties", "one_of_implicit_names", "read_write_only", "recursion"),
)
EXAMPLES = 40
_DEEPEST = 3
# What says of a property that is not declared what it is, beside `additionalProperties`.
_OTHERWISE = {"patternProperties", "unevaluatedProperties", "then", "else", "dependentSchemas"}
_REFERENCE = "#/components/schemas/"
_PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text("aé ", max_size=3))
_ANY = st.recursive(_PLAIN, lambda inner: st.lists(inner, max_size=2), max_leaves=3)
_SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "integer": st.integers(-(2**53), 2**53),
    "number": st.floats(-1e9, 1e9),
    "string": st.text('aé"\\ ', max_size=4),
    "date-time": st.just("2021-05-05T14:32:09Z"),
    "date": st.just("2021-05-05"),
    "uuid": st.just("00000000-0000-4000-8000-000000000001"),
    "byte": st.just("AAECAw=="),
}


class Values:
    """Draws values of the schemas of one document."""

    def __init__(self, case: str) -> None:
        self.schemas: dict[str, Any] = _document(case)["components"]["schemas"]

    def of(self, schema: Any, draw: st.DrawFn, depth: int = 0) -> Any:
        """Draw a value that a schema admits."""
        node = self._resolved(schema)
        if "const" in node or "enum" in node:
            return draw(st.sampled_from([node["const"]] if "const" in node else node["enum"]))
        stated = node.get("type")
        kinds: list[str] = stated if isinstance(stated, list) else [stated] if stated else []
        if kinds == ["null"] or ((node.get("nullable") or "null" in kinds) and draw(st.booleans())):
            return None
        kinds = [kind for kind in kinds if kind != "null"]
        parts = self._parts(node, draw)
        if len(parts) > 1 or "properties" in node or "object" in kinds:
            if all(_is_object(part) for part in parts):
                return self._object(parts, draw, depth)
            return self.of(parts[-1], draw, depth)
        kind = draw(st.sampled_from(kinds)) if kinds else ""
        if kind == "array":
            most = 0 if depth > _DEEPEST else 2
            count = draw(st.integers(0, most))
            return [self.of(node.get("items", {}), draw, depth + 1) for _ in range(count)]
        return draw(_SCALARS.get(str(node.get("format")), _SCALARS.get(kind, _ANY)))

    def _resolved(self, schema: Any) -> Mapping[str, Any]:
        node: Mapping[str, Any] = schema if isinstance(schema, dict) else {}
        while "$ref" in node:
            node = self.schemas[node["$ref"].removeprefix(_REFERENCE)]
        return node

    def _parts(self, schema: Any, draw: st.DrawFn) -> list[Mapping[str, Any]]:
        """Draw the schemas that hold for a value together: one of its alternatives among them."""
        node = self._resolved(schema)
        found = [node]
        for part in node.get("allOf", ()):
            found += self._parts(part, draw)
        for keyword in ("oneOf", "anyOf"):
            if keyword in node:
                part = draw(st.sampled_from(node[keyword]))
                found += [*self._tagged(node, part), *self._parts(part, draw)]
        return found

    def _tagged(self, node: Mapping[str, Any], part: Any) -> list[Mapping[str, Any]]:
        """Return the schema of an object with the tag that means an alternative, if one does."""
        told = node.get("discriminator")
        reference = part.get("$ref", "")
        if not told or not reference:
            return []
        mapping = told.get("mapping", {})
        own = reference.removeprefix(_REFERENCE)
        tag = next((tag for tag, at in mapping.items() if at in (reference, own)), own)
        name = told["propertyName"]
        stated = self._resolved(part).get("properties", {}).get(name, {})
        listed = stated if {"enum", "const"} & stated.keys() else {"const": tag}
        return [{"properties": {name: listed}, "required": [name]}]

    def _object(self, parts: list[Mapping[str, Any]], draw: st.DrawFn, depth: int) -> Any:
        # A tag stands before the alternative that it means, and says more than that of it.
        properties = {k: v for part in parts[::-1] for k, v in part.get("properties", {}).items()}
        required = {name for part in parts for name in part.get("required", ())}
        found: dict[str, Any] = {}
        for name, schema in properties.items():
            access = self._resolved(schema) if isinstance(schema, dict) else {}
            if schema is False or access.get("writeOnly") or access.get("readOnly"):
                continue  # they go one way
            # What can have one value alone is filled in.
            is_there = name in required or "const" in access
            if is_there or (depth <= _DEEPEST and draw(st.booleans())):
                found[name] = self.of(schema, draw, depth + 1)
        others = [p["additionalProperties"] for p in parts if "additionalProperties" in p]
        # Of several parts, each says of what the others declare what it is, too.
        is_plain = len(parts) == 1 or not others
        is_plain = is_plain and not any(_OTHERWISE & part.keys() for part in parts)
        if is_plain and False not in others and depth <= _DEEPEST and draw(st.booleans()):
            typed = next((one for one in others if isinstance(one, dict)), {})
            found["not declared"] = self.of(typed, draw, depth + 1)
        return found


def _is_object(node: Mapping[str, Any]) -> bool:
    others = {"allOf", "oneOf", "anyOf", "description", "discriminator", "required"}
    is_told = node.get("type") == "object" or {"properties", "additionalProperties"} & node.keys()
    return bool(is_told) or node.keys() <= others


@cache
def _document(case: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((CASES / case / "spec.yaml").read_text("utf-8"))
    return loaded


def _classes(case: str) -> list[tuple[str, str]]:
    """Return the classes that are read and can be sent back, and their components."""
    client = load(CASES / case / "vcgen.toml").clients[0]
    return [
        (node.name, node.spec_name)
        for node in build(selected(client, CASES / case)).definitions
        if getattr(node, "is_kept", False) and node.spec_name in Values(case).schemas
    ]


@pytest.mark.parametrize("case", DOCUMENTS)
def test_what_is_read_is_sent_back_as_it_came(case: str) -> None:
    values, classes = Values(case), _classes(case)
    assert classes
    package = golden(case)
    wire = importlib.import_module(f"{package.__name__}._wire")

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def survives(data: st.DataObject) -> None:
        name, component = data.draw(st.sampled_from(classes))
        value = values.of({"$ref": _REFERENCE + component}, data.draw)
        if not isinstance(value, dict):
            return
        read_ = wire.decode(json.dumps(value).encode(), type=getattr(package, name))
        assert type(read_) is getattr(package, name)
        assert json.loads(wire.JsonBody(read_, "application/json").encode()) == value

    survives()
