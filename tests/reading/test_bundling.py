"""Several files joined by `$ref`: what becomes one document, what is refused, where things are."""

from __future__ import annotations

import copy
import io
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml12
from openapi_spec_validator import validate
from support import open_document
from vcgen import dialect, slicing
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading import bundling, document, opening
from vcgen.reading.access import Access
from vcgen.reading.bundling import files as bundling_files
from vcgen.reading.document import Document

Write = Callable[..., str]
Tree = dict[str, Any]

PLAIN = dialect.get("plain")


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes files, and returns the name of the one called `root.yaml`."""
    monkeypatch.chdir(tmp_path)

    def write(**contents: Tree | str) -> str:
        for name, content in contents.items():
            file = tmp_path / "specs" / name.replace("__", "/").replace("_yaml", ".yaml")
            file.parent.mkdir(parents=True, exist_ok=True)
            text = content if isinstance(content, str) else yaml12.format_yaml(content)
            file.write_text(text, encoding="utf-8")
        return "specs/root.yaml"

    return write


def root(
    schema: object = None,
    *,
    paths: Tree | None = None,
    version: str = "3.0.3",
    **components: object,
) -> Tree:
    """Return a root document with one operation, whose reply has the schema."""
    tree: Tree = {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": operation(schema)}} if paths is None else paths,
    }
    return {**tree, "components": components} if components else tree


def operation(schema: object = None, **more: object) -> Tree:
    content = {"application/json": {"schema": schema or {"type": "string"}}}
    return {**more, "responses": {"200": {"description": "d", "content": content}}}


def ref(reference: str, **beside: object) -> Tree:
    return {"$ref": reference, **beside}


def bundled(
    path: str,
    patterns: Sequence[str] = ("*",),
    *,
    outside: bool = False,
    references: Mapping[str, str] | None = None,
) -> Document:
    def select(tree: Mapping[str, Any]) -> list[str]:
        return [key.pointer for key in slicing.select(tree, patterns)]

    return bundling.bundle(
        document.read(path), select=select, access=Access(outside, references or {})
    )


def sliced(path: str, patterns: Sequence[str] = ("*",), **access: Any) -> Tree:
    """Return the slice of a bundle, which is valid OpenAPI."""
    whole = bundled(path, patterns, **access)
    with opening.located(whole):
        tree = slicing.slice_document(whole.tree, patterns, dialect=PLAIN).tree
    validate(tree)
    return tree


def refused(path: str, patterns: Sequence[str] = ("*",), **access: Any) -> Diagnostic:
    """Return the one problem that a slice of a bundle is refused for."""
    with pytest.raises(SpecError) as caught:
        sliced(path, patterns, **access)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.file
    assert diagnostic.hint
    return diagnostic


def reply(tree: Tree, path: str = "/a") -> Any:
    return tree["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]


def schemas(tree: Tree) -> Tree:
    found: Tree = tree["components"]["schemas"]
    return found


def line_of(file: str, text: str) -> int:
    """Return the line of the first occurrence of a text in a file."""
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


STRING = {"type": "string"}
INTEGER = {"type": "integer"}


# References that are followed


@pytest.mark.parametrize(
    ("reference", "content"),
    [
        ("defs.yaml#/components/schemas/X", {"components": {"schemas": {"X": STRING}}}),
        ("./defs.yaml#/definitions/X", {"definitions": {"X": STRING}}),
        ("defs.yaml#/$defs/X", {"$defs": {"X": STRING}}),
        ("defs.yaml#/X", {"X": STRING}),
        ("defs.yaml#/types/common/X", {"types": {"common": {"X": STRING}}}),
        ("../specs/defs.yaml#/X", {"X": STRING}),
        ("%64efs.yaml#/%58", {"X": STRING}),
    ],
)
def test_node_of_another_file_becomes_a_component(
    write: Write, reference: str, content: Tree
) -> None:
    tree = sliced(write(root_yaml=root(ref(reference)), defs_yaml=content))
    assert reply(tree) == ref("#/components/schemas/X")
    assert schemas(tree) == {"X": STRING}


@pytest.mark.parametrize("reference", ["x/Pet.yaml", "x/Pet.yaml#", "./x/../x/Pet.yaml"])
def test_whole_file_is_called_as_the_file_is(write: Write, reference: str) -> None:
    tree = sliced(write(root_yaml=root(ref(reference)), x__Pet_yaml=STRING))
    assert reply(tree) == ref("#/components/schemas/Pet")
    assert schemas(tree) == {"Pet": STRING}


def test_json_and_yaml_can_be_joined(write: Write, tmp_path: Path) -> None:
    path = write(root_yaml=root(ref("pet.json#/Pet")))
    (tmp_path / "specs" / "pet.json").write_text(json.dumps({"Pet": STRING}), encoding="utf-8")
    assert schemas(sliced(path)) == {"Pet": STRING}


def test_pointer_escapes_lead_to_the_key_that_is_meant(write: Write) -> None:
    reference = "defs.yaml#/a~1b%20c~0%25d"
    tree = bundled(write(root_yaml=root(ref(reference)), defs_yaml={"a/b c~%d": STRING})).tree
    assert reply(tree) == ref("#/components/schemas/a~1b c~0%25d")
    assert schemas(tree) == {"a/b c~%d": STRING}


def test_references_are_relative_to_the_file_that_they_stand_in(write: Write) -> None:
    path = write(
        root_yaml=root(ref("one/a.yaml#/A")),
        one__a_yaml={
            "A": {"properties": {"b": ref("two/b.yaml#/B"), "own": ref("#/Own")}},
            "Own": STRING,
        },
        one__two__b_yaml={"B": {"items": ref("../../c.yaml"), "type": "array"}},
        c_yaml=INTEGER,
    )
    found = schemas(sliced(path))
    assert found["A"]["properties"] == {
        "b": ref("#/components/schemas/B"),
        "own": ref("#/components/schemas/Own"),
    }
    assert found["B"]["items"] == ref("#/components/schemas/c")
    assert found["Own"] == STRING
    assert found["c"] == INTEGER


def test_reference_back_into_the_root_is_internal(write: Write) -> None:
    path = write(
        root_yaml=root(ref("x/a.yaml#/A"), schemas={"Base": STRING}),
        x__a_yaml={"A": {"properties": {"base": ref("../root.yaml#/components/schemas/Base")}}},
    )
    found = schemas(sliced(path))
    assert list(found) == ["Base", "A"]
    assert found["A"]["properties"]["base"] == ref("#/components/schemas/Base")


def test_files_may_refer_to_each_other_in_circles(write: Write) -> None:
    path = write(
        root_yaml=root(ref("a.yaml#/A")),
        a_yaml={"A": {"properties": {"b": ref("b.yaml#/B")}}},
        b_yaml={"B": {"properties": {"a": ref("a.yaml#/A"), "b": ref("#/B")}}},
    )
    found = schemas(sliced(path))
    assert found["A"]["properties"]["b"] == ref("#/components/schemas/B")
    assert found["B"]["properties"]["a"] == ref("#/components/schemas/A")
    assert found["B"]["properties"]["b"] == ref("#/components/schemas/B")


def test_each_kind_of_component_is_brought_into_its_section(write: Write) -> None:
    item = {
        "get": {
            "parameters": [ref("parts.yaml#/limit")],
            "responses": {
                "200": {"description": "d", "headers": {"X-A": ref("parts.yaml#/counter")}},
                "404": ref("parts.yaml#/missing"),
            },
        },
        "post": {
            "requestBody": ref("parts.yaml#/body"),
            "security": [{"key": []}],
            "responses": {"204": {"description": "d"}},
        },
    }
    path = write(
        root_yaml=root(paths={"/a": item}, securitySchemes={"key": ref("parts.yaml#/apiKey")}),
        parts_yaml={
            "limit": {"name": "limit", "in": "query", "schema": ref("#/Limit")},
            "counter": {"schema": INTEGER},
            "missing": {"description": "gone"},
            "body": {"content": {"text/plain": {"schema": STRING}}},
            "apiKey": {"type": "apiKey", "in": "header", "name": "k"},
            "Limit": INTEGER,
        },
    )
    components = sliced(path)["components"]
    assert {section: list(names) for section, names in components.items()} == {
        "securitySchemes": ["key"],
        "parameters": ["limit"],
        "headers": ["counter"],
        "responses": ["missing"],
        "requestBodies": ["body"],
        "schemas": ["Limit"],
    }
    assert components["securitySchemes"]["key"]["name"] == "k"


def test_kind_is_what_the_pointer_says(write: Write) -> None:
    path = write(
        root_yaml=root(ref("defs.yaml#/components/parameters/R")),
        defs_yaml={"components": {"parameters": {"R": {"name": "r", "in": "query"}}}},
    )
    with pytest.raises(SpecError, match="is not a schema"):
        sliced(path)


def test_values_of_a_discriminator_may_name_files(write: Write) -> None:
    pet = {
        "type": "object",
        "properties": {"kind": STRING},
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"cat": "Cat.yaml", "dog": "./more.yaml#/Dog", "cow": "Cow"},
            "defaultMapping": "more.yaml#/Other",
        },
    }
    path = write(
        root_yaml=root(ref("#/components/schemas/Pet"), schemas={"Pet": pet, "Cow": STRING}),
        Cat_yaml=STRING,
        more_yaml={"Dog": STRING, "Other": STRING},
    )
    found = schemas(sliced(path))
    assert found["Pet"]["discriminator"]["defaultMapping"] == "#/components/schemas/Other"
    assert found["Pet"]["discriminator"]["mapping"] == {
        "cat": "#/components/schemas/Cat",
        "dog": "#/components/schemas/Dog",
        "cow": "Cow",
    }
    assert set(found) == {"Pet", "Cow", "Cat", "Dog", "Other"}


def test_name_in_a_discriminator_of_another_file_may_mean_a_schema_of_that_file(
    write: Write,
) -> None:
    pet = {"discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}}}
    defs = {"components": {"schemas": {"Pet": pet, "Cat": STRING}}}
    path = write(root_yaml=root(ref("defs.yaml#/components/schemas/Pet")), defs_yaml=defs)
    assert schemas(sliced(path))["Cat"] == STRING


def test_subtypes_beside_a_base_in_another_file_come_along(write: Write) -> None:
    path = write(
        root_yaml=root(ref("pets.yaml#/Pet")),
        pets_yaml={
            "Pet": {"type": "object", "discriminator": {"propertyName": "kind"}},
            "Cat": {"allOf": [ref("#/Pet")]},
            "Lion": {"allOf": [ref("pets.yaml#/Cat"), ref("fur.yaml")]},
            "Stone": {"allOf": [ref("#/Other")]},
        },
        fur_yaml=STRING,
    )
    assert set(schemas(sliced(path))) == {"Pet", "Cat", "Lion", "fur"}


@pytest.mark.parametrize(("version", "come"), [("3.0.3", {"Pet"}), ("3.1.0", {"Pet", "Cat"})])
def test_subtypes_that_say_more_beside_a_reference_come_along(
    write: Write, version: str, come: set[str]
) -> None:
    path = write(
        root_yaml=root(ref("pets.yaml#/Pet"), version=version),
        pets_yaml={
            "Pet": {"type": "object", "discriminator": {"propertyName": "kind"}},
            "Cat": ref("#/Pet", properties={"name": STRING}),
            "Named": ref("#/Pet", description="The same."),
        },
    )
    assert set(schemas(sliced(path))) == come


def test_subtypes_that_the_root_keeps_in_files_are_found(write: Write) -> None:
    path = write(
        root_yaml=root(ref("Pet.yaml"), schemas={"Pet": ref("Pet.yaml"), "Cat": ref("Cat.yaml")}),
        Pet_yaml={"type": "object", "discriminator": {"propertyName": "kind"}},
        Cat_yaml={"allOf": [ref("Pet.yaml")]},
    )
    assert set(schemas(sliced(path))) == {"Pet", "Cat"}


def test_what_stands_beside_a_reference_stays(write: Write) -> None:
    path = write(root_yaml=root(ref("d.yaml#/X", description="own")), d_yaml={"X": STRING})
    assert reply(sliced(path)) == ref("#/components/schemas/X", description="own")


# Path items


def test_path_items_of_other_files_are_inlined(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("paths/a.yaml"), "/b": ref("all.yaml#/paths/~1b%7D")}),
        paths__a_yaml={"get": operation(ref("../all.yaml#/components/schemas/X"))},
        all_yaml={
            "paths": {"/b}": {"get": operation(ref("#/components/schemas/X"), tags=["t"])}},
            "components": {"schemas": {"X": STRING}},
        },
    )
    tree = sliced(path)
    assert reply(tree, "/a") == reply(tree, "/b") == ref("#/components/schemas/X")
    assert schemas(tree) == {"X": STRING}


def test_operations_of_path_items_can_be_selected(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml")}),
        a_yaml={"get": operation(operationId="one"), "put": operation(ref("gone.yaml"))},
    )
    assert list(sliced(path, ["one"])["paths"]["/a"]) == ["get"]


def test_path_items_may_lead_on_and_have_fields_of_their_own(write: Write) -> None:
    limit = {"name": "limit", "in": "query", "schema": STRING}
    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml#/one", parameters=[ref("p.yaml#/limit")])}),
        a_yaml={"one": ref("b.yaml#/two", summary="s"), "three": {"get": operation()}},
        b_yaml={"two": ref("a.yaml#/three")},
        p_yaml={"limit": limit},
    )
    tree = sliced(path)
    assert list(tree["paths"]["/a"]) == ["get", "summary", "parameters"]
    assert tree["paths"]["/a"]["parameters"] == [ref("#/components/parameters/limit")]


def test_path_item_that_the_root_refers_to_itself_is_followed(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("#/paths/~1b"), "/b": ref("b.yaml")}),
        b_yaml={"get": operation(ref("x.yaml"))},
        x_yaml=STRING,
    )
    assert reply(sliced(path, ["/a"])) == ref("#/components/schemas/x")


def test_unselected_operations_of_other_files_are_left_out(write: Write) -> None:
    # Their "#/X" would be another X in the bundle.
    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml"), "/b": ref("b.yaml")}),
        a_yaml={"get": operation(), "put": operation(ref("#/X"))},
        b_yaml={"get": operation(ref("#/X"))},
    )
    paths = bundled(path, ["GET /a"]).tree["paths"]
    assert paths == {"/a": {"get": operation()}, "/b": {}}


def test_circle_of_path_items_ends(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml#/x"), "/b": {"get": operation()}}),
        a_yaml={"x": ref("#/y"), "y": ref("#/x")},
    )
    assert list(sliced(path, ["/b"])["paths"]) == ["/b"]
    problem = refused(path, ["/a"])
    assert "recursive" in problem.message
    assert problem.file == "specs/a.yaml"


def test_security_schemes_of_the_file_of_an_operation_come_along(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml#/item")}),
        a_yaml={
            "item": {"get": operation(security=[{"key": []}])},
            "components": {
                "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "k"}}
            },
        },
    )
    assert list(sliced(path)["components"]["securitySchemes"]) == ["key"]


# Maps in files of their own, which OpenAPI does not know but people write


def test_paths_and_components_may_be_files_of_their_own(write: Write) -> None:
    tree = root(paths=ref("paths/index.yaml"), schemas=ref("schemas/index.yaml"))
    path = write(
        root_yaml=tree,
        paths__index_yaml={"/a": ref("a.yaml")},
        paths__a_yaml={"get": operation(ref("../root.yaml#/components/schemas/Pet"))},
        schemas__index_yaml={"Pet": {"properties": {"o": ref("#/Owner")}}, "Owner": ref("o.yaml")},
        schemas__o_yaml={"properties": {"pet": ref("index.yaml#/Pet"), "me": ref("o.yaml")}},
    )
    found = schemas(sliced(path))
    assert list(found) == ["Pet", "Owner"]
    assert found["Pet"]["properties"]["o"] == ref("#/components/schemas/Owner")
    assert found["Owner"]["properties"] == {
        "pet": ref("#/components/schemas/Pet"),
        "me": ref("#/components/schemas/Owner"),
    }


def test_paths_that_cannot_be_had_are_refused_at_once(write: Write) -> None:
    path = write(root_yaml=root(paths=ref("gone.yaml")))
    problem = refused(path)
    assert problem.message == "there is no file specs/gone.yaml"
    assert problem.pointer == "#/paths/$ref"
    assert problem.line == line_of(path, "gone.yaml")


# Names


def test_component_that_is_but_a_reference_becomes_what_it_refers_to(write: Write) -> None:
    path = write(
        root_yaml=root(ref("#/components/schemas/X"), schemas={"X": ref("d.yaml#/X")}),
        d_yaml={"X": {"properties": {"x": ref("#/X")}}},
    )
    assert schemas(sliced(path)) == {"X": {"properties": {"x": ref("#/components/schemas/X")}}}


def test_root_names_what_its_components_refer_to(write: Write) -> None:
    aliases = {
        "UserProfile": ref("user-profile.yaml", description="own"),
        "Again": ref("user-profile.yaml"),
    }
    path = write(
        root_yaml=root(ref("other.yaml"), schemas=aliases),
        other_yaml={"properties": {"u": ref("user-profile.yaml")}},
        **{"user-profile_yaml": STRING},
    )
    tree = bundled(path).tree
    assert schemas(tree) == {
        "UserProfile": {**STRING, "description": "own"},
        "Again": ref("#/components/schemas/UserProfile"),
        "other": {"properties": {"u": ref("#/components/schemas/UserProfile")}},
    }


def test_own_name_is_better_than_another_alias(write: Write) -> None:
    aliases = {"Alias": ref("d.yaml#/X"), "X": ref("d.yaml#/X")}
    tree = bundled(
        write(root_yaml=root(ref("d.yaml#/X"), schemas=aliases), d_yaml={"X": STRING})
    ).tree
    assert reply(tree) == ref("#/components/schemas/X")
    assert schemas(tree) == {"Alias": ref("#/components/schemas/X"), "X": STRING}


def test_chain_of_references_with_one_name_is_one_component(write: Write) -> None:
    path = write(
        root_yaml=root(ref("index.yaml#/Error"), schemas={"Error": ref("index.yaml#/Error")}),
        index_yaml={"Error": ref("deep/Error.yaml")},
        deep__Error_yaml={
            "properties": {"cause": ref("../index.yaml#/Error"), "me": ref("Error.yaml")}
        },
    )
    own = ref("#/components/schemas/Error")
    assert schemas(sliced(path)) == {"Error": {"properties": {"cause": own, "me": own}}}


def test_reference_that_comes_back_to_itself_is_refused(write: Write) -> None:
    path = write(
        root_yaml=root(ref("a.yaml#/A")),
        a_yaml={"A": ref("b.yaml#/A")},
        b_yaml={"A": ref("a.yaml#/A")},
    )
    with pytest.raises(SpecError, match="refers to itself"):
        sliced(path)


def test_order_of_components_is_that_of_the_files(write: Write) -> None:
    defs = {"Z": STRING, "M": {"items": ref("#/Z")}, "A": {"items": ref("#/M")}}
    path = write(
        root_yaml=root({"oneOf": [ref("z.yaml"), ref("defs.yaml#/A")]}),
        defs_yaml=defs,
        z_yaml=STRING,
    )
    assert list(schemas(bundled(path).tree)) == ["Z", "M", "A", "z"]


def test_two_nodes_that_want_one_name_are_told_apart_by_their_files(write: Write) -> None:
    path = write(
        root_yaml=root({"oneOf": [ref("a.yaml#/X"), ref("b.yaml#/X"), ref("b.yaml#/X")]}),
        a_yaml={"X": STRING},
        b_yaml={"X": INTEGER},
    )
    tree = sliced(path)
    other = ref("#/components/schemas/b-X")
    assert reply(tree) == {"oneOf": [ref("#/components/schemas/X"), other, other]}
    assert schemas(tree) == {"X": STRING, "b-X": INTEGER}


def test_what_has_the_name_of_a_component_of_the_root_is_told_apart(write: Write) -> None:
    schema = {"oneOf": [ref("a.yaml#/X"), ref("#/components/schemas/X")]}
    path = write(root_yaml=root(schema, schemas={"X": INTEGER}), a_yaml={"X": STRING})
    assert schemas(sliced(path)) == {"X": INTEGER, "a-X": STRING}


def test_files_of_one_name_are_told_apart_by_their_folders(write: Write) -> None:
    names = ("a.yaml#/X", "v1/a.yaml#/X", "v2/a.yaml#/X", "v1/X.yaml", "v2/a.yaml#/$defs/X")
    values: list[Tree] = [{"const": number} for number in range(5)]
    path = write(
        root_yaml=root({"oneOf": [ref(name) for name in names]}, version="3.1.0"),
        a_yaml={"X": values[0]},
        v1__a_yaml={"X": values[1]},
        v2__a_yaml={"X": values[2], "$defs": {"X": values[4]}},
        v1__X_yaml=values[3],
    )
    found = ("X", "a-X", "v2.a-X", "v1-X", "v2.a.defs-X")
    assert schemas(sliced(path)) == dict(zip(found, values, strict=True))


def test_parameters_and_replies_are_told_apart_too(write: Write) -> None:
    def file(kind: str, status: str) -> Tree:
        parameter = {"name": kind, "in": "query", "schema": {"type": kind}}
        reply = {"description": kind}
        components = {"parameters": {"P": parameter}, "responses": {"R": reply}}
        item = {
            "parameters": [ref("#/components/parameters/P")],
            "responses": {status: ref("#/components/responses/R")},
        }
        return {"item": {"get": item}, "components": components}

    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml#/item"), "/b": ref("b.yaml#/item")}),
        a_yaml=file("string", "200"),
        b_yaml=file("integer", "201"),
    )
    components = sliced(path)["components"]
    assert {name: one["name"] for name, one in components["parameters"].items()} == {
        "P": "string",
        "b-P": "integer",
    }
    assert set(components["responses"]) == {"R", "b-R"}


def test_one_is_not_true(write: Write) -> None:
    path = write(
        root_yaml=root({"oneOf": [ref("a.yaml#/X"), ref("b.yaml#/X")]}),
        a_yaml={"X": {"default": 1}},
        b_yaml={"X": {"default": True}},
    )
    assert set(schemas(sliced(path))) == {"X", "b-X"}


def test_name_that_a_discriminator_goes_by_is_no_other(write: Write) -> None:
    told: Tree = {"propertyName": "k"}
    schema = {"oneOf": [ref("a.yaml#/X"), ref("b.yaml#/X")], "discriminator": told}
    files = {"a_yaml": {"X": STRING}, "b_yaml": {"X": INTEGER}}
    problem = refused(write(root_yaml=root(schema), **files))
    assert problem.message == (
        'the schema "X" would have two definitions: specs/a.yaml#/X and specs/b.yaml#/X'
    )
    assert "give the discriminator a mapping" in problem.hint
    told["mapping"] = {"a": "a.yaml#/X", "b": "b.yaml#/X"}
    mapped = reply(sliced(write(root_yaml=root(schema), **files)))
    assert mapped["discriminator"]["mapping"]["b"] == "#/components/schemas/b-X"


def test_equal_nodes_are_one_component(write: Write) -> None:
    tree: Tree = {"X": {"properties": {"y": ref("#/Y"), "x": ref("#/X")}}, "Y": {"enum": ["a"]}}
    path = write(
        root_yaml=root({"oneOf": [ref("a.yaml#/X"), ref("b.yaml#/X")]}),
        a_yaml=tree,
        b_yaml=tree,
    )
    found = sliced(path)
    assert reply(found)["oneOf"] == [ref("#/components/schemas/X")] * 2
    assert set(schemas(found)) == {"X", "Y"}


def test_nodes_that_refer_to_different_ones_are_different(write: Write) -> None:
    def file(leaf: Tree) -> Tree:
        return {"X": {"items": ref("#/Y")}, "Y": {"items": ref("#/Z")}, "Z": leaf}

    path = write(
        root_yaml=root({"oneOf": [ref("a.yaml#/X"), ref("b.yaml#/X")]}),
        a_yaml=file(STRING),
        b_yaml=file(INTEGER),
    )
    other = {"b-X": {"items": ref("#/components/schemas/b-Y")}, "b-Z": INTEGER}
    other["b-Y"] = {"items": ref("#/components/schemas/b-Z")}
    assert {name: one for name, one in schemas(sliced(path)).items() if "-" in name} == other


def test_name_belongs_to_what_is_selected(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml#/item"), "/b": ref("b.yaml#/item")}),
        a_yaml={"item": {"get": operation(ref("#/Error"))}, "Error": STRING},
        b_yaml={"item": {"get": operation(ref("#/Error"))}, "Error": INTEGER},
    )
    assert schemas(sliced(path, ["/a"])) == {"Error": STRING}
    assert schemas(sliced(path, ["/b"])) == {"Error": INTEGER}
    assert schemas(sliced(path, ["/a", "/b"])) == {"Error": STRING, "b-Error": INTEGER}


def test_schemes_and_heirs_that_want_one_name_are_refused(write: Write) -> None:
    def file(name: str) -> Tree:
        scheme = {"type": "apiKey", "in": "header", "name": name}
        item = {"get": operation(security=[{"key": []}])}
        return {"item": item, "components": {"securitySchemes": {"key": scheme}}}

    path = write(
        root_yaml=root(paths={"/a": ref("a.yaml#/item"), "/b": ref("b.yaml#/item")}),
        a_yaml=file("one"),
        b_yaml=file("two"),
    )
    problem = refused(path)
    assert 'the security scheme "key" would have two' in problem.message
    assert problem.file == "specs/b.yaml"
    pet = {"Pet": {"type": "object", "discriminator": {"propertyName": "k"}}}
    path = write(
        root_yaml=root(ref("p.yaml#/Pet"), schemas={"Cat": INTEGER}),
        p_yaml={**pet, "Cat": {"allOf": [ref("#/Pet")]}},
    )
    assert 'the schema "Cat" would have two' in refused(path).message


# Parts of nodes have no name


def test_part_of_a_schema_is_inlined(write: Write) -> None:
    path = write(
        root_yaml=root(ref("d.yaml#/components/schemas/X/properties/y")),
        d_yaml={
            "components": {"schemas": {"X": {"properties": {"y": {"items": ref("#/Z")}}}}},
            "Z": STRING,
        },
    )
    tree = sliced(path)
    assert reply(tree) == {"items": ref("#/components/schemas/Z")}
    assert set(schemas(tree)) == {"Z"}


def test_keywords_beside_a_reference_to_a_part_hold_as_well(write: Write) -> None:
    path = write(
        root_yaml=root(ref("d.yaml#/X/properties/y", minLength=1), version="3.1.0"),
        d_yaml={"X": {"properties": {"y": STRING}}},
    )
    assert reply(sliced(path)) == {"minLength": 1, "allOf": [STRING]}


def test_recursive_part_is_refused(write: Write) -> None:
    part = {"properties": {"again": ref("#/X/properties/y")}}
    path = write(
        root_yaml=root(ref("d.yaml#/X/properties/y")), d_yaml={"X": {"properties": {"y": part}}}
    )
    problem = refused(path)
    assert "is recursive, but is not a component" in problem.message
    assert (problem.file, problem.line) == ("specs/d.yaml", line_of("specs/d.yaml", "$ref"))


def test_parts_that_multiply_are_refused(write: Write) -> None:
    chain = {
        f"N{i}": {"properties": {"a": {"allOf": [ref(f"#/N{i + 1}/properties/a")] * 2}}}
        for i in range(40)
    }
    path = write(
        root_yaml=root(ref("d.yaml#/N0/properties/a")),
        d_yaml={**chain, "N40": {"properties": {"a": STRING}}},
    )
    with pytest.raises(SpecError, match="too many parts"):
        sliced(path)


# What is no reference


def test_values_are_not_references(write: Write) -> None:
    schema = {
        "type": "object",
        "properties": {"$ref": {"type": "string"}},
        "default": ref("a.yaml"),
        "enum": [ref("b.yaml")],
        "example": ref("c.yaml"),
        "x-thing": ref("d.yaml"),
    }
    tree = root(schema, version="3.1.0")
    whole = document.read(write(root_yaml=tree))
    assert bundling.bundle(whole) is whole


def test_reference_that_is_no_string_is_left_to_the_slicing(write: Write) -> None:
    path = write(root_yaml=root({"oneOf": [{"$ref": 3}, ref("x.yaml")]}), x_yaml=STRING)
    with pytest.raises(SpecError, match="not a string"):
        sliced(path)


# What passes through


def test_document_in_one_file_is_the_same_document(write: Write) -> None:
    whole = document.read(
        write(root_yaml=root(ref("#/components/schemas/X"), schemas={"X": STRING}))
    )
    assert bundling.bundle(whole) is whole


@pytest.mark.parametrize(
    "text",
    [
        "$ref: x.yaml",
        '"$ref": x.yaml',
        '"\\x24ref": x.yaml',
        "$ref:\n  x.yaml",
        "$ref: # a\n  x.yaml",
    ],
)
def test_no_way_to_write_a_reference_is_overlooked(write: Write, text: str) -> None:
    tree = json.dumps(root({"X": 1}, version="3.0.3"))
    path = write(root_yaml=tree.replace('{"X": 1}', "{" + text + "\n}"), x_yaml=STRING)
    assert schemas(sliced(path)) == {"x": STRING}


def test_mapping_alone_is_not_overlooked(write: Write) -> None:
    pet = {"discriminator": {"propertyName": "k", "mapping": {"c": "Cat.yaml"}}}
    path = write(root_yaml=root(pet), Cat_yaml=STRING)
    assert schemas(sliced(path)) == {"Cat": STRING}


def test_large_document_in_one_file_is_taken_as_it_is(write: Write) -> None:
    text = json.dumps({f"S{i}": ref("#/components/schemas/X") for i in range(160_000)})
    assert len(text) > 7_000_000
    whole = Document("big.json", {}, text)
    assert bundling.bundle(whole) is whole


def test_sources_are_not_changed(write: Write) -> None:
    path = write(
        root_yaml=root(
            ref("a.yaml#/A"),
            paths={"/a": ref("p.yaml"), "/b": {"get": operation(ref("a.yaml#/A"))}},
        ),
        p_yaml={"get": operation(ref("a.yaml#/A"))},
        a_yaml={"A": {"properties": {"a": ref("#/A")}}},
    )
    whole = document.read(path)
    before = copy.deepcopy(whole.tree)
    assert bundling.bundle(whole).tree != before
    assert whole.tree == before


# Files that must not or cannot be read


@pytest.mark.parametrize(
    "reference",
    [
        "https://example.com/a.yaml#/A",
        "file:///etc/passwd",
        "//host/a.yaml",
        "%2F/host/a.yaml",
        "c:/x.yaml",
    ],
)
def test_nothing_is_read_over_the_network(write: Write, reference: str) -> None:
    path = write(root_yaml=root(ref(reference)))
    for outside in (False, True):
        problem = refused(path, outside=outside)
        assert "is a URL, and nothing is read over the network" in problem.message
        assert "download it" in problem.hint
        assert (problem.file, problem.line) == (path, line_of(path, "$ref"))


URL = "https://h.test/schemas/v1/"


def test_url_is_read_from_the_folder_that_stands_for_it(write: Write) -> None:
    path = write(
        root_yaml=root(ref(f"{URL}pet.yaml#/components/schemas/Pet")),
        lib__pet_yaml={
            "components": {"schemas": {"Pet": {"properties": {"tag": ref(f"{URL}tag.yaml#/Tag")}}}}
        },
        lib__tag_yaml={"Tag": {"type": "integer"}},
    )
    tree = sliced(path, references={URL: "specs/lib"})
    assert schemas(tree) == {
        "Pet": {"properties": {"tag": ref("#/components/schemas/Tag")}},
        "Tag": {"type": "integer"},
    }
    problem = refused(path, references={"https://h.test/other/": "specs/lib"})
    assert f'references = {{ "{URL}" = "FOLDER/" }}' in problem.hint


def test_longest_beginning_of_a_url_counts(write: Write) -> None:
    path = write(
        root_yaml=root(ref(f"{URL}a.yaml#/A")),
        all__schemas__v1__a_yaml={"A": {"type": "string"}},
        v1__a_yaml={"A": {"type": "integer"}},
    )
    folders = {URL: "specs/v1", "https://h.test/": "specs/all"}
    assert schemas(sliced(path, references=folders)) == {"A": {"type": "integer"}}


def test_folder_of_a_url_may_be_anywhere_and_is_not_left(write: Write, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "a.yaml").write_text("A: {$ref: ../secret.yaml#/A}\n", encoding="utf-8")
    (tmp_path / "secret.yaml").write_text("A: {}\n", encoding="utf-8")
    path = write(root_yaml=root(ref(f"{URL}a.yaml#/A")))
    problem = refused(path, references={URL: "lib"})
    assert "is outside the folder of the document" in problem.message


@pytest.mark.parametrize("key", ["$self", "$id"])
def test_base_of_references_is_what_a_file_says_of_itself(write: Write, key: str) -> None:
    file = {key: f"{URL}pet.yaml", "Pet": {"properties": {"tag": ref("tag.yaml#/Tag")}}}
    tree = {**root(ref("pet.yaml#/Pet"), version="3.2.0"), "$self": f"{URL}root.yaml"}
    path = write(root_yaml=tree, lib__pet_yaml=file, lib__tag_yaml={"Tag": {"type": "integer"}})
    with opening.located(whole := bundled(path, references={URL: "specs/lib"})):
        found = slicing.slice_document(whole.tree, ("*",), dialect=PLAIN).tree
    assert set(schemas(found)) == {"Pet", "Tag"}


def test_operation_in_a_file_of_its_own_is_one_of_the_document(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": {"get": ref("ops/get.yaml"), "post": ref("gone.yaml")}}),
        ops__get_yaml={**operation(ref("x.yaml")), "operationId": "getIt"},
        ops__x_yaml={"type": "integer"},
    )
    tree = sliced(path, ["getIt"])
    assert tree["paths"]["/a"]["get"]["operationId"] == "getIt"
    assert schemas(tree) == {"x": {"type": "integer"}}
    problem = refused(path)
    assert problem.message == "there is no file specs/gone.yaml"
    assert problem.line == line_of(path, "gone.yaml")


def test_operation_that_refers_to_another_is_one_with_its_content(write: Write) -> None:
    path = write(
        root_yaml=root(
            paths={"/a": {"get": ref("#/paths/~1c/get")}, "/c": {"get": ref("b.yaml#/B/get")}}
        ),
        b_yaml={"B": {"get": operation(ref("#/X"))}, "X": {"type": "integer"}},
    )
    tree = sliced(path, ["GET /a"])
    assert reply(tree) == ref("#/components/schemas/X")
    assert set(tree["paths"]) == {"/a"}


@pytest.mark.parametrize(
    "reference", ["../secret.yaml", "x/../../secret.yaml", "%2e%2e/secret.yaml"]
)
def test_files_outside_the_folder_are_refused(write: Write, tmp_path: Path, reference: str) -> None:
    path = write(root_yaml=root(ref(reference)))
    (tmp_path / "secret.yaml").write_text("type: string\n", encoding="utf-8")
    problem = refused(path)
    assert "is outside the folder of the document" in problem.message
    assert "allow_outside" in problem.hint
    assert schemas(sliced(path, outside=True)) == {"secret": STRING}


def test_absolute_paths_are_refused_outside(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("type: string\n", encoding="utf-8")
    path = write(root_yaml=root(ref(f"{tmp_path}/secret.yaml")))
    assert "is outside the folder" in refused(path).message


def test_link_that_leads_outside_is_refused(write: Write, tmp_path: Path) -> None:
    path = write(root_yaml=root(ref("link.yaml")))
    (tmp_path / "secret.yaml").write_text("type: string\n", encoding="utf-8")
    (tmp_path / "specs" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "is outside the folder" in refused(path).message


def test_root_that_is_a_link_finds_what_is_beside_it(write: Write, tmp_path: Path) -> None:
    write(v9__root_yaml=root(ref("x.yaml")), v9__x_yaml={"type": "strin"})
    link = tmp_path / "current.yaml"
    link.symlink_to(tmp_path / "specs" / "v9" / "root.yaml")
    whole = bundled("current.yaml")
    assert schemas(whole.tree) == {"x": {"type": "strin"}}
    assert Path(whole.locate(Diagnostic("m", "#/components/schemas/x/type")).file).is_file()


def test_standard_input_has_no_files_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    text = yaml12.format_yaml(root(ref("x.yaml")))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    problem = refused("-")
    assert "standard input" in problem.message
    assert problem.file == "<stdin>"
    assert "path of the document" in problem.hint


@pytest.mark.parametrize("reference", ["gone.yaml", "gone.yaml#/A", "sub", "-", "a%00b", "x" * 999])
def test_missing_file_is_refused_where_it_is_referred_to(write: Write, reference: str) -> None:
    path = write(root_yaml=root(ref(reference)), sub__x_yaml=STRING)
    problem = refused(path)
    assert "no file" in problem.message
    assert (problem.file, problem.line) == (path, line_of(path, "$ref"))
    assert problem.pointer.endswith("/schema/$ref")


def test_backslash_is_explained(write: Write) -> None:
    assert (
        "folders and files by /"
        in refused(write(root_yaml=root(ref("x\\y.yaml")), x__y_yaml=STRING)).hint
    )


def test_pointer_that_leads_nowhere_is_refused(write: Write) -> None:
    path = write(root_yaml=root(ref("x.yaml#/Persom")), x_yaml={"Person": STRING})
    problem = refused(path)
    assert problem.message == 'there is no "#/Persom" in specs/x.yaml'
    assert problem.hint == 'did you mean "Person"?'
    assert problem.line == line_of(path, "$ref")


def test_anchor_of_another_file_is_a_place(write: Write) -> None:
    file = {"$id": "https://h.test/x", "A": {"Person": {"$anchor": "p", **STRING}}}
    found = schemas(sliced(write(root_yaml=root(ref("x.yaml#p"), version="3.1.0"), x_yaml=file)))
    assert found == {"Person": {"$anchor": "p", **STRING}}


def test_file_that_becomes_a_component_has_no_identifier(write: Write) -> None:
    file = {"$id": "https://h.test/x.yaml", "properties": {"a": ref("#/$defs/A")}}
    path = write(root_yaml=root(ref("x.yaml")), x_yaml={**file, "$defs": {"A": {"type": "object"}}})
    found = schemas(sliced(path))
    assert "$id" not in found["x"]
    assert found["x"]["properties"]["a"] == ref("#/components/schemas/A")


def test_anchor_that_is_not_there_is_refused(write: Write) -> None:
    path = write(root_yaml=root(ref("x.yaml#Person")), x_yaml={"Person": STRING})
    assert "JSON pointer" in refused(path).message


def test_broken_file_is_refused_at_its_own_line_and_once(write: Write) -> None:
    path = write(
        root_yaml=root({"oneOf": [ref("x.yaml#/A"), ref("x.yaml#/B")]}), x_yaml="A: 1\nB: [\n"
    )
    problem = refused(path)
    assert problem.file == "specs/x.yaml"
    assert problem.line is not None
    assert "this is not YAML" in problem.message


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything is readable")
def test_unreadable_file_is_refused(write: Write, tmp_path: Path) -> None:
    path = write(root_yaml=root(ref("x.yaml")), x_yaml=STRING)
    (tmp_path / "specs" / "x.yaml").chmod(0)
    assert "permission" in refused(path).message


def test_reference_in_another_file_is_refused_there(write: Write) -> None:
    path = write(
        root_yaml=root(ref("x/a.yaml#/A")), x__a_yaml={"A": {"properties": {"b": ref("gone.yaml")}}}
    )
    problem = refused(path)
    assert problem.message == "there is no file specs/x/gone.yaml"
    assert (problem.file, problem.line) == ("specs/x/a.yaml", line_of("specs/x/a.yaml", "$ref"))
    assert problem.pointer == "#/A/properties/b/$ref"


def test_dangling_reference_of_another_file_is_not_looked_up_in_the_root(write: Write) -> None:
    path = write(
        root_yaml=root(ref("a.yaml#/A"), schemas={"X": STRING}),
        a_yaml={"A": {"items": ref("#/components/schemas/X"), "type": "array"}},
    )
    problem = refused(path)
    assert problem.message == 'there is no "#/components/schemas/X" in specs/a.yaml'


def test_dangling_reference_into_the_root_can_be_mended(write: Write) -> None:
    item = {"post": {**operation(), "requestBody": ref("root.yaml#/components/requestBodies/X")}}
    path = write(root_yaml=root(paths={"/a": ref("a.yaml")}, schemas={"X": STRING}), a_yaml=item)
    assert schemas(sliced(path)) == {"X": STRING}
    item = {"post": {**operation(), "requestBody": ref("root.yaml#/components/requestBodies/Y")}}
    with pytest.raises(SpecError) as caught:
        sliced(write(a_yaml=item))
    assert caught.value.diagnostics[0].file == "specs/a.yaml"


@pytest.mark.parametrize("reference", ["#/components/schemas/X", "root.yaml#/components/schemas/X"])
def test_dangling_reference_does_not_take_what_another_file_has(
    write: Write, reference: str
) -> None:
    path = write(
        root_yaml=root({"oneOf": [ref(reference), ref("a.yaml#/X")]}), a_yaml={"X": STRING}
    )
    problem = refused(path)
    assert problem.message == ('there is no "#/components/schemas/X" in specs/root.yaml')
    assert problem.hint == "did you mean specs/a.yaml#/X?"
    assert problem.line == line_of(path, "$ref")


def test_too_many_files_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundling_files, "MOST_FILES", 2)
    path = write(
        root_yaml=root(ref("a.yaml")),
        a_yaml={"items": ref("b.yaml")},
        b_yaml={"items": ref("c.yaml")},
        c_yaml=STRING,
    )
    problem = refused(path)
    assert "more than 2 other files" in problem.message
    assert (problem.file, problem.line) == ("specs/b.yaml", 2)


def test_long_chain_of_files_is_followed(write: Write) -> None:
    names = {f"f{i}_yaml": {"properties": {"n": ref(f"f{i + 1}.yaml")}} for i in range(600)}
    path = write(root_yaml=root(ref("f0.yaml")), f600_yaml=STRING, **names)
    assert len(schemas(bundled(path).tree)) == 601


def test_long_chain_of_path_items_is_refused(write: Write) -> None:
    names = {f"f{i}_yaml": ref(f"f{i + 1}.yaml") for i in range(600)}
    path = write(
        root_yaml=root(paths={"/a": ref("f0.yaml")}), f600_yaml={"get": operation()}, **names
    )
    assert "too many parts" in refused(path, ["GET /a"]).message


# What is not reached cannot hurt, and is not read


def test_what_no_selected_operation_reaches_is_not_read(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = {
        "/a": {"get": operation(ref("a.yaml")), "put": operation(ref("b.yaml#/B"))},
        "/b": {"get": operation(ref("https://example.com/x.yaml"))},
        "/c": ref("gone.yaml"),
    }
    path = write(root_yaml=root(paths=paths), a_yaml=STRING, b_yaml="a: [")
    read: list[str] = []
    original = document.read

    def spy(path: str, *, name: str = "") -> Document:
        read.append(name or path)
        return original(path, name=name)

    monkeypatch.setattr(document, "read", spy)
    assert schemas(sliced(path, ["GET /a"])) == {"a": STRING}
    assert read == ["specs/root.yaml", "specs/a.yaml"]


def test_all_that_is_broken_waits_for_who_reaches_it(write: Write) -> None:
    paths = {
        "/a": {"get": operation()},
        "/b": {"get": operation(ref("gone.yaml"))},
        "/c": ref("https://example.com/x.yaml"),
    }
    path = write(root_yaml=root(paths=paths, schemas={"X": ref("gone.yaml")}))
    whole = bundling.bundle(document.read(path))
    assert slicing.slice_document(whole.tree, ["/a"], dialect=PLAIN)
    assert len(slicing.operations(whole.tree)) == 2
    assert "there is no file" in refused(path, ["/b"]).message
    problem = refused(path, ["/c"])
    assert "over the network" in problem.message
    assert problem.pointer == "#/paths/~1c/$ref"


def test_pattern_that_matches_nothing_is_refused_with_its_place(write: Write) -> None:
    path = write(root_yaml=root(ref("x.yaml")), x_yaml=STRING)
    with pytest.raises(SpecError, match="no operation matches") as caught:
        bundled(path, ["/zzz"])
    assert caught.value.diagnostics[0].file == path


# Where things are


def test_places_are_those_of_the_files(write: Write) -> None:
    path = write(
        root_yaml=root(paths={"/a": ref("p.yaml#/item", summary="s"), "/b": {"get": operation()}}),
        p_yaml={"item": {"get": operation(ref("sub/d.yaml#/X"))}},
        sub__d_yaml={"W": STRING, "X": {"properties": {"one": STRING, "two": STRING}}},
    )
    whole = bundled(path)

    def place(pointer: str) -> tuple[str, str, int | None]:
        found = whole.locate(Diagnostic("m", pointer))
        return found.file, found.pointer, found.line

    below = "#/components/schemas/X/properties/two"
    assert place(below) == ("specs/sub/d.yaml", "#/X/properties/two", 7)
    assert place("#/paths/~1a/get") == ("specs/p.yaml", "#/item/get", 2)
    assert place("#/paths/~1a/summary")[0] == path
    assert place("#/paths/~1b/get")[:2] == (path, "#/paths/~1b/get")
    assert place("#/info") == (path, "#/info", line_of(path, "info"))
    assert place("")[0] == path


def test_files_are_called_as_the_user_would(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root_yaml=root(ref("x/y.yaml")), x__y_yaml=STRING)
    pointer = "#/components/schemas/y"

    def name(path: str) -> str:
        return bundled(path).locate(Diagnostic("m", pointer)).file

    assert name("./specs/root.yaml") == "specs/x/y.yaml"
    assert name(f"{tmp_path}/specs/root.yaml") == f"{tmp_path}/specs/x/y.yaml"
    monkeypatch.chdir(tmp_path / "specs")
    assert name("root.yaml") == "x/y.yaml"
    monkeypatch.chdir(tmp_path / "specs" / "x")
    assert name("../root.yaml") == "../x/y.yaml"


# Swagger 2.0, and real documents


def test_swagger_is_joined_in_its_own_terms(write: Write) -> None:
    response = {"description": "d", "schema": ref("defs.yaml#/definitions/X")}
    body = {"in": "body", "name": "b", "schema": ref("defs.yaml#/definitions/X")}
    path = write(
        root_yaml={
            "swagger": "2.0",
            "paths": {
                "/a": {
                    "get": {
                        "parameters": [body, ref("defs.yaml#/parameters/p")],
                        "responses": {"200": response, "404": ref("defs.yaml#/responses/r")},
                    }
                }
            },
        },
        defs_yaml={
            "definitions": {
                "X": {"type": "object", "discriminator": "kind"},
                "Heir": {"allOf": [ref("#/definitions/X")]},
            },
            "parameters": {"p": {"in": "query", "name": "p", "type": "string"}},
            "responses": {"r": {"description": "d", "schema": ref("#/definitions/X")}},
        },
    )
    tree = bundled(path).tree
    get = tree["paths"]["/a"]["get"]
    assert get["parameters"][0]["schema"] == ref("#/definitions/X")
    assert get["parameters"][1] == ref("#/parameters/p")
    assert get["responses"]["404"] == ref("#/responses/r")
    assert tree["responses"]["r"]["schema"] == ref("#/definitions/X")
    assert list(tree["definitions"]) == ["X", "Heir"]
    assert tree["parameters"]["p"]["name"] == "p"


def test_document_in_three_files_slices_completely(shared: Path) -> None:
    path = str(shared / "specs" / "vcf-9.1" / "realtime-metrics-openapi.yaml")
    whole = bundled(path)
    part = slicing.slice_document(whole.tree, ["*"], dialect=PLAIN)
    validate(part.tree)
    assert len(part.operations) == 4
    names = part.tree["components"]
    assert len(names["parameters"]) == 11
    assert set(names["schemas"]) == {
        *("PrometheusResponse", "VcMetricsConfigRequestBody", "StatusEnum", "PageInfo"),
        "EsxTopHostMoidOperation",
    }
    place = whole.locate(Diagnostic("m", "#/components/schemas/PageInfo"))
    assert place.file.endswith("realtime-metrics-openapi-defs.yaml")
    assert place.line == line_of(place.file, "PageInfo:")


def relocated(node: Any, names: Mapping[str, str], back: str) -> Any:
    """Return a node as it is in a file of its own; the names are those of the schemas' files."""
    if isinstance(node, list):
        return [relocated(item, names, back) for item in node]
    if isinstance(node, dict):
        return {key: relocated(value, names, back) for key, value in node.items()}
    if isinstance(node, str) and node.startswith("#/components/"):
        return names.get(node, f"{back}root.json{node}")
    return node


@pytest.mark.parametrize("name", ["vcf-9.1/fleet-lcm-openapi.yaml", "vsphere-7.0.3/content.json"])
def test_document_in_hundreds_of_files_slices_as_in_one(
    shared: Path, tmp_path: Path, name: str
) -> None:
    tree = document.read(str(shared / "specs" / name)).tree
    found = tree["components"]["schemas"]
    names = {f"#/components/schemas/{name}": f"../schemas/{name}.json" for name in found}
    files = {f"schemas/{name}.json": relocated(node, names, "../") for name, node in found.items()}
    paths = {path: f"paths/{index}.json" for index, path in enumerate(tree["paths"])}
    files |= {paths[path]: relocated(node, names, "../") for path, node in tree["paths"].items()}
    listed = {name: ref(f"schemas/{name}.json") for name in found}
    components = {**tree["components"], "schemas": listed}
    files["root.json"] = {**tree, "components": components} | {
        "paths": {path: ref(file) for path, file in paths.items()}
    }
    for file, content in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(json.dumps(content), encoding="utf-8")
    vendor = dialect.get(dialect.detect(tree))
    joined = bundled(str(tmp_path / "root.json"))
    whole = slicing.slice_document(tree, ["*"], dialect=vendor)
    part = slicing.slice_document(joined.tree, ["*"], dialect=vendor)
    assert part.tree == whole.tree
    assert list(part.tree["components"]["schemas"]) == list(whole.tree["components"]["schemas"])


def test_documents_in_one_file_are_left_alone(shared: Path) -> None:
    for name in ("vsphere-7.0.3/content.json", "vsphere-7.0.3-swagger2/session.json"):
        whole = document.read(str(shared / "specs" / name))
        assert bundling.bundle(whole) is whole


def test_path_whose_file_is_missing_is_left_out_of_what_goes_on(write: Write) -> None:
    tree = root(STRING)
    path = write(root_yaml={**tree, "paths": {**tree["paths"], "/gone": ref("gone.yaml")}})
    assert refused(path).message == "there is no file specs/gone.yaml"
    whole = open_document(path)
    found = slicing.slice_document(whole.tree, ("*",), dialect=PLAIN, without={"/gone"})
    assert "/gone" not in found.tree["paths"]
