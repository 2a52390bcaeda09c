"""Documents that nobody wrote: whatever they hold, a package comes of it, or a reason why not.

A package must import, and the decoder must accept every type in it; a refusal names a place. That
the packages pass the type checkers is shown for many of them at once, with `-m slow`.
"""

from __future__ import annotations

import importlib
import itertools
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import importable
from vcgen.cli import main

NAMES = ("Alpha", "beta.Gamma", "Delta_e", "Kind", "File", "Status")
PROPERTIES = (
    *("id", "name", "kind", "class", "fooBar", "foo bar", "list", "date", "$type", "x-y"),
    "additionalProperties",
)
SCALARS: tuple[dict[str, Any], ...] = (
    {"type": "string"},
    {"type": "integer"},
    {"type": "number"},
    {"type": "boolean"},
    {"type": "null"},
    *(
        {"type": "string", "format": name}
        for name in ("date-time", "date", "time", "duration", "uuid", "byte", "binary", "decimal")
    ),
    {"type": "string", "enum": ["a", "b-c", "b_c", ""]},
    {"type": "integer", "enum": [1, -1]},
    {"enum": ["x", 1, None]},
    {"const": "only"},
    {"const": 3},
    {"type": ["string", "null"]},
    {"type": ["string", "integer", "array"], "items": {"type": "string"}},
    {"type": "string", "contentEncoding": "base64"},
    {"type": "string", "contentMediaType": "image/png"},
    {"type": "object"},
    {"type": "array"},
    {"required": ["id"]},
    {},
)

Schema = dict[str, Any]
references = st.sampled_from(NAMES).map(lambda name: {"$ref": f"#/components/schemas/{name}"})


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties}


def _described(schema: Schema | bool) -> Schema | bool:
    more = {"readOnly": True, "description": 'A """ \\ b.'}
    return schema if isinstance(schema, bool) else {**schema, **more}


def _objects(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    """Schemas that are made of others."""
    some = st.lists(inner, min_size=1, max_size=3)
    bases = st.lists(references, min_size=1, max_size=2)
    fields = st.dictionaries(st.sampled_from(PROPERTIES), inner, max_size=3)
    required = st.lists(st.sampled_from(PROPERTIES), max_size=2, unique=True)
    plain = st.builds(
        lambda properties, wanted, extra: {
            "type": "object",
            "properties": properties,
            "required": wanted,
            **extra,
        },
        fields,
        required,
        st.one_of(
            st.just({}),
            st.just({"additionalProperties": False}),
            st.builds(lambda schema: {"additionalProperties": schema}, inner),
            st.just({"discriminator": {"propertyName": "kind"}}),
            st.builds(lambda parts: {"allOf": parts}, bases),
            st.builds(lambda parts: {"oneOf": parts}, bases),
        ),
    )
    return st.one_of(
        plain,
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(lambda values: {"type": "object", "additionalProperties": values}, inner),
        st.builds(lambda parts: {"allOf": parts}, some),
        st.builds(lambda parts: {"anyOf": parts}, some),
        st.builds(
            lambda parts, tagged: {
                "oneOf": parts,
                **({"discriminator": {"propertyName": "kind"}} if tagged else {}),
            },
            st.lists(references, min_size=1, max_size=3),
            st.booleans(),
        ),
        st.builds(_described, inner),
    )


leaves = st.one_of(st.sampled_from((*SCALARS, True, False)), references)
schemas = st.recursive(leaves, _objects, max_leaves=8)
# Most schemas that have a name are of objects, and may be bases.
named = st.one_of(
    *[st.builds(_object, st.dictionaries(st.sampled_from(PROPERTIES), leaves, max_size=3))] * 3,
    schemas,
)
STYLES = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
parameters = st.sampled_from([*STYLES]).flatmap(
    lambda place: st.builds(
        lambda name, schema, style, more, required: {
            "name": "id" if place == "path" else name,
            "in": place,
            "required": place == "path" or required,
            **(
                {"content": {"application/json": {"schema": schema}}}
                if more is None
                else {"schema": schema, "style": style, **more}
            ),
        },
        st.sampled_from(("q", "date", "list", "in", "X-Y")),
        schemas,
        st.sampled_from(STYLES[place]),
        st.sampled_from(({}, {"explode": True}, {"explode": False}, None)),
        st.booleans(),
    )
)
contents = st.builds(
    lambda kind, schema, encoding: {kind: {"schema": schema, **encoding}},
    st.sampled_from(
        (
            *("application/json", "application/x+json", "multipart/form-data", "text/plain"),
            *("application/x-www-form-urlencoded", "application/octet-stream", "image/*", "*/*"),
        )
    ),
    schemas,
    st.sampled_from(({}, {"encoding": {"id": {"style": "deepObject", "contentType": "text/x"}}})),
)
responses = st.dictionaries(
    st.sampled_from(("200", "201", "204", "2XX", "302", "400", "404", "5XX", "default")),
    st.builds(lambda content: {"description": "Some.", "content": content}, contents),
    max_size=3,
)
operations = st.builds(
    lambda name, given, body, replies: {
        "operationId": name,
        "tags": ["Thing"],
        # The variable of the path always has a parameter, and no other is at its place.
        "parameters": [*{(one["name"], one["in"]): one for one in given}.values()],
        **({"requestBody": {"content": body}} if body else {}),
        "responses": replies or {"204": {"description": "None."}},
    },
    st.sampled_from(("get", "list", "date", "class", "str")),
    st.lists(parameters, max_size=3),
    st.one_of(st.none(), contents),
    responses,
)


def _document(found: list[Schema], names: Mapping[str, Schema]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for index, operation in enumerate(found):
        has_variable = any(one["in"] == "path" for one in operation["parameters"])
        paths[f"/p{index}" + ("/{id}" if has_variable else "")] = {"put": operation}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Fuzz API", "version": "1"},
        "paths": paths,
        "components": {"schemas": dict(names)},
    }


documents = st.builds(
    _document,
    st.lists(operations, min_size=1, max_size=2, unique_by=lambda one: one["operationId"]),
    st.fixed_dictionaries(dict.fromkeys(NAMES, named)),
)

_count = itertools.count()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with importable(tmp_path_factory.mktemp("fuzz")) as folder:
        yield folder


def _generate(
    document: object, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[str, str]:
    """Return the name of the package, or "" and why there is none."""
    name = f"fuzzed_{next(_count)}"
    spec = workspace / f"{name}.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    capsys.readouterr()
    with pytest.raises(SystemExit) as exit_:
        main(["generate", "--spec", str(spec), "--output", str(workspace / name)])
    said = capsys.readouterr().err
    assert exit_.value.code in (0, 3), said
    return ("" if exit_.value.code else name), said


def _is_explained(said: str) -> bool:
    more = ("hint: ", "operations: ")
    lines = [line for line in said.splitlines() if not line.startswith(more)]
    return bool(lines) and all("#/" in line for line in lines)


def _has_types_that_decode(name: str) -> None:
    package = importlib.import_module(name)
    models = importlib.import_module(f"{name}.models")
    operations = importlib.import_module(f"{name}.operations")
    hook: Callable[..., Any] | None = vars(models).get("decode_hook")
    for public in package.__all__:
        made = getattr(package, public)
        if made in vars(models).values():
            msgspec.json.Decoder(made, dec_hook=hook)
    for function in [one for key, one in vars(operations).items() if key.startswith("thing__")]:
        for answer in _call(function).returns.values():
            if hasattr(answer, "type"):
                msgspec.json.Decoder(answer.type, dec_hook=hook)


def _call(function: Callable[..., Any]) -> Any:
    """Make a call with arguments that are of no type in particular."""
    import inspect

    wanted = inspect.signature(function).parameters.values()
    required = [one.name for one in wanted if one.default is one.empty]
    return function(**dict.fromkeys(required, "text"))


def _check(document: object, workspace: Path, capsys: pytest.CaptureFixture[str]) -> str:
    name, said = _generate(document, workspace, capsys)
    if name:
        _has_types_that_decode(name)
    else:
        assert _is_explained(said), said
    return name


_FUZZ = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[*HealthCheck],
)


@settings(_FUZZ, max_examples=150)
@given(document=documents)
def test_a_document_becomes_a_package_or_a_reason(
    document: object,
    workspace: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _check(document, workspace, capsys)


@pytest.mark.slow
def test_packages_of_documents_pass_the_type_checkers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))

    @settings(_FUZZ, max_examples=60)
    @given(document=documents)
    def collect(document: object) -> None:
        _check(document, tmp_path, capsys)

    collect()
    for checker in (["mypy", "--strict", "."], ["pyright", "--pythonpath", sys.executable]):
        (tmp_path / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', "utf-8")
        done = subprocess.run(
            [sys.executable, "-m", *checker], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
