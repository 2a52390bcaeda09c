"""Rendering: the filters through which text of a document may leave a template."""

from __future__ import annotations

import ast
import importlib.util
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import black
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vcgen import ir
from vcgen.building import Options, build
from vcgen.building.openapi import load
from vcgen.errors import SpecError
from vcgen.writing.definitions import Import
from vcgen.writing.formatting import formatted
from vcgen.writing.imports import import_groups
from vcgen.writing.imports import in_order as names
from vcgen.writing.rendering import (
    TEMPLATES,
    docstring,
    exploded,
    exports,
    render,
    type_alias,
    unsplit,
    unsplit_field,
)

WIDTH = 88


def _read(literal: str) -> str:
    value = ast.literal_eval(literal)
    assert isinstance(value, str)
    return value


# Docstrings


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""""""'),
        ("One.", '"""One."""'),
        ("\nOne. \n", '"""One."""'),
        ("One.\n\nTwo.", '"""One.\n\n    Two.\n    """'),
        ('Say "no".', '"""Say "no"."""'),
        ('Say "no"', '"""Say "no\\""""'),
        ('Say "no" \n', '"""Say "no\\""""'),
        ('Say """no"""!', '"""Say \\"\\"\\"no\\"\\"\\"!"""'),
        ("C:\\new", '"""C:\\\\new"""'),
        ("ends in \\", '"""ends in \\\\"""'),
        ("a\tb\rc\x00d\x7f", '"""a\\\\tb\\\\rc\\\\x00d\\\\x7f"""'),
        ("turn \u202e back", '"""turn \\\\u202e back"""'),
        ("Köln, 東京", '"""Köln, 東京"""'),
        ("{{ 7 * 7 }} {x!r} %s", '"""{{ 7 * 7 }} {x!r} %s"""'),
    ],
)
def test_text_becomes_a_docstring_and_never_code(text: str, literal: str) -> None:
    assert docstring(text, 4) == literal


WORDS_80 = "three columns go to the quotes before the text, and three to those which end it;"


def test_one_line_holds_what_fits_between_its_quotes() -> None:
    assert len(WORDS_80) == 80
    assert docstring(f"{WORDS_80} x", 0) == f'"""{WORDS_80} x"""'
    assert docstring(f"{WORDS_80} xy", 0) == f'"""{WORDS_80}\nxy\n"""'
    assert docstring(f"{WORDS_80}-{WORDS_80}".replace(" ", "-"), 0).count("\n") == 0


def test_lines_of_items_and_of_entries_hang_below_their_first() -> None:
    text = f"Args:\n    name: {WORDS_80}\n- {WORDS_80} and more\nLast."
    assert docstring(text, 4).splitlines() == [
        '"""Args:',
        "        name: three columns go to the quotes before the text, and three to those which",
        "            end it;",
        "    - three columns go to the quotes before the text, and three to those which end it;",
        "      and more",
        "    Last.",
        '    """',
    ]


LINES = st.lists(
    st.one_of(
        st.text(alphabet=st.characters(exclude_characters="\n"), max_size=30),
        st.lists(
            st.sampled_from(
                ['"', '""', '"""', "\\", "'", "word", "a-hyphened-word", "- ", "\\n", "    ", " "]
            )
        ).map("".join),
        st.lists(st.text(alphabet="abc-\\\"'{}é", min_size=1, max_size=20), max_size=30).map(
            " ".join
        ),
        st.text(alphabet='word\\" ', min_size=60, max_size=200),
    ),
    max_size=4,
).map("\n".join)
INDENTS = st.integers(min_value=0, max_value=60)


def _shown(text: str) -> str:
    """Return text with its control characters spelt out, as a reader of the source sees them."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


@given(LINES, INDENTS)
@example('quoted "word"\n', 4)
@example('quoted "word" ', 4)
@example('"', 0)
@example("\\", 0)
def test_the_text_survives_apart_from_white_space(text: str, indent: int) -> None:
    assert _read(docstring(text, indent)).split() == _shown(text).split()


@given(LINES, INDENTS)
def test_a_docstring_is_printable_and_ends_no_line_with_a_space(text: str, indent: int) -> None:
    for line in docstring(text, indent).split("\n"):
        assert line.isprintable()
        assert line == line.rstrip() or line.strip().startswith('"""')


@given(LINES, INDENTS)
def test_lines_fit_where_their_words_do(text: str, indent: int) -> None:
    first, *others = docstring(text, indent).split("\n")
    for line in (" " * indent + first, *others):
        # A word that is longer than the line stands there alone, behind what begins a line.
        words = line.strip().removeprefix('"""').removesuffix('"""').removeprefix("- ").split()
        assert len(line) <= WIDTH or len(words) <= 1


@given(LINES, INDENTS)
def test_lines_stand_where_they_are_told_to(text: str, indent: int) -> None:
    _, *others = docstring(text, indent).split("\n")
    assert all(not line or line.startswith(" " * indent) for line in others)
    assert not others or others[-1].endswith('"""')


@given(LINES, INDENTS)
def test_a_docstring_of_its_own_text_is_the_same(text: str, indent: int) -> None:
    once = docstring(_shown(text).replace("\n", " "), indent)
    assert docstring(" ".join(_read(once).split()), indent) == docstring(
        " ".join(_shown(text).split()), indent
    )


@given(LINES)
def test_a_docstring_inside_a_class_says_the_same_once_formatted(text: str) -> None:
    source = f"class A:\n    {docstring(text, 4)}\n\n    a: int\n    {docstring(text, 4)}\n"
    written = formatted(source)
    assert formatted(written) == written
    (class_,) = ast.parse(written).body
    assert isinstance(class_, ast.ClassDef)
    assert (ast.get_docstring(class_) or "").split() == _shown(text).split()


# Orders of names

SAMPLES = [
    ["ResourceInaccessible", "ResourceInUse", "ResourceBusy"],
    ["KINDS", "ApiError", "T", "locate", "Call", "api_key", "URL", "basic"],
    ["GuestIpv4", "GuestIpv6Address", "GuestIpv6", "GuestIPSettings", "GuestIpv4Type"],
    ["V10", "V9", "V9a", "V1", "V"],
    ["Ab", "aB", "AB", "ab", "A", "a", "a1", "A1"],
    ["x10y2", "x2y10", "x10y10", "x2", "X"],
    ["Info_", "Info", "info_", "INFO", "InfoList"],
    ["A0b7c", "A09a3", "A1fac", "A03c4", "A0", "A00", "A3", "A30"],
]


def _lists() -> list[list[str]]:
    """Return lists of names, the same ones in every run."""
    chance = random.Random("names")
    letters = "aAbBzZsS"

    def name() -> str:
        length = chance.randrange(8)
        return chance.choice(letters) + "".join(
            chance.choice(letters + "_0129") for _ in range(length)
        )

    return SAMPLES + [[name() for _ in range(chance.randrange(2, 12))] for _ in range(300)]


def test_names_stand_in_the_order_of_import_sorters_and_linters(tmp_path: Path) -> None:
    for number, nodes in enumerate(_lists()):
        imported = "".join(f"    {name},\n" for name in names(nodes))
        exported = "".join(f"    {name!r},\n" for name in exports(nodes))
        text = f"from module import (\n{imported})\n\n__all__ = [\n{exported}]\n"
        (tmp_path / f"case_{number}.py").write_text(text, encoding="utf-8")
    command = ["-m", "ruff", "check", "--isolated", "--no-cache", "--preview", "--diff"]
    done = subprocess.run(
        [sys.executable, *command, "--select", "I001,RUF022", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_stand_in_the_order_of_import_sorters(tmp_path: Path) -> None:
    for number, nodes in enumerate(_lists()):
        modules = {name.lower() for name in nodes}
        groups = import_groups(Import(".", name, f"_{name}") for name in modules)
        used = "".join(f"print(_{name})\n" for name in sorted(modules))
        text = "\n\n".join([*groups, used])
        (tmp_path / f"case_{number}.py").write_text(text, encoding="utf-8")
    command = ["-m", "ruff", "check", "--isolated", "--no-cache", "--diff", "--select", "I001"]
    done = subprocess.run([sys.executable, *command, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_names_are_listed_once() -> None:
    assert names(["b", "A", "b"]) == ["A", "b"]
    assert exports(["b", "A", "b"]) == ["A", "b"]


@pytest.mark.parametrize("length", [65, 69, 70, 71, 76, 80, 81, 82, 84, 90])
def test_long_alias_is_as_both_formatters_have_it(length: int, tmp_path: Path) -> None:
    name = "N" * length
    text = f"if True:\n    {type_alias(name)} = (\n        {name}Of | Literal['a']\n    )\n"
    text += f"else:\n    {name} = {name}Of{unsplit(name)}\n"
    formatted = black.format_str(text, mode=black.Mode())
    file = tmp_path / "module.py"
    file.write_text(formatted, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("length", range(49, 61))
def test_long_member_is_as_both_formatters_have_it(length: int, tmp_path: Path) -> None:
    # The names of the first are longer than their values: they have underscores.
    values = [("aB" * length)[:length], "N" * (length + 30), "x" * length + " y" * 40]
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Kind"}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "d", "content": content}}}}},
        "components": {"schemas": {"Kind": {"type": "string", "enum": values}}},
    }
    package = build(load(document), Options("made"))
    files = render(package)
    (tmp_path / "models.py").write_text(files["models.py"], encoding="utf-8")
    for command in (["black", "--check"], ["ruff", "format", "--isolated", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, str(tmp_path)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("length", [5, 29, 30, 31, 34, 35, 36, 60, 75, 90])
@pytest.mark.parametrize("arguments", ["self", "self, a: str", 'self, *, of: str, to: str = "x"'])
@pytest.mark.parametrize("returned", ["Pages[{0}, {0}]", "dict[str, {0}]", "list[{0}]", "{0}"])
def test_long_result_is_as_both_formatters_have_it(
    length: int, arguments: str, returned: str, tmp_path: Path
) -> None:
    signature = f"def get({arguments}) -> {returned.format('N' * length)}:"
    text = f"class A:\n    {exploded(signature)}\n        return 1\n"
    (tmp_path / "module.py").write_text(formatted(text), encoding="utf-8")
    for command in (["black", "--check"], ["ruff", "format", "--isolated", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, str(tmp_path)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("length", [20, 33, 36, 37, 38, 39, 50, 83, 90])
@pytest.mark.parametrize("written", ["{}", "_m.{}", "{} | None", "list[{}]", '"{}"'])
def test_long_field_is_as_both_formatters_have_it(
    length: int, written: str, tmp_path: Path
) -> None:
    name, class_ = "n" * length, written.format("N" * length)
    field = ir.Field(name, name, ir.Type(ir.TypeKind.CLASS, class_), required=True, doc="")
    assert field.annotation == class_
    text = "class A:\n"
    for value in ('field(name="aNameOfThirtyCharactersAbout")', "field(name='a')"):
        mark = unsplit_field(field)
        text += f"    {name}: {class_} = {value}{mark}\n"
    formatted = black.format_str(text, mode=black.Mode())
    file = tmp_path / "module.py"
    file.write_text(formatted, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", str(file)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("length", [20, 37, 38, 39, 44, 45, 50, 60, 65, 66, 67, 68, 69, 90])
@pytest.mark.parametrize("is_sent", [True, False])
@pytest.mark.parametrize("name", ["kind", "n" * 45])
def test_long_fixed_value_is_as_both_formatters_have_it(
    length: int, is_sent: bool, name: str, tmp_path: Path
) -> None:
    """Payload has many: `PostRequestBodyBlocksItemQuoteBlockType.QUOTE`."""
    type_ = ir.Type(ir.TypeKind.CLASS, "N" * length)
    like = ir.Type(ir.TypeKind.CLASS, f"{type_.name}Like") if is_sent else None
    fixed = ir.Member("CAT", "cat", "")
    field = ir.Field(name, name, type_, required=False, doc="", fixed=fixed, accepts=like)
    text = "class A:\n"
    for named in ("", 'name="aName"', 'name="aNameOfThirtyCharactersAbout"'):
        made = f"lambda: {type_.name}.CAT"
        arguments = [made, named] if is_sent else [named, f"default_factory={made}"]
        value = f"{'filled_in' if is_sent else 'field'}({', '.join(filter(None, arguments))})"
        text += f"    {name}: {field.annotation} = {value}{unsplit_field(field)}\n"
    text += "    def get(self, *,\n"
    text += f"        kind: {type_.name}Like = {type_.name}.CAT, other: int = 1) -> None:\n"
    text += "        return\n"
    file = tmp_path / "module.py"
    file.write_text(formatted(text), encoding="utf-8")
    for command in (["black", "--check"], ["ruff", "format", "--isolated", "--diff"]):
        done = subprocess.run(
            [sys.executable, "-m", *command, str(file)], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


# Templates

FILTERS = {"docstring", "literal", "names", "exports", "join", "alias", "classes"}
FILTERS |= {"exploded", "type_alias", "unsplit", "unsplit_field"}
STATEMENTS = {"for", "endfor", "if", "elif", "else", "endif", "include", "filter", "endfilter"}
# A name for what a template that is included calls by this name.
STATEMENTS |= {"with", "endwith"}
TEXT_OF_THE_DOCUMENT = re.compile(
    r"(?<!union)\.value\b|\.(doc|title|spec_\w+|path|server|header|kind)\b"
)


def _templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.iterdir() if path.is_file())


@pytest.mark.parametrize("path", _templates(), ids=lambda path: path.name)
def test_templates_are_dumb(path: Path) -> None:
    text = re.sub(r"{% raw %}.*?{% endraw %}", "", path.read_text(encoding="utf-8"), flags=re.S)
    statements = re.findall(r"{%[-+]?\s*(\w+)(.*?)[-+]?%}", text, re.S)
    assert {keyword for keyword, _ in statements} <= STATEMENTS
    tests = [rest for keyword, rest in statements if keyword in {"if", "elif"}]
    assert not [rest for rest in tests if re.search(r"[=<>+*/%~]|\bis\b|\bin\b", rest)]
    expressions = re.findall(r"{{(.*?)}}", text, re.S)
    assert not [each for each in expressions if re.search(r"[=<>+*/%~]", each.split("|")[0])]
    used = {name for each in expressions for name in re.findall(r"\|\s*(\w+)", each)}
    assert used <= FILTERS


@pytest.mark.parametrize("path", _templates(), ids=lambda path: path.name)
def test_text_of_the_document_passes_a_filter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    # A whole block may go through the filter; what is in it is prose.
    outside = re.sub(r"{%\+? filter docstring.*?endfilter %}", "", text, flags=re.S)
    unsafe = [
        each
        for each in re.findall(r"{{(.*?)}}", outside, re.S)
        if TEXT_OF_THE_DOCUMENT.search(each) and not re.search(r"\|\s*(docstring|literal)", each)
    ]
    assert not unsafe


def _hostile(text: str) -> dict[str, Any]:
    """Return a document that says the same text wherever it may say something."""
    schema = {"$ref": "#/components/schemas/Thing"}
    content = {"application/json": {"schema": schema}}
    failure = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    kinds = {text: "#/components/schemas/Kind"}
    # A brace would begin a variable of the path.
    part = re.sub("[{}]", "", text)
    # msgspec takes no other names of properties, and the building refuses those.
    kept = "".join(c for c in text if c not in '"\\' and c >= " ")
    fields: dict[str, Any] = {
        f"{kept} text": {"type": "string", "description": text},
        f"{kept} enum": {"type": "string", "enum": [text], "description": text},
    }
    operation: dict[str, Any] = {
        "tags": [text],
        "operationId": text,
        "summary": text,
        "description": text,
        "parameters": [
            {"name": f"{part} {place}", "in": place, "required": place == "path"}
            | {"description": text, "schema": {"type": "string"}}
            for place in ("path", "query")
        ],
        "requestBody": {"description": text, "required": True, "content": content},
        "security": [{text: []}],
        "responses": {
            "200": {"description": text, "content": content},
            "400": {"description": text, "content": failure},
        },
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": text, "version": text, "description": text},
        "tags": [{"name": text, "description": text}],
        "paths": {f"/{part}/{{{part} path}}": {"post": operation}},
        "components": {
            "schemas": {
                "Thing": {"type": "object", "description": text, "properties": fields},
                "Error": {
                    "type": "object",
                    "description": text,
                    "discriminator": {"propertyName": text, "mapping": kinds},
                },
                "Kind": {
                    "description": text,
                    "allOf": [{"$ref": "#/components/schemas/Error"}],
                },
            },
            "securitySchemes": {text: {"type": "apiKey", "in": "query", "name": text}},
        },
    }


@pytest.mark.parametrize(
    "quote", ['"""', "'''", '"', "'", "\\", '\\"""', "`", "}}", "%}", "\r", "#"]
)
def test_text_of_the_document_never_becomes_code(quote: str) -> None:
    text = f"x{quote}\nimport hostile\nhostile(){quote}"
    for path, module in render(build(load(_hostile(text)), Options("made"))).items():
        for node in ast.walk(ast.parse(module, path)):
            called = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(called, ast.Name) and called.id == "hostile"), path
            if isinstance(node, ast.Import):
                assert "hostile" not in {name.name for name in node.names}, path


# What a module of models does once it is written


def _models(folder: Path, thing: dict[str, Any]) -> Any:
    """Return the imported module of a document with one schema."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/": {"get": {"responses": {"200": {"description": "", "content": content}}}}},
        "components": {"schemas": {"Thing": thing}},
    }
    file = folder / "rendered_models.py"
    file.write_text(render(build(load(document), Options("made")))["models.py"], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("rendered_models", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["rendered_models"] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules["rendered_models"]
    return module


def test_an_unlisted_value_is_unknown_even_if_a_member_is_called_so(tmp_path: Path) -> None:
    made = _models(tmp_path, {"type": "string", "enum": ["poweredOn"]}).Thing
    assert made("poweredOn").is_known
    assert made("POWERED_ON") == "POWERED_ON"
    assert not made("POWERED_ON").is_known


@pytest.mark.parametrize("name", ["a b", "é", "", "$ref", "a'b", 'a"b', "a\\b", "a\tb"])
def test_properties_of_any_name_can_be_imported_or_are_refused(name: str, tmp_path: Path) -> None:
    thing = {"type": "object", "properties": {name: {"type": "string"}}}
    try:
        made = _models(tmp_path, thing).Thing
    except SpecError:
        return
    assert made.__struct_encode_fields__ == (name,)
