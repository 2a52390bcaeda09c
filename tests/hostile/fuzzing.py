"""Hostile documents without end: `make fuzz`, and what the tests of the walk share with it.

Each document is a good one with payloads in its texts and odd values in its places. Every command
must end with a known exit code and a word, and what a package executes when it is imported must be
what that of the good document executes.

    python tests/hostile/fuzzing.py --seconds 60 --seed 1
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import io
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vcgen.cli import main
from vcgen.writing.taking import RUNTIME

MARK = "injected_7f3"
PAYLOADS = (
    f'"""\nimport {MARK}\n{MARK}()\n"""',
    f"'''\n{MARK}()\n'''",
    f'\\"""\n{MARK}()\n#',
    f"\\\n{MARK}()",
    f'")\n{MARK}()\n("',
    f"'); {MARK}(); ('",
    f"\r{MARK}()\r",
    f"\x0c{MARK}()\x0c",
    f"\u2028{MARK}()\u2029",
    f"\x85{MARK}()",
    f"{{{{ {MARK}() }}}}{{% for x in y %}}",
    f"{{{MARK}.__class__.__mro__}}",
    f"%({MARK})s$(touch {MARK})`{MARK}`",
    f"\n::error file={MARK}::forged\n",
    f"\x1b]0;{MARK}\x07\x1b[31m",
    f"../../{MARK}",
    f"/{MARK}",
    f"..\\..\\{MARK}",
    f"# {MARK}\n{MARK}()",
    f"\u202e{MARK}()\u202c",
    "\U000e0001",
    "x" * 5_000,
    "",
    " ",
    "__import__('os')",
    "class",
    "self",
    "__init__",
    "None",
    "\ufeff",
)
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**30, "", [], {}, [None], {"": None}, {"$ref": "#"}),
    *({"$ref": "#/components/schemas/Thing"}, {"$ref": 1}, [[[]]], {"type": "string"}),
)
EXIT_CODES = frozenset({0, 1, 2, 3, 4})

_THING = {
    "type": "object",
    "title": "A thing",
    "description": "What it is.",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "description": "Its key.", "default": "a", "pattern": "^a"},
        "kind": {"type": "string", "enum": ["A", "B"], "x-enum-descriptions": {"A": "First."}},
        "next": {"$ref": "#/components/schemas/Thing"},
        "at": {"type": "string", "format": "date-time", "deprecated": True},
        "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
    },
    "additionalProperties": {"type": "string"},
}
_PART = {
    "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
    "discriminator": {"propertyName": "sort", "mapping": {"c": "#/components/schemas/Cat"}},
}
_CAT = {"type": "object", "properties": {"sort": {"type": "string"}, "meow": {"type": "integer"}}}
_DOG = {"allOf": [{"$ref": "#/components/schemas/Cat"}, {"properties": {"bark": {}}}]}
_BODY = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
_PROBLEM = {"type": "object", "properties": {"message": {"type": "string"}}}


def openapi(version: str) -> dict[str, Any]:
    """Return a good document with something in most places."""
    operation = {
        "tags": ["things"],
        "summary": "Get a thing.",
        "description": "All of it.",
        "operationId": "get_thing",
        "parameters": [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
            {"name": "q", "in": "query", "description": "A filter.", "schema": {"type": "array"}},
            {"name": "X-Trace", "in": "header", "schema": {"type": "string", "enum": ["a"]}},
            {"name": "ck", "in": "cookie", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {"description": "It.", "content": _BODY},
            "404": {
                "description": "It is not there.",
                "content": {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                },
            },
        },
        "security": [{"key": []}, {"token": []}],
    }
    put = {
        "tags": ["things"],
        "operationId": "put_thing",
        "parameters": operation["parameters"][:1],
        "requestBody": {"description": "A thing.", "required": True, "content": _BODY},
        "responses": {"204": {"description": "Done."}},
    }
    return {
        "openapi": version,
        "info": {"title": "Things", "version": "1", "description": "An API."},
        "servers": [
            {
                "url": "https://{region}.h.test/{base}",
                "variables": {
                    "region": {"default": "eu", "enum": ["eu", "us"], "description": "Where."},
                    "base": {"default": "v1"},
                },
            }
        ],
        "tags": [{"name": "things", "description": "Things."}],
        "paths": {"/things/{id}": {"get": operation, "put": put}},
        "components": {
            "schemas": {
                "Thing": _THING,
                "Part": _PART,
                "Cat": _CAT,
                "Dog": _DOG,
                "Problem": _PROBLEM,
            },
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def swagger() -> dict[str, Any]:
    """Return the like in Swagger 2.0."""
    thing = json.loads(json.dumps(_THING).replace("#/components/schemas/", "#/definitions/"))
    thing["properties"]["parts"] = {"type": "array", "items": {"type": "string"}}
    reply = {"description": "It.", "schema": {"$ref": "#/definitions/Thing"}}
    body = {"name": "thing", "in": "body", "description": "A thing.", "schema": reply["schema"]}
    key = {"name": "id", "in": "path", "required": True, "type": "string"}
    common = {"tags": ["things"], "summary": "Get.", "description": "All of it."}
    return {
        "swagger": "2.0",
        "info": {"title": "Things", "version": "1", "description": "An API."},
        "host": "h.test",
        "basePath": "/v1",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": {
            "/things/{id}": {
                "get": {
                    **common,
                    "operationId": "get_thing",
                    "parameters": [key, {"name": "q", "in": "query", "type": "string"}],
                    "responses": {"200": reply},
                },
                "put": {
                    **common,
                    "operationId": "put_thing",
                    "parameters": [key, body],
                    "responses": {"204": {"description": "Done."}},
                },
            }
        },
        "definitions": {"Thing": thing},
        "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        "security": [{"key": []}],
    }


GOOD: dict[str, dict[str, Any]] = {
    "3.0": openapi("3.0.3"),
    "3.1": openapi("3.1.1"),
    "3.2": openapi("3.2.0"),
    "2.0": swagger(),
}

Place = tuple[str | int, ...]


def places(node: Any, at: Place = ()) -> Iterator[Place]:
    """Yield each place of a document."""
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node) if isinstance(node, list) else ()
    )
    for key, value in items:
        yield (*at, key)
        yield from places(value, (*at, key))


def replaced(document: dict[str, Any], place: Place, value: Any, *, is_key: bool) -> dict[str, Any]:
    """Return a document with another value, or another key, in one place."""
    found = copy.deepcopy(document)
    node: Any = found
    for key in place[:-1]:
        node = node[key]
    if not is_key:
        node[place[-1]] = value
    elif isinstance(node, dict):
        items = [(value if key == place[-1] else key, one) for key, one in node.items()]
        node.clear()
        node.update(items)
    return found


def run(*arguments: str) -> tuple[int, str, str]:
    """Run vcgen in this process, and return the exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as error:
            return int(error.code or 0), out.getvalue(), err.getvalue()
    raise AssertionError("it did not exit")


def executed(text: str) -> set[str]:
    """Return what a module does when it is imported: its imports, calls and bare expressions."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add(f"import {(node.module or '').partition('.')[0]}")
        elif isinstance(node, ast.Import):
            found.update(f"import {one.name.partition('.')[0]}" for one in node.names)
        elif isinstance(node, ast.Call):
            found.add(f"call {ast.unparse(node.func)}")
        elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            found.add(f"expression {ast.unparse(node)}")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            # Annotations are not evaluated, bodies not run; defaults and decorators are.
            waiting += [one for one in (*node.args.defaults, *node.args.kw_defaults) if one]
            waiting += getattr(node, "decorator_list", [])
        else:
            waiting += ast.iter_child_nodes(node)
    return found


def problems_of(document: object, folder: Path, known: set[str] | None) -> Iterator[str]:
    """Yield what is wrong with how vcgen takes a document.

    Args:
        document: The document.
        folder: A folder of its own.
        known: What packages may do when they are imported, or None where that is to be learnt.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    spec, output = folder / "spec.json", folder / "client_of_it"
    spec.write_text(json.dumps(document), encoding="utf-8")
    commands = (
        ("generate", "--spec", str(spec), "-O", "*", "--output", str(output)),
        ("list", str(spec)),
    )
    for command in commands:
        code, out, err = run(*command)
        if code not in EXIT_CODES:
            yield f"{command[0]} exits with {code}: {err[:500]}"
        elif code and not err.strip():
            yield f"{command[0]} exits with {code} without a word"
        if "\x1b" in out + err or any(line.startswith("::") for line in (out + err).splitlines()):
            yield f"{command[0]} prints what a terminal or a workflow obeys"
    for path in sorted(output.rglob("*.py")):
        done = executed(path.read_text(encoding="utf-8"))
        if known is None or done <= known:
            continue
        strange = {one for one in done - known if MARK in one or not one.startswith("call ")}
        if strange:
            yield f"{path.name} executes {sorted(strange)}"
    inside = {spec, output, *output.rglob("*")}
    if outside := [path for path in folder.rglob("*") if path not in inside]:
        yield f"wrote {outside}"
    if [path for path in folder.parent.iterdir() if MARK in path.name]:
        yield "wrote outside of its folder"


def known_to_be_executed(folder: Path) -> set[str]:
    """Return what the packages of the good documents do when they are imported.

    A package imports what it needs of the run-time: all of that is known.
    """
    texts = (path.read_text(encoding="utf-8") for path in RUNTIME.rglob("*.py"))
    done = (one for text in texts for one in executed(text))
    found = {one for one in done if one.startswith("import ")}
    for document in GOOD.values():
        assert list(problems_of(document, folder / "good", None)) == []
        for path in (folder / "good" / "client_of_it").rglob("*.py"):
            found |= executed(path.read_text(encoding="utf-8"))
    return found


def mutated(chance: random.Random) -> dict[str, Any]:
    """Return a good document with one to four things changed."""
    document = copy.deepcopy(chance.choice(list(GOOD.values())))
    for _ in range(chance.randint(1, 4)):
        place = chance.choice(list(places(document)))
        is_text = chance.random() < 0.6
        value = chance.choice(PAYLOADS if is_text else ODD)
        document = replaced(
            document, place, copy.deepcopy(value), is_key=is_text and chance.random() < 0.5
        )
    return document


def fuzz(seconds: float, seed: int, seeds: Path) -> int:
    """Try documents until the time is over; keep those that fail, and return how many did."""
    chance, ends = random.Random(seed), time.monotonic() + seconds
    failures: Counter[str] = Counter()
    tried = 0
    with tempfile.TemporaryDirectory() as name:
        known = known_to_be_executed(Path(name))
        while time.monotonic() < ends:
            document = mutated(chance)
            tried += 1
            for problem in problems_of(document, Path(name) / "one", known):
                failures[problem[:100]] += 1
                if failures[problem[:100]] == 1:
                    seeds.mkdir(exist_ok=True)
                    text = json.dumps(document, indent=1)
                    (seeds / f"{seed}-{tried}.json").write_text(text, encoding="utf-8")
                    print(f"document {tried}: {problem}", flush=True)
    print(f"seed {seed}: {tried} documents, {sum(failures.values())} failures")
    return sum(failures.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    sys.exit(bool(fuzz(given.seconds, given.seed, Path(__file__).parent / "seeds")))
