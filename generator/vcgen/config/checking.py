"""Checking a configuration: tables become values, or a list of all that is wrong in them."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from keyword import iskeyword
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import MappingProxyType
from typing import Any, cast, get_args
from unicodedata import normalize

from vcgen.config.clients import FLAVOURS, ClientConfig, Dialect, Docs, Layout, Python, Renames
from vcgen.config.declarations import Declaration, is_plain, texts_of
from vcgen.config.examples import EXAMPLES
from vcgen.errors import Diagnostic, did_you_mean

_KINDS = {str: "a string", bool: "true or false", list: "an array", dict: "a table"}
# What black and ruff take, and what prose can be written in.
_LINE_LENGTHS = range(79, 321)
# RFC 3986, section 3.3; nothing that varies.
_BASE_PATH = re.compile(r"(/[\w.~!$&'()*+,;=:@%-]+)+", re.ASCII)
# What Windows takes for a device, whatever the folder (with any extension).
_DEVICES = frozenset(
    {"aux", "con", "nul", "prn"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
)
# What each package imports beside the standard library: the package would be found in its place.
_IMPORTED = frozenset({"httpx2", "msgspec"})
# A step to a place in the file: `."a name"`, `[0]` or `.key`.
_STEP = re.compile(r'"(.*)"|\[(\d+)\]|([^.\["]+)', re.DOTALL)
_NAMED = {
    "schemas": "class name",
    "tags": "attribute name",
    "operations": "method name",
    "properties": "field name",
    "parameters": "argument name",
}


_NUL = "must not contain a NUL character", "no path has one"


class Checker:
    """Turns tables into values, and collects all that is wrong on the way.

    Attributes:
        problems: What is wrong so far.
    """

    def __init__(self, file: Path, header: str, text: str) -> None:
        self.problems: list[Diagnostic] = []
        self._file = str(file)
        self._header = header
        self._source = text

    def problem(self, key: str, message: str, hint: str) -> None:
        """Note what is wrong about a key."""
        text = f"{key}: {message}" if key else message
        line = self._line(key)
        self.problems.append(Diagnostic(text, hint=hint, file=self._file, line=line))

    def _line(self, key: str) -> int | None:
        """Return the line of a key, or of the nearest table that would have it."""
        # Imported here, for a configuration without problems asks for none.
        from vcgen.config.lines import lines_of

        lines, path = lines_of(self._source), self._path(key)
        places = (path[:size] for size in range(len(path), 0, -1))
        return next((lines[place] for place in places if place in lines), None)

    def clients(self, table: Any) -> tuple[ClientConfig, ...]:
        """Return the clients that a table describes, as far as it makes sense."""
        hint = f"begin every client with a line {self._header}"
        if not isinstance(table, dict):
            self.problem("", "there is no table [tool.vcgen]", hint)
            return ()
        self._known(table, "", ("clients",))
        entries = table.get("clients")
        if not isinstance(entries, list) or not entries:
            what = "there is no client" if entries in (None, []) else "must be an array of tables"
            self.problem("clients", what, hint)
            return ()
        return tuple(self._client(entry, f"clients[{i}]") for i, entry in enumerate(entries))

    def _client(self, table: Any, at: str) -> ClientConfig:
        if not isinstance(table, dict):
            self.problem(at, "must be a table", f"begin it with a line {self._header}")
            table = {}
        keys = {*ClientConfig._fields} - {
            "renames",
            "also",
            "media_choices",
        } | {"rename"}
        self._known(table, at, sorted(keys))
        roots = self._texts(table, at, "roots") if "roots" in table else None
        spec, *also = self._specs(table, at)
        return ClientConfig(
            spec=spec,
            also=tuple(also),
            output=self._output(table, at),
            operations=self._operations(table, at),
            dialect=cast(Dialect, self._choice(table, at, "dialect", get_args(Dialect))),
            roots=roots,
            modules=self._modules(table, at),
            strict=bool(self._get(table, at, "strict", bool, False)),
            renames=self._renames(self._get(table, at, "rename", dict, {}), f"{at}.rename"),
            allow_outside=bool(self._get(table, at, "allow_outside", bool, False)),
            references=self._references(table, at),
            media_types=tuple(texts_of(table.get("media_types"))),
            media_choices=tuple(self._declarations(table, at, "media_types", str)),
            flavours=self._flavours(table, at),
            layout=cast(Layout, self._choice(table, at, "layout", get_args(Layout))),
            overlays=self._overlays(table, at),
            recording=bool(self._get(table, at, "recording", bool, False)),
            testing=bool(self._get(table, at, "testing", bool, False)),
            keep_going=bool(self._get(table, at, "keep_going", bool, False)),
            docs=cast(Docs, self._choice(table, at, "docs", get_args(Docs))),
            opaque=tuple(dict.fromkeys(self._texts(table, at, "opaque"))),
            line_length=self._line_length(table, at),
            python=cast(Python, self._choice(table, at, "python", get_args(Python))),
            waiters=tuple(self._declarations(table, at, "waiters")),
            pages=tuple(self._declarations(table, at, "pages")),
            base_path=self._base_path(table, at),
        )

    def _known(self, table: Mapping[str, Any], at: str, known: Collection[str]) -> None:
        for key in table:
            if key in known:
                continue
            hint = did_you_mean(key, known, f"the keys are: {', '.join(known)}", quote="`")
            if not at and key == "tool":
                hint = f"only pyproject.toml has [tool.vcgen]; here, write {self._header}"
            self.problem(f"{at}.{key}".lstrip("."), "unknown key", hint)

    def _get(self, table: Mapping[str, Any], at: str, key: str, kind: type, default: Any) -> Any:
        value = table.get(key, default)
        if value is default or isinstance(value, kind):
            return value
        hint = f"write `{key} = {EXAMPLES.get(key, '...')}`"
        self.problem(f"{at}.{key}", f"must be {_KINDS[kind]}", hint)
        return default

    def _text(self, table: Mapping[str, Any], at: str, key: str) -> str:
        value: str | None = self._get(table, at, key, str, None)
        if value == "" or key not in table:
            what = "is missing" if value is None else "is empty"
            self.problem(f"{at}.{key}", what, f"write `{key} = {EXAMPLES[key]}`")
        return value or ""

    def _texts(self, table: Mapping[str, Any], at: str, key: str) -> tuple[str, ...]:
        values: list[Any] = self._get(table, at, key, list, [])
        for i, value in enumerate(values):
            if not isinstance(value, str) or not value:
                hint = f"write `{key} = {EXAMPLES[key]}`"
                self.problem(f"{at}.{key}[{i}]", "must be a non-empty string", hint)
        return tuple(str(value) for value in values)

    def _modules(self, table: Mapping[str, Any], at: str) -> tuple[str, ...]:
        names = self._texts(table, at, "modules")
        for i, name in enumerate(names):
            if name and not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name):
                hint = f"write words in small letters: `modules = {EXAMPLES['modules']}`"
                self.problem(f"{at}.modules[{i}]", f'"{name}" is not the name of a module', hint)
        return tuple(dict.fromkeys(names))

    def _operations(self, table: Mapping[str, Any], at: str) -> tuple[str, ...]:
        if "operations" not in table:
            return ("*",)
        if table["operations"] == []:
            hint = 'list the operations to keep; ["*"], or no such key, keeps all'
            self.problem(f"{at}.operations", "selects nothing", hint)
        return self._texts(table, at, "operations")

    def _specs(self, table: Mapping[str, Any], at: str) -> tuple[str, ...]:
        """Return the documents, of which there is at least one."""
        if not isinstance(table.get("spec"), list):
            return (self._spec(self._text(table, at, "spec"), f"{at}.spec"),)
        specs = self._texts(table, at, "spec")
        for i, spec in enumerate(specs):
            self._spec(spec, f"{at}.spec[{i}]")
            if spec == "-" and len(specs) > 1:
                message = "standard input contains one document, and this client has several"
                self.problem(f"{at}.spec[{i}]", message, "name a file")
            elif spec in specs[:i]:
                self.problem(f"{at}.spec[{i}]", "appears twice", "name each document once")
        if not specs:
            self.problem(f"{at}.spec", "lists no document", f"write `spec = {EXAMPLES['spec']}`")
        return specs or ("",)

    def _spec(self, spec: str, at: str) -> str:
        if "://" in spec:
            hint = "download it and keep it beside the code, so that every run reads the same"
            self.problem(at, "must be a file, not a URL", hint)
        elif "\0" in spec:
            self.problem(at, *_NUL)
        return spec

    def _overlays(self, table: Mapping[str, Any], at: str) -> tuple[str, ...]:
        overlays = self._texts(table, at, "overlays")
        folder = Path(self._file).parent
        for i, overlay in enumerate(overlays):
            what, hint = (
                "",
                "keep the overlay beside the code, so that every run applies the same",
            )
            if overlay == "-" or "://" in overlay:
                what = f"must be a file, not {'standard input' if overlay == '-' else 'a URL'}"
            elif "\0" in overlay:
                what, hint = _NUL
            elif overlay and table["overlays"][i] == overlay and not _is_there(folder / overlay):
                what, hint = f"there is no file {overlay!r}", "correct the path, or create the file"
            if what:
                self.problem(f"{at}.overlays[{i}]", what, hint)
        return overlays

    def _references(self, table: Mapping[str, Any], at: str) -> Mapping[str, str]:
        folders: dict[str, Any] = self._get(table, at, "references", dict, {})
        for url, folder in folders.items():
            key, what = f'{at}.references."{url}"', ""
            if "://" not in url:
                what = "is not the beginning of a URL"
            elif not isinstance(folder, str) or not folder or "://" in folder:
                what = "must be a folder"
            elif "\0" in folder:
                what = _NUL[0]
            if what:
                self.problem(key, what, f"write `references = {EXAMPLES['references']}`")
        return MappingProxyType({url: str(folder) for url, folder in folders.items()})

    def _output(self, table: Mapping[str, Any], at: str) -> str:
        output = self._text(table, at, "output")
        path, windows = PurePosixPath(output), PureWindowsPath(output)
        hint = f"write a folder below that of this file: `output = {EXAMPLES['output']}`"
        what = ""
        if "\0" in output:
            what, hint = _NUL
        elif windows.anchor:
            what = "must be relative to the folder of this file"
        elif ".." in windows.parts:
            what = "must not contain `..`"
        elif "\\" in output:
            what = "must separate its parts by /"
        elif output and not path.name:
            what = "must not be the folder of this file itself"
        elif output and (problem := package_name_problem(path.name)):
            what = f"{path.name!r} {problem}"
            hint = "rename the last part, which is the name of the package"
        if what:
            self.problem(f"{at}.output", what, hint)
        return path.as_posix() if output and not what else ""

    def _choice(self, table: Mapping[str, Any], at: str, key: str, known: tuple[str, ...]) -> str:
        """Return one of several values, the first of which is the usual one."""
        value = str(self._get(table, at, key, str, known[0]))
        if value not in known:
            hint = f"write one of {', '.join(known)}"
            # Of numbers, the nearest by its digits is hardly the one that is meant.
            hint = hint if known[0][0].isdigit() else did_you_mean(value, known, hint, quote="'")
            self.problem(f"{at}.{key}", f"unknown {key} {value!r}", hint)
        return value

    def _base_path(self, table: Mapping[str, Any], at: str) -> str | None:
        if "base_path" not in table:
            return None
        value = str(self._get(table, at, "base_path", str, ""))
        if value and not _BASE_PATH.fullmatch(value):
            hint = f"write `base_path = {EXAMPLES['base_path']}`, or \"\" if the paths are complete"
            self.problem(f"{at}.base_path", "must be a path without a slash at its end", hint)
        return value

    def _line_length(self, table: Mapping[str, Any], at: str) -> int:
        usual: int = ClientConfig._field_defaults["line_length"]
        value = table.get("line_length", usual)
        if isinstance(value, int) and value in _LINE_LENGTHS and not isinstance(value, bool):
            return value
        what = f"must be a number from {_LINE_LENGTHS[0]} to {_LINE_LENGTHS[-1]}"
        hint = f"write the number that black or ruff has, as `line_length = {usual}`"
        self.problem(f"{at}.line_length", what, hint)
        return usual

    def _flavours(self, table: Mapping[str, Any], at: str) -> tuple[str, ...]:
        if "flavours" not in table:
            return FLAVOURS
        chosen = self._texts(table, at, "flavours")
        hint = 'write ["sync"] or ["async"]; leave out the key for both'
        for i, flavour in enumerate(chosen):
            if flavour and flavour not in FLAVOURS:
                self.problem(f"{at}.flavours[{i}]", f"unknown flavour {flavour!r}", hint)
        if table["flavours"] == []:
            self.problem(f"{at}.flavours", "selects no client", hint)
        return tuple(flavour for flavour in FLAVOURS if flavour in chosen)

    def _declarations(self, table: Any, at: str, key: str, *beside: type) -> Iterator[Declaration]:
        """Yield what tables declare of operations, maybe beside values of other types."""
        entries: list[Any] = self._get(table, at, key, list, [])
        for i, entry in enumerate(entries):
            place = f"{at}.{key}[{i}]"
            if entry and isinstance(entry, beside):
                continue
            if isinstance(entry, dict) and is_plain(entry):
                yield Declaration(entry, place, self._file, self._source, self._path(place))
            else:
                what = "contains a date or a time" if isinstance(entry, dict) else "must be a table"
                self.problem(place, what, f"write `{key} = {EXAMPLES[key]}`")

    def _path(self, place: str) -> tuple[str | int, ...]:
        """Return what leads to a place in the file, such as `clients[0].waiters[1]`."""
        top = self._header.strip("[]").split(".")[:-1]
        parts = (found.groups("") for found in _STEP.finditer(place))
        return (*top, *(int(index) if index else name or key for name, index, key in parts))

    def _renames(self, table: Mapping[str, Any], at: str) -> Renames:
        self._known(table, at, Renames._fields)
        return Renames(*(self._names(table, at, kind) for kind in Renames._fields))

    def _names(self, table: Mapping[str, Any], at: str, kind: str) -> Mapping[str, str]:
        names: dict[str, Any] = self._get(table, at, kind, dict, {})
        for name, value in names.items():
            key = f'{at}.{kind}."{name}"'
            if kind == "properties" and "." not in name.strip("."):
                self.problem(key, "names no property", 'write "Schema.property" as the key')
            if not isinstance(value, str):
                self.problem(key, "must be a string", f"write the {_NAMED[kind]} as a string")
            elif problem := _name_problem(value, kind):
                self.problem(key, f"{value!r} {problem}", f"choose another {_NAMED[kind]}")
        return MappingProxyType(names)

    def compare(self, clients: tuple[ClientConfig, ...]) -> None:
        """Note what is wrong between two clients."""
        for (i, one), (j, other) in combinations(enumerate(clients), 2):
            # Without regard to case: many disks have none.
            first = PurePosixPath(one.output.casefold())
            second = PurePosixPath(other.output.casefold())
            hint = "give each client its own folder"
            if not one.output or not other.output:
                continue
            if first == second:
                self.problem(f"clients[{j}].output", f"is also that of clients[{i}]", hint)
            elif first in second.parents or second in first.parents:
                where = "inside" if first in second.parents else "around"
                self.problem(f"clients[{j}].output", f"is {where} that of clients[{i}]", hint)
        piped = [i for i, client in enumerate(clients) if "-" in client.specs]
        for j in piped[1:]:
            message = f"clients[{piped[0]}] already reads standard input"
            self.problem(f"clients[{j}].spec", message, "name a file")


def identifier_problem(name: str) -> str:
    """Return what keeps `name` from being a Python identifier, or ""."""
    if not name.isidentifier():
        return "is not a Python identifier"
    if iskeyword(name):
        return "is a keyword of Python"
    return "" if normalize("NFKC", name) == name else "is not normalized as Python reads it (NFKC)"


def package_name_problem(name: str) -> str:
    """Return what keeps `name` from being the name of a generated package, or ""."""
    if problem := identifier_problem(name):
        return problem
    lowered = name.lower()
    if lowered in _DEVICES:
        return "is the name of a device on Windows"
    if name.startswith("__"):
        return "begins with two underscores, which Python reserves"
    if lowered in sys.stdlib_module_names or lowered in _IMPORTED:
        return "is the name of a module of Python or of a library"
    return ""


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:
        # Nobody knows; who reads it will be told the reason.
        return True


def _name_problem(name: str, kind: str) -> str:
    resource, dot, method = name.partition(".")
    if kind == "operations" and dot:
        return _name_problem(resource, "tags") or _name_problem(method, "method")
    if problem := identifier_problem(name):
        return problem
    if name.startswith("_"):
        return "begins with an underscore, which marks private names"
    # Functions and types of the code around it, such as `str`, begin with a small one.
    if kind == "schemas" and name[0].islower():
        return "must begin with a capital letter"
    # Modules are named after tags, and many disks do not tell A from a.
    return "must be in snake_case" if kind == "tags" and name != name.lower() else ""
