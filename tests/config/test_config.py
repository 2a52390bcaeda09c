"""Reading the configuration: where it is found, what it says, and everything that is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from vcgen.config import ClientConfig, Config, Renames, find, load
from vcgen.errors import ConfigError, Diagnostic

CLIENT = '[[clients]]\nspec = "a.yaml"\noutput = "gen/a"\n'
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes a config file and returns its relative path."""
    monkeypatch.chdir(tmp_path)

    def write(text: str | bytes, name: str = "vcgen.toml") -> Path:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def problems(file: Path) -> list[Diagnostic]:
    """Return all that `file` is refused for."""
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.exit_code == 3
    for diagnostic in caught.value.diagnostics:
        assert diagnostic.file == str(file)
        assert diagnostic.hint
        assert not diagnostic.message.endswith(".")
    return list(caught.value.diagnostics)


def messages(file: Path) -> list[str]:
    return [diagnostic.message for diagnostic in problems(file)]


# What is read

FULL = """\
[[tool.vcgen.clients]]
spec = "specs/vcenter.yaml"
operations = ["GET /vcenter/vm/{vm}/guest/customization", "Cis.Session_*"]
output = "generated/vcenter_guest"
dialect = "vsphere"
roots = ["Vcenter", "Vapi"]
strict = true
[tool.vcgen.clients.rename.schemas]
"Vapi.Std.Errors.Error" = "StandardError"
[tool.vcgen.clients.rename.tags]
"Vcenter.Vm.Guest" = "guest"
[tool.vcgen.clients.rename.operations]
"GET /vcenter/vm/{vm}/guest/customization" = "read"
[tool.vcgen.clients.rename.properties]
"Vapi.Std.Errors.Error.error_type" = "kind"
[tool.vcgen.clients.rename.parameters]
"vm" = "machine"
"""

FULL_CLIENT = ClientConfig(
    spec="specs/vcenter.yaml",
    output="generated/vcenter_guest",
    operations=("GET /vcenter/vm/{vm}/guest/customization", "Cis.Session_*"),
    dialect="vsphere",
    roots=("Vcenter", "Vapi"),
    strict=True,
    renames=Renames(
        schemas={"Vapi.Std.Errors.Error": "StandardError"},
        tags={"Vcenter.Vm.Guest": "guest"},
        operations={"GET /vcenter/vm/{vm}/guest/customization": "read"},
        properties={"Vapi.Std.Errors.Error.error_type": "kind"},
        parameters={"vm": "machine"},
    ),
)


def test_every_key_is_read(write: Write) -> None:
    file = write(FULL, "sub/pyproject.toml")
    config = load(file)
    assert config == Config(file, (FULL_CLIENT,))
    assert config.root == Path("sub")
    assert config.clients[0].package_name == "vcenter_guest"


def test_vcgen_toml_has_the_same_keys_at_the_top(write: Write) -> None:
    assert load(write(FULL.replace("tool.vcgen.", ""))).clients == (FULL_CLIENT,)


def test_defaults(write: Write) -> None:
    (client,) = load(write(CLIENT)).clients
    assert client == ClientConfig(spec="a.yaml", output="gen/a")
    assert client.operations == ("*",)
    assert client.dialect == "auto"
    assert client.roots is None
    assert client.strict is False
    assert client.renames == Renames({}, {}, {}, {}, {})


def test_references_are_folders_by_the_beginning_of_a_url(write: Write) -> None:
    text = CLIENT + 'references = { "https://h.test/v1/" = "schemas/" }\n'
    assert load(write(text)).clients[0].references == {"https://h.test/v1/": "schemas/"}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('["x"]', "references: must be a table"),
        ('{ "x/" = "schemas/" }', 'references."x/": is not the beginning of a URL'),
        ('{ "https://h.test/" = "" }', 'references."https://h.test/": must be a folder'),
        ('{ "https://h.test/" = 7 }', 'references."https://h.test/": must be a folder'),
        (
            '{ "https://h.test/" = "https://i.test" }',
            'references."https://h.test/": must be a folder',
        ),
    ],
)
def test_references_that_are_none_are_refused(write: Write, value: str, message: str) -> None:
    (problem,) = problems(write(f"{CLIENT}references = {value}\n"))
    assert problem.message == f"clients[0].{message}"
    assert "references = {" in problem.hint


def test_overlays_are_files_in_order(write: Write) -> None:
    write("", "fixes/one.yaml")
    text = CLIENT + 'overlays = ["fixes/one.yaml", "vcgen.toml"]\n'
    assert load(write(text)).clients[0].overlays == ("fixes/one.yaml", "vcgen.toml")


def test_overlay_that_cannot_be_looked_for_is_left_to_who_reads_it(write: Write) -> None:
    name = "long" * 200
    assert load(write(f'{CLIENT}overlays = ["{name}"]\n')).clients[0].overlays == (name,)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"one.yaml"', "clients[0].overlays: must be an array"),
        ("[1]", "clients[0].overlays[0]: must be a non-empty string"),
        ('[""]', "clients[0].overlays[0]: must be a non-empty string"),
        ('["vcgen.toml", "gone.yaml"]', "clients[0].overlays[1]: there is no file 'gone.yaml'"),
        ('["."]', "clients[0].overlays[0]: there is no file '.'"),
        (r'["\u0000"]', r"clients[0].overlays[0]: must not contain a NUL character"),
        ('["-"]', "clients[0].overlays[0]: must be a file, not standard input"),
        ('["https://example.com/a.yaml"]', "clients[0].overlays[0]: must be a file, not a URL"),
    ],
)
def test_what_is_no_overlay_file_is_refused(write: Write, value: str, message: str) -> None:
    assert messages(write(f"{CLIENT}overlays = {value}\n")) == [message]


def test_no_roots_is_not_the_same_as_the_dialects_roots(write: Write) -> None:
    assert load(write(CLIENT + "roots = []\n")).clients[0].roots == ()


def test_clients_keep_their_order(write: Write) -> None:
    text = CLIENT + CLIENT.replace("gen/a", "gen/b") + CLIENT.replace("gen/a", "aaa")
    assert [client.output for client in load(write(text)).clients] == ["gen/a", "gen/b", "aaa"]


def test_output_is_normalised(write: Write) -> None:
    (client,) = load(write(CLIENT.replace("gen/a", "./gen//./a/"))).clients
    assert (client.output, client.package_name) == ("gen/a", "a")


def test_standard_input_is_a_spec(write: Write) -> None:
    assert load(write(CLIENT.replace("a.yaml", "-"))).clients[0].spec == "-"


def test_byte_order_mark_is_skipped(write: Write) -> None:
    assert load(write(b"\xef\xbb\xbf" + CLIENT.encode())).clients


def test_config_cannot_be_changed(write: Write) -> None:
    renames = load(write(FULL, "pyproject.toml")).clients[0].renames
    with pytest.raises(TypeError):
        renames.schemas["a"] = "B"  # type: ignore[index]


# Where it is found

OTHER = "[tool.black]\nline-length = 100\n"


def test_file_in_the_folder_is_found_and_stays_relative(write: Write) -> None:
    file = write(CLIENT)
    assert find(Path()) == file == Path("vcgen.toml")


def test_nearest_folder_wins(write: Write, tmp_path: Path) -> None:
    write(CLIENT)
    near = write(FULL, "a/pyproject.toml")
    write(OTHER, "a/b/pyproject.toml")
    Path("a/b/c").mkdir()
    assert find(Path("a/b/c")) == tmp_path / near
    assert find(tmp_path / "a" / "b" / "c") == tmp_path / near
    assert find(Path("a/b/..")) == Path("a/b/../pyproject.toml")


def test_vcgen_toml_wins_over_pyproject(write: Write) -> None:
    write(FULL, "pyproject.toml")
    file = write(CLIENT)
    assert find(Path()) == file


def test_empty_table_is_a_config(write: Write) -> None:
    file = write("[tool.vcgen]\n", "pyproject.toml")
    assert find(Path()) == file


@pytest.mark.parametrize("is_worktree", [False, True])
def test_search_ends_at_the_root_of_the_repository(write: Write, is_worktree: bool) -> None:
    write(CLIENT)
    repository = Path("repository")
    (repository / "sub").mkdir(parents=True)
    if is_worktree:
        (repository / ".git").write_text("gitdir: elsewhere\n")
    else:
        (repository / ".git").mkdir()
    with pytest.raises(ConfigError, match="in this folder or above") as caught:
        find(repository / "sub")
    assert "vcgen init" in caught.value.diagnostics[0].hint
    file = write(CLIENT, "repository/vcgen.toml")
    assert find(repository / "sub") == file.absolute()
    assert find(repository) == file


def test_broken_pyproject_on_the_way_is_refused(write: Write) -> None:
    write(CLIENT)
    write("[tool\n", "a/pyproject.toml")
    with pytest.raises(ConfigError, match="not TOML") as caught:
        find(Path("a"))
    assert caught.value.diagnostics[0].line == 1


def test_pyproject_whose_tool_is_no_table_is_passed_by(write: Write) -> None:
    file = write(CLIENT)
    write("tool = 1\n", "a/pyproject.toml")
    assert find(Path("a")) == file.absolute()


# Files that are refused


def test_missing_file_is_refused(write: Write) -> None:
    assert messages(Path("nowhere.toml")) == ["cannot be read: No such file or directory"]


def test_directory_is_refused(tmp_path: Path) -> None:
    assert messages(tmp_path)[0].startswith("cannot be read: ")


def test_bytes_that_are_no_text_are_refused(write: Write) -> None:
    assert messages(write(b"a = '\xe9'\n")) == ["cannot be read: it is not UTF-8 text"]


def test_deep_nesting_is_refused(write: Write) -> None:
    assert len(problems(write("a = " + "[" * 100_000))) == 1


@pytest.mark.parametrize(
    ("text", "line", "end"), [("a = 1\nb 2\n", 2, "(column 3)"), ("a = [", None, "document)")]
)
def test_syntax_error_has_its_line(write: Write, text: str, line: int | None, end: str) -> None:
    (problem,) = problems(write(text))
    assert problem.line == line
    assert problem.message.startswith("this is not TOML: ")
    assert problem.message.endswith(end)


def test_number_without_end_is_refused(write: Write) -> None:
    assert len(problems(write("a = " + "1" * 5000))) == 1


@pytest.mark.parametrize("text", [OTHER, "tool = 1\n", "[tool]\nvcgen = 1\n"])
def test_pyproject_without_the_table_is_refused(write: Write, text: str) -> None:
    (problem,) = problems(write(text, "pyproject.toml"))
    assert problem.message == "there is no table [tool.vcgen]"
    assert "[[tool.vcgen.clients]]" in problem.hint


@pytest.mark.parametrize("text", ["", "clients = []\n"])
def test_config_without_clients_is_refused(write: Write, text: str) -> None:
    (problem,) = problems(write(text))
    assert problem.message == "clients: there is no client"
    assert "[[clients]]" in problem.hint


def test_single_brackets_are_refused_with_the_right_header(write: Write) -> None:
    (problem,) = problems(write('[clients]\nspec = "a"\n'))
    assert problem.message == "clients: must be an array of tables"
    assert "[[clients]]" in problem.hint
    (problem,) = problems(write('[tool.vcgen.clients]\nspec = "a"\n', "pyproject.toml"))
    assert "[[tool.vcgen.clients]]" in problem.hint


def test_docstrings_and_opaque_schemas(write: Write) -> None:
    (plain,) = load(write(CLIENT)).clients
    assert (plain.docs, plain.opaque) == ("full", ())
    (client,) = load(write(f'{CLIENT}docs = "summary"\nopaque = ["A", "B", "A"]\n')).clients
    assert (client.docs, client.opaque) == ("summary", ("A", "B"))


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        ('docs = "sumary"', "docs: unknown docs 'sumary'", "did you mean 'summary'?"),
        ("docs = true", "docs: must be a string", 'write `docs = "summary"`'),
        ('opaque = "A"', "opaque: must be an array", "write `opaque = "),
        ('opaque = [""]', "opaque[0]: must be a non-empty string", "write `opaque = "),
    ],
)
def test_docstrings_and_opaque_schemas_of_another_form(
    write: Write, line: str, message: str, hint: str
) -> None:
    (problem,) = problems(write(f"{CLIENT}{line}\n"))
    assert problem.message == f"clients[0].{message}"
    assert problem.hint.startswith(hint)


# Keys that are refused


@pytest.mark.parametrize(
    ("line", "key", "hint"),
    [
        ('operation = ["*"]', "operation", "did you mean `operations`?"),
        ("Strict = true", "Strict", "did you mean `strict`?"),
        ("renames = {}", "renames", "did you mean `rename`?"),
        (
            "zzz = 1",
            "zzz",
            "the keys are: allow_outside, base_path, dialect, docs, flavours, keep_going, layout, ",
        ),
        ("rename.schema = {}", "rename.schema", "did you mean `schemas`?"),
    ],
)
def test_unknown_key_is_refused(write: Write, line: str, key: str, hint: str) -> None:
    (problem,) = problems(write(f"{CLIENT}{line}\n"))
    assert problem.message == f"clients[0].{key}: unknown key"
    assert problem.hint.startswith(hint)


def test_unknown_key_at_the_top_is_refused(write: Write) -> None:
    problem, other = problems(write("[[client]]\n"))
    assert problem.message == "client: unknown key"
    assert problem.hint == "did you mean `clients`?"
    assert other.message == "clients: there is no client"


def test_table_for_pyproject_in_vcgen_toml_is_explained(write: Write) -> None:
    problem = problems(write(FULL))[0]
    assert problem.message == "tool: unknown key"
    assert "[[clients]]" in problem.hint


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("spec = 1", "spec: must be a string"),
        ("output = []", "output: must be a string"),
        ('operations = "GET /a"', "operations: must be an array"),
        ("operations = [1]", "operations[0]: must be a non-empty string"),
        ('operations = ["a", ""]', "operations[1]: must be a non-empty string"),
        ("operations = []", "operations: selects nothing"),
        ('roots = "Vcenter"', "roots: must be an array"),
        ("roots = [[]]", "roots[0]: must be a non-empty string"),
        ("strict = 1", "strict: must be true or false"),
        ('strict = "true"', "strict: must be true or false"),
        ("dialect = 3", "dialect: must be a string"),
        ('dialect = "vsfere"', "dialect: unknown dialect 'vsfere'"),
        ("rename = []", "rename: must be a table"),
        ("rename.tags = 1", "rename.tags: must be a table"),
        ('rename.tags = {"a b" = 1}', 'rename.tags."a b": must be a string'),
        ('spec = ""', "spec: is empty"),
        ('output = ""', "output: is empty"),
        ('spec = "https://x/a.json"', "spec: must be a file, not a URL"),
    ],
)
def test_wrong_value_is_refused(write: Write, line: str, message: str) -> None:
    kept = [old for old in CLIENT.splitlines() if old.split()[0] != line.split()[0]]
    assert messages(write("\n".join([*kept, line, ""]))) == [f"clients[0].{message}"]


def test_close_name_of_a_dialect_is_offered(write: Write) -> None:
    (problem,) = problems(write(CLIENT + 'dialect = "vSphere"\n'))
    assert problem.hint == "did you mean 'vsphere'?"


def test_missing_keys_are_refused_together(write: Write) -> None:
    assert messages(write("[[clients]]\n[[clients]]\nspec = 'a'\n")) == [
        "clients[0].spec: is missing",
        "clients[0].output: is missing",
        "clients[1].output: is missing",
    ]


def test_client_that_is_no_table_is_refused(write: Write) -> None:
    assert messages(write("clients = [1]\n"))[0] == "clients[0]: must be a table"


# Outputs


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("/gen/a", "must be relative to the folder of this file"),
        ("C:/gen/a", "must be relative to the folder of this file"),
        ("C:a", "must be relative to the folder of this file"),
        ("\\\\\\\\host\\\\share\\\\a", "must be relative to the folder of this file"),
        ("../a", "must not contain `..`"),
        ("gen/../../a", "must not contain `..`"),
        ("gen\\\\..\\\\..\\\\a", "must not contain `..`"),
        ("gen/..", "must not contain `..`"),
        (".", "must not be the folder of this file itself"),
        ("./", "must not be the folder of this file itself"),
        ("gen\\\\a", "must separate its parts by /"),
        ("gen/my-client", "'my-client' is not a Python identifier"),
        ("gen/1a", "'1a' is not a Python identifier"),
        ("gen/class", "'class' is a keyword of Python"),
        ("gen/ﬁle", "'ﬁle' is not normalized as Python reads it (NFKC)"),
        ("gen/a\\n", "'a\\n' is not a Python identifier"),
    ],
)
def test_wrong_output_is_refused(write: Write, output: str, message: str) -> None:
    file = write(CLIENT.replace("gen/a", output))
    assert messages(file) == [f"clients[0].output: {message}"]


@pytest.mark.parametrize("output", ["a", "_vendor/_a", "gen.d/a", "match", "prüfung"])
def test_good_output_is_kept(write: Write, output: str) -> None:
    assert load(write(CLIENT.replace("gen/a", output))).clients[0].output == output


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("gen/a", "is also that of clients[0]"),
        ("./gen/a/", "is also that of clients[0]"),
        ("gen/A", "is also that of clients[0]"),
        ("gen/a/b/c", "is inside that of clients[0]"),
        ("gen", "is around that of clients[0]"),
    ],
)
def test_outputs_that_meet_are_refused(write: Write, output: str, message: str) -> None:
    other = CLIENT.replace("gen/a", output)
    assert messages(write(CLIENT + other)) == [f"clients[1].output: {message}"]


def test_outputs_side_by_side_are_fine(write: Write) -> None:
    assert len(load(write(CLIENT + CLIENT.replace("gen/a", "gen/ab"))).clients) == 2


def test_standard_input_is_read_by_one_client(write: Write) -> None:
    text = CLIENT.replace("a.yaml", "-")
    assert messages(write(text + text.replace("gen/a", "gen/b"))) == [
        "clients[1].spec: clients[0] already reads standard input"
    ]


# Renames


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('schemas = {"A.B" = "a-b"}', "schemas.\"A.B\": 'a-b' is not a Python identifier"),
        ('schemas = {"A" = ""}', "schemas.\"A\": '' is not a Python identifier"),
        ('schemas = {"A" = "None"}', "schemas.\"A\": 'None' is a keyword of Python"),
        (
            'operations = {"GET /a" = "_get"}',
            "operations.\"GET /a\": '_get' begins with an underscore, which marks private names",
        ),
        ('schemas = {"A" = "str"}', "schemas.\"A\": 'str' must begin with a capital letter"),
        ('tags = {"A" = "myTag"}', "tags.\"A\": 'myTag' must be in snake_case"),
        ('parameters = {"from" = "from"}', "parameters.\"from\": 'from' is a keyword of Python"),
        ('properties = {"error" = "x"}', 'properties."error": names no property'),
    ],
)
def test_wrong_rename_is_refused(write: Write, line: str, message: str) -> None:
    assert messages(write(f"{CLIENT}rename.{line}\n")) == [f"clients[0].rename.{message}"]


def test_everything_wrong_is_told_at_once(write: Write) -> None:
    text = CLIENT + 'strict = 1\nzzz = 1\nrename.tags = {a = "B", b = "c-d"}\n'
    assert len(problems(write(text + CLIENT))) == 5


@pytest.mark.parametrize("top", ["", "tool.vcgen."])
def test_each_problem_has_its_line(write: Write, top: str) -> None:
    text = f"""\
[[{top}clients]]
spec = "a.yaml"
operations = [
    "*",
    3,
]
docs = "all"
layuot = "flat"
[{top}clients.rename.properties]
"A.b" = "c"
"no property" = "c"
[[{top}clients]]
spec = "b.yaml"
output = "b"
references = {{ "https://b/" = "b", "b" = "b" }}
"""
    found = problems(write(text, "pyproject.toml" if top else "vcgen.toml"))
    assert {one.message.partition(": ")[0]: one.line for one in found} == {
        "clients[0].layuot": 8,
        "clients[0].output": 1,
        "clients[0].operations[1]": 5,
        "clients[0].docs": 7,
        'clients[0].rename.properties."no property"': 11,
        'clients[1].references."b"': 15,
    }


@pytest.mark.parametrize(
    ("line", "flavours"),
    [
        ("", ("sync", "async")),
        ('flavours = ["sync"]', ("sync",)),
        ('flavours = ["async"]', ("async",)),
        ('flavours = ["async", "sync"]', ("sync", "async")),
    ],
)
def test_flavours(write: Write, line: str, flavours: tuple[str, ...]) -> None:
    assert load(write(f"{CLIENT}{line}\n")).clients[0].flavours == flavours


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("flavours = []", "clients[0].flavours: selects no client"),
        ('flavours = ["threads"]', "clients[0].flavours[0]: unknown flavour 'threads'"),
        ('flavours = "sync"', "clients[0].flavours: must be an array"),
    ],
)
def test_flavours_that_make_no_sense(write: Write, line: str, message: str) -> None:
    (problem,) = problems(write(f"{CLIENT}{line}\n"))
    assert problem.message == message
    assert "sync" in (problem.hint or "")
