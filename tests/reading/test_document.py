"""Reading documents: what becomes a tree, what is refused, and where things stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import IO

import pytest
import yaml
from support import line_of
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.document import Document, dump, read
from vcgen.reading.refusals import MAX_DEPTH

Write = Callable[..., str]

CORPUS = Path(__file__).parents[3] / "shared" / "specs"
VCENTER = CORPUS / "vsphere-7.0.3" / "vcenter.json"

# Read by many, and not YAML 1.2.
LOOSE = 'loose:\n  x: {\n    "y": {}\n  }\n'

BOMB = "".join(
    ["a: &a [x,x,x,x,x,x,x,x,x]\n"]
    + [f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in pairwise("abcdefghi")]
)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes a file into the working directory and returns its name."""
    monkeypatch.chdir(tmp_path)

    def write(content: str | bytes, name: str = "spec.yaml") -> str:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return name

    return write


def refused(path: str) -> Diagnostic:
    """Return the one problem that `path` is refused for."""
    with pytest.raises(SpecError) as caught:
        read(path)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.file == ("<stdin>" if path == "-" else path)
    assert diagnostic.hint
    assert not diagnostic.message.endswith(".")
    assert "\n" not in diagnostic.message
    assert caught.value.exit_code == 3
    return diagnostic


# What is read


def test_json_and_yaml_give_the_same_tree(write: Write) -> None:
    from_json = read(write('{"a": {"b": [1, 2.5, true, null, "x"]}}', "spec.json"))
    from_yaml = read(write("a:\n  b: [1, 2.5, true, null, x]\n"))
    assert from_json.tree == from_yaml.tree == {"a": {"b": [1, 2.5, True, None, "x"]}}
    assert from_json.name == "spec.json"


def test_order_of_keys_is_the_documents(write: Write) -> None:
    assert list(read(write("z: 1\n200: 2\na: 3\n")).tree) == ["z", "200", "a"]


@pytest.mark.parametrize("text", ['{"é": 1}', "é: 1\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_tells_the_encoding(write: Write, text: str, encoding: str) -> None:
    document = read(write(text.encode(encoding)))
    assert document.tree == {"é": 1}
    assert document.text == text


def test_big_endian_texts_are_read(write: Write) -> None:
    assert read(write(b"\xfe\xff" + "é: 1".encode("utf-16-be"))).tree == {"é": 1}
    assert read(write(b"\0\0\xfe\xff" + "é: 1".encode("utf-32-be"))).tree == {"é": 1}


def test_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a: 1\n")))
    document = read("-")
    assert (document.name, document.tree) == ("<stdin>", {"a": 1})


def test_yaml_is_version_1_2(write: Write) -> None:
    tree = read(write("a: yes\nb: off\nc: 1:20\nd: 0o17\ne: 2001-01-01\nf: !!str 1\n")).tree
    assert tree == {"a": "yes", "b": "off", "c": "1:20", "d": 15, "e": "2001-01-01", "f": "1"}


def test_integer_status_keys_become_strings(write: Write) -> None:
    tree = read(write("responses:\n  200: a\n  default: b\n")).tree
    assert tree == {"responses": {"200": "a", "default": "b"}}


def test_keys_of_other_types_become_their_yaml_text(write: Write) -> None:
    text = "- {true: a, False: b, 1.5: c, null: d}\n- {.inf: e, -3: f, 0x10: g, .nan: h}\n"
    one, other = read(write("k:\n" + text)).tree["k"]
    assert one == {"true": "a", "false": "b", "1.5": "c", "null": "d"}
    assert other == {".inf": "e", "-3": "f", "16": "g", ".nan": "h"}


def test_aliases_are_expanded(write: Write) -> None:
    assert read(write("a: &x {200: 1}\nb: *x\nc: [*x]\n")).tree == {
        "a": {"200": 1},
        "b": {"200": 1},
        "c": [{"200": 1}],
    }


def test_anchors_and_stars_in_prose_are_no_aliases(write: Write) -> None:
    tree = read(write("a: see &x or *x\nb: |\n  *x &x\n  **x**\n")).tree
    assert tree == {"a": "see &x or *x", "b": "*x &x\n**x**\n"}


def test_json_with_the_habits_of_yaml_is_read_unless_the_name_says_json(write: Write) -> None:
    assert read(write('{"a": 1,} # end', "spec.yaml")).tree == {"a": 1}
    assert read(write("{a: [1, x,]}", "spec")).tree == {"a": [1, "x"]}
    assert "not JSON" in refused(write('{"a": 1,}', "spec.JSON")).message


def test_yaml_that_pyyaml_cannot_read_is_read_without_lines(write: Write) -> None:
    document = read(write("a: &x.y 1\nb: \x07\n"))
    assert document.tree == {"a": 1, "b": "\x07"}
    assert line_of(document, "#/a") is None


def test_both_halves_of_a_surrogate_are_one_character(write: Write) -> None:
    tree = read(write(r'{"a": "\ud83d\ude00", "b": "\\ud800"}', "spec.json")).tree
    assert tree == {"a": "😀", "b": "\\ud800"}


def test_infinite_numbers_of_yaml_are_numbers(write: Write) -> None:
    assert read(write("a: .inf\n")).tree == {"a": float("inf")}


# What is read though it is not YAML 1.2


def test_merge_keys_are_merged_and_told(write: Write) -> None:
    text = (
        "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\n"
        "c:\n  w: 0\n  <<: [*a, *b]\n  x: 5\nd: {<<: *b}\n"
    )
    document = read(write(text))
    assert document.tree["c"] == {"w": 0, "x": 5, "y": 2, "z": 4}
    assert list(document.tree["c"]) == ["w", "x", "y", "z"]
    assert document.tree["d"] == {"y": 3, "z": 4}
    (repair,) = document.repairs
    assert (repair.pointer, repair.message) == ("#/c", "YAML 1.2 has no merge key <<: merged")
    lines = {
        pointer: line_of(document, pointer) for pointer in ("#/c/w", "#/c/y", "#/c/z", "#/c/x")
    }
    assert lines == {"#/c/w": 4, "#/c/y": 1, "#/c/z": 2, "#/c/x": 6}


def test_merge_key_of_a_merged_mapping_is_merged(write: Write) -> None:
    tree = read(write("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b, z: 3}\n")).tree
    assert tree["c"] == {"x": 1, "y": 2, "z": 3}


@pytest.mark.parametrize("value", ["1", "[{a: 1}, b]", ""])
def test_merge_key_of_no_mapping_is_refused(write: Write, value: str) -> None:
    problem = refused(write(f"a:\n  <<: {value}\n"))
    assert (problem.message, problem.line) == ("the merge key << does not refer to a mapping", 2)


@pytest.mark.parametrize("text", ["a:\n  <<: *x\n", "a: &a {}\nb: {<<: *a, c: *x}\n"])
def test_alias_of_nothing_beside_a_merge_key_is_refused(write: Write, text: str) -> None:
    problem = refused(write(text))
    assert (problem.message.rpartition(": ")[2].partition(" (")[0], problem.line) == (
        "while parsing node, found unknown anchor",
        2,
    )


def test_two_merge_keys_in_one_mapping_are_refused(write: Write) -> None:
    assert "'<<' appears twice" in refused(write("a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n")).message


@pytest.mark.parametrize(
    ("text", "tree", "pointer"),
    [
        ('a:\n  b: {\n    "c": {}\n  }\n', {"a": {"b": {"c": {}}}}, "#/a/b/c"),
        ("a:\n  b: [\n    1,\n    2\n]\nd: e\n", {"a": {"b": [1, 2]}, "d": "e"}, "#/a/b/1"),
        ('a:\n  b: "x\n  y"\n', {"a": {"b": "x y"}}, "#/a/b"),
        ("a:\n  b: 'x\n  y'\n", {"a": {"b": "x y"}}, "#/a/b"),
    ],
)
def test_ends_at_the_column_of_the_parent_are_read_and_told(
    write: Write, text: str, tree: object, pointer: str
) -> None:
    document = read(write(text))
    assert document.tree == tree
    (repair,) = document.repairs
    assert repair.message.startswith("this is not YAML 1.2 (")
    assert repair.message.endswith("): read as 1.1")
    assert repair.pointer == pointer


def test_types_are_those_of_yaml_1_2_in_whatever_reads_it(write: Write) -> None:
    plain = (
        "[yes, off, 1:20, 0o17, 017, 0b11, 0x1F, 1_000, 2001-01-01, =, ~, Null, TRUE, false, +1,"
        " -.5, 1e3, .INF, 0x, '1', 18446744073709551615, -9223372036854776000, !!str 2, !!int 3]"
    )
    strictly = read(write(f"a: {plain}\n200: x\nTrue: y\n1.50: z\n"))
    loosely = read(write(f"a: {plain}\n200: x\nTrue: y\n1.50: z\n{LOOSE}"))
    assert not strictly.repairs
    assert loosely.repairs
    assert loosely.tree.pop("loose") == {"x": {"y": {}}}
    assert repr(loosely.tree) == repr(strictly.tree)


def test_characters_that_broke_lines_in_yaml_1_1_are_kept(write: Write) -> None:
    assert read(write(f"a: x\u2028y\x85z\n{LOOSE}")).tree["a"] == "x\u2028y\x85z"


@pytest.mark.parametrize("value", ["!x 1", "!x {}", "!!set {a}", "!!binary aGk="])
def test_tags_are_refused_in_whatever_reads_it(write: Write, value: str) -> None:
    problem = refused(write(f"{LOOSE}b: {value}\n"))
    assert "tag" in problem.message
    assert problem.line == 5


def test_value_that_belies_its_tag_is_refused(write: Write) -> None:
    assert "invalid" in refused(write("b: !!int x\n")).message
    problem = refused(write("a: &a {}\nb: !!int x\nc: {<<: *a}\n"))
    assert (problem.message, problem.line) == ("'x' cannot be read as !!int", 2)


@pytest.mark.skipif(not VCENTER.exists(), reason=f"{CORPUS} is not here")
def test_corpus_is_read_and_every_path_has_its_line() -> None:
    for file in sorted(CORPUS.glob("*/*")):
        document = read(str(file))
        lines = document.text.splitlines()
        for path in document.tree.get("paths", ()):
            line = line_of(document, "#/paths/" + path.replace("~", "~0").replace("/", "~1"))
            assert line is not None
            assert path in lines[line - 1]


# What is refused: files


def test_missing_file_is_refused(write: Write) -> None:
    assert refused("missing.yaml").message == "there is no such file"


def test_directory_is_refused(tmp_path: Path) -> None:
    assert "directory" in refused(str(tmp_path)).message


def test_unreadable_file_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(path: Path, mode: str) -> IO[bytes]:
        raise PermissionError(13, "Permission denied", str(path))

    path = write("a: 1\n")
    monkeypatch.setattr(Path, "open", deny)  # root may read every file
    assert "permission" in refused(path).message


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, __file__ + "/x"])
def test_impossible_paths_are_refused(path: str) -> None:
    assert refused(path).message.startswith("cannot be read: ")


def test_process_without_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert refused("-").message == "cannot be read: standard input is closed"


@pytest.mark.parametrize("data", [b"{\n'\xe9'", b"\x1f\x8b\x08\0a", b"PK\3\4\xff", b"\xff\xfea"])
def test_bytes_that_are_no_text_are_refused(write: Write, data: bytes) -> None:
    assert refused(write(data)).message.startswith("this is not UTF-")


def test_place_of_a_wrong_byte_is_told(write: Write) -> None:
    assert refused(write(b"a: 1\nb: \xe9\n")).line == 2


def test_nul_is_refused(write: Write) -> None:
    assert refused(write("a: 1\nb: \0\n")).line == 2
    assert "NUL" in refused(write('{"a": 1}'.encode("utf-16-le"), "spec.json")).message


@pytest.mark.parametrize("text", ["", " \n\t\n", "# nothing\n", "\ufeff", "---\n...\n# x\n"])
def test_empty_document_is_refused(write: Write, text: str) -> None:
    assert refused(write(text)).message in (
        "the document is empty",
        "the top level is null, not a mapping",
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[1]", "a list"),
        ("- a\n", "a list"),
        ("hello\n", "a text"),
        ('"x"', "a text"),
        ("12", "a number"),
        ("1.5", "a number"),
        ("true", "a boolean"),
        ("null", "null"),
    ],
)
def test_top_level_that_is_no_mapping_is_refused(write: Write, text: str, kind: str) -> None:
    assert refused(write(text)).message == f"the top level is {kind}, not a mapping"


def test_web_page_is_refused_as_such(write: Write) -> None:
    assert "HTML" in refused(write("<!DOCTYPE html>\n<html></html>\n")).hint


# What is refused: texts


def test_json_syntax_error_has_line_and_column(write: Write) -> None:
    problem = refused(write('{"a": 1,\n "b" 2}', "spec.json"))
    assert problem.line == 2
    assert problem.message == "this is not JSON: Expecting ':' delimiter (column 6)"


def test_yaml_syntax_error_has_line_and_column(write: Write) -> None:
    problem = refused(write("a:\n\tb: 1\n"))
    assert problem.line == 2
    assert problem.message.startswith("this is not YAML 1.2: tabs disallowed")
    assert problem.message.endswith("(column 2)")


def test_broken_text_of_unknown_kind_is_judged_by_its_beginning(write: Write) -> None:
    assert "not JSON" in refused(write('{"a" 1}', "spec")).message
    assert "not YAML" in refused(write('{"a" 1}', "spec.yml")).message
    assert "not YAML" in refused(write("a: b: c", "spec")).message


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1,\n "b": 2, }',
        '{"a": 1,\n "b": [2,]}',
        '{"a": 1,\n "b": [","\t,\n\n]}',
        '{\n"a": {,}}',
    ],
)
def test_comma_after_the_last_entry_of_json(write: Write, text: str) -> None:
    problem = refused(write(text, "spec.json"))
    column = text.splitlines()[1].rindex(",") + 1
    assert problem.message == f"this is not JSON: a comma follows the last entry (column {column})"
    assert problem.line == 2


def test_repeated_key_of_json_is_refused(write: Write) -> None:
    text = '{"a": [{"x": 1,\n"y": "x"},\n{"x": {"é": 1},\n"y": 2,\n"\\u0078": 3}]}'
    problem = refused(write(text, "spec.json"))
    assert problem.message == "the key 'x' appears twice in one mapping"
    assert problem.line == 5


@pytest.mark.parametrize(
    ("text", "line"),
    [("a:\n  x: 1\n  y: 2\n  x: 3\n", 4), ('200: a\n"200": b\n', 2), ("a: [{b: 1,\nb: 2}]", 2)],
)
def test_repeated_key_of_yaml_is_refused(write: Write, text: str, line: int) -> None:
    problem = refused(write(text))
    assert problem.message.endswith("appears twice in one mapping")
    assert problem.line == line


def test_keys_that_become_equal_are_refused(write: Write) -> None:
    problem = refused(write('a:\n  b:\n    0x10: a\n    "16": b\n'))
    assert problem.message == "the key '16' appears twice in one mapping"
    assert (problem.pointer, problem.line) == ("#/a/b", 2)


def test_same_key_in_two_mappings_is_fine(write: Write) -> None:
    text = "a: {x: 1}\nb: {x: [{x: 1}, {x: 2}]}\n? [x]\n"
    assert "as a key" in refused(write(text)).message
    assert read(write(text.replace("? [x]\n", ""))).tree["b"] == {"x": [{"x": 1}, {"x": 2}]}


@pytest.mark.parametrize("text", ['{"s": "NaN",\n"a": NaN}', '{"s": "\\"",\n"a": [-Infinity]}'])
def test_constants_that_are_not_json_are_refused(write: Write, text: str) -> None:
    problem = refused(write(text, "spec.json"))
    assert problem.line == 2
    assert "is not a number of JSON" in problem.message


@pytest.mark.parametrize("half", ["\\ud800", "\\uDFFF", "\\ude00\\ud83d", "\\\\\\ud800"])
def test_half_a_surrogate_is_refused(write: Write, half: str) -> None:
    problem = refused(write('{"a": "\\ud83d\\ude00 \\\\ud800",\n"' + half + '": 1}', "spec.json"))
    assert "unpaired surrogate" in problem.message
    assert problem.line == 2


def test_number_without_end_is_refused(write: Write) -> None:
    assert "digits" in refused(write('{"a": %s}' % ("1" * 5000), "spec.json")).message


def test_several_yaml_documents_are_refused(write: Write) -> None:
    assert refused(write("a: 1\n---\nb: 2\n")).message == "the file contains 2 YAML documents"


@pytest.mark.parametrize(
    ("text", "tag", "pointer"),
    [
        ("a:\n  b/c: !foo 1\n", "!foo", "#/a/b~1c"),
        ("a:\n  - {b: !!set {x}}\n", "!!set", "#/a/0/b"),
        ("!foo\na: 1\n", "!foo", "#"),
        ("a:\n  !foo b: 1\n", "!foo", "#/a"),
    ],
)
def test_tag_is_refused(write: Write, text: str, tag: str, pointer: str) -> None:
    problem = refused(write(text))
    assert problem.message == f"the YAML tag {tag} is not supported"
    assert problem.pointer == pointer
    assert problem.line is not None


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}"])
def test_collection_as_a_key_is_refused(write: Write, key: str) -> None:
    problem = refused(write(f"a:\n  ? {key}\n  : 1\n"))
    assert (problem.message, problem.pointer) == ("a list or mapping is used as a key", "#/a")


def test_tagged_list_as_a_key_is_refused(write: Write) -> None:
    assert "unhashable" in refused(write("a: 1\n? !!str\n  - x\n")).message


def test_quoted_merge_key_is_a_key(write: Write) -> None:
    assert read(write('a: {"<<": 1}\n')).tree == {"a": {"<<": 1}}


# What is refused: texts that would end the process


@pytest.mark.parametrize("prefix", ["", "z: \x07\n"], ids=["", "that PyYAML cannot read"])
def test_alias_bomb_is_refused(write: Write, prefix: str) -> None:
    assert "aliases" in refused(write(prefix + BOMB)).message


def test_aliases_of_a_long_text_are_refused(write: Write) -> None:
    text = f"a: &a '{'x' * 1_000_000}'\nb: [{'*a,' * 10_000}]\n"
    assert "aliases" in refused(write(text)).message


def test_many_aliases_of_something_small_are_read(write: Write) -> None:
    text = f"a: &a [x]\nb: [{'*a,' * 10_000}]\n"
    assert len(read(write(text)).tree["b"]) == 10_000


@pytest.mark.parametrize("text", ["a: &a\n  b: *a\n", "a: &a [[*a]]\n"])
def test_alias_inside_its_own_node_is_refused(write: Write, text: str) -> None:
    assert "inside the node that it refers to" in refused(write(text)).message


def test_syntax_error_beside_aliases_is_told_with_its_line(write: Write) -> None:
    problem = refused(write("a: &x 1\nb: *x\nc: [\n"))
    assert problem.message.startswith("this is not YAML")
    assert problem.line == 4


@pytest.mark.parametrize("name", ["spec.json", "spec.yaml"])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("is_closed", [True, False])
def test_deep_flow_is_refused(write: Write, name: str, opening: str, is_closed: bool) -> None:
    closing = "1" + ("]" if opening == "[" else "}") * 100_000 if is_closed else ""
    text = opening * 100_000 + closing
    assert "levels deep" in refused(write(text, name)).message
    if name == "spec.yaml":
        assert "levels deep" in refused(write("a: " + text, name)).message


@pytest.mark.parametrize("prefix", ["", "a: \x07\nb:\n "], ids=["", "that PyYAML cannot read"])
@pytest.mark.parametrize("opening", ["- ", "? ", "- ? "])
def test_deep_blocks_on_one_line_are_refused(write: Write, prefix: str, opening: str) -> None:
    assert "levels deep" in refused(write(prefix + opening * 100_000 + "a")).message


@pytest.mark.parametrize("prefix", ["", "z: \x07\n"], ids=["", "that PyYAML cannot read"])
def test_deep_indentation_is_refused(write: Write, prefix: str) -> None:
    text = prefix + "".join(" " * i + "a:\n" for i in range(5000))
    assert "levels deep" in refused(write(text)).message


@pytest.mark.parametrize("name", ["spec.json", "spec.yaml"])
def test_limit_of_depth_is_the_same_for_json_and_yaml(write: Write, name: str) -> None:
    def nested(depth: int) -> str:
        text = '{"a": ' * depth + "1" + "}" * depth
        return text if name == "spec.json" else f"# YAML\n{text}"

    assert read(write(nested(MAX_DEPTH), name)).tree
    assert "levels deep" in refused(write(nested(MAX_DEPTH + 1), name)).message


# Lines

JSON_TEXT = """\
{"openapi": "3.0.0",
 "paths": {
  "/a/{b}": {"get": {"tags": ["x",
     "y"]}},
  "/c~d %": {
     "get": {"description": "{\\"not\\": [a key]}\\n", "": 1,
       "é": []}
  }
 }}
"""

YAML_TEXT = """\
# a comment
openapi: 3.0.0
paths:
  /a/{b}:
    get:
      tags: [x,
        y]
  '/c~d %':
    get:
      description: |
        "not": [a key]
      '': 1
      é:
        200: {}
"""


@pytest.mark.parametrize(
    ("pointer", "json_line", "yaml_line"),
    [
        ("", 1, 2),
        ("#", 1, 2),
        ("#/openapi", 1, 2),
        ("#/paths", 2, 3),
        ("/paths", 2, 3),
        ("#/paths/~1a~1{b}/get", 3, 5),
        ("#/paths/~1a~1%7Bb%7D/get/tags/0", 3, 6),
        ("#/paths/~1a~1{b}/get/tags/1", 4, 7),
        ("#/paths/~1c~0d %/get", 6, 9),
        ("#/paths/~1c~0d%20%25/get/", 6, 12),
        ("#/paths/~1c~0d %/get/%C3%A9", 7, 13),
        ("#/paths/~1c~0d %/get/é", 7, 13),
        ("#/paths/~1nowhere/get", 2, 3),
        ("#/paths/~1a~1{b}/get/tags/2", 3, 6),
        ("#/paths/~1a~1{b}/get/tags/-1/x", 3, 6),
        ("#/paths/~1a~1{b}/get/tags/0/x/y", 3, 6),
        ("#/nowhere", 1, 2),
        ("no pointer", 1, 2),
    ],
)
def test_line_is_that_of_the_key(pointer: str, json_line: int, yaml_line: int) -> None:
    assert line_of(Document("a.json", {}, JSON_TEXT), pointer) == json_line
    assert line_of(Document("a.yaml", {}, YAML_TEXT), pointer) == yaml_line


def test_line_of_an_integer_key_is_found_by_its_text() -> None:
    assert line_of(Document("a.yaml", {}, YAML_TEXT), "#/paths/~1c~0d %/get/é/200") == 14


def test_line_behind_an_alias_is_that_of_the_anchor() -> None:
    document = Document("a.yaml", {}, "a: &x\n  k: 1\nb: *x\n")
    assert (line_of(document, "#/b"), line_of(document, "#/b/k")) == (3, 2)


def test_line_in_flow_yaml_is_found() -> None:
    assert line_of(Document("a.yaml", {}, "{a: 1,\n b: {c: 2,}}"), "#/b/c") == 2


def test_line_is_none_for_text_that_is_neither() -> None:
    assert line_of(Document("a.yaml", {}, "a: ["), "#/a") is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_counts_every_kind_of_line_end(write: Write, newline: str) -> None:
    assert line_of(read(write(newline.join(["a: 1", "b:", "  c: 1", ""]))), "#/b/c") == 3
    text = newline.join(['{"a": 1,', '"b": {', '"c": 1}}'])
    assert line_of(read(write(text, "spec.json")), "#/b/c") == 3


def test_line_ignores_what_only_old_yaml_takes_for_a_line_end(write: Write) -> None:
    assert line_of(read(write("a: x\u2028y\u0085z\nb: 1\n")), "#/b") == 2


# What is written


@pytest.mark.parametrize(
    "value",
    ["on", "Off", "yes", "y", "N", "12:30:45", "2001-01-01", "=", "<<", "1_000", "0b11", "017"],
)
def test_texts_that_are_none_in_yaml_1_1_are_quoted(value: str) -> None:
    tree = {value: [value, {"a": value}], "é": f"see {value}", "text": f"{value}\n{value}\n"}
    text = dump(tree, as_json=False)
    assert yaml.safe_load(text) == tree
    assert f'- "{value}"' in text


def test_text_that_needs_no_quotes_has_none(write: Write) -> None:
    text = "a: ontology\nb: 1.2.3\nc: -x\nd: true\ne: 12\nf: 1.5\ng: ~\n"
    assert dump(read(write(text)).tree, as_json=False) == text


@pytest.mark.parametrize("as_json", [False, True])
def test_integers_keep_their_value(write: Write, as_json: bool) -> None:
    numbers = [2**64 - 1, -(2**63), 2**63 - 1, -9223372036854776000, 2**200, 0]
    text = dump({"a": numbers, "b": {"enum": numbers}}, as_json=as_json)
    tree = read(write(text, "spec.json" if as_json else "spec.yaml")).tree
    assert tree == {"a": numbers, "b": {"enum": numbers}}
    assert all(type(value) is int for value in tree["a"])
