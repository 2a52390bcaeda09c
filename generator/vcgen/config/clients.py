"""What a configuration says, as frozen data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Literal, NamedTuple

from vcgen.config.declarations import Declaration

Dialect = Literal["auto", "vsphere", "plain"]
Docs = Literal["full", "summary"]
Layout = Literal["auto", "flat", "split"]
Python = Literal["3.11", "3.12", "3.13", "3.14"]


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Renames(NamedTuple):
    """Names of the spec and the Python names to use instead.

    Attributes:
        schemas: Schema to class.
        tags: Tag to the resource attribute of the client.
        operations: operationId or `GET /path` to method.
        properties: `Schema.property` to field.
        parameters: Parameter to argument.
    """

    schemas: Mapping[str, str] = _NOTHING
    tags: Mapping[str, str] = _NOTHING
    operations: Mapping[str, str] = _NOTHING
    properties: Mapping[str, str] = _NOTHING
    parameters: Mapping[str, str] = _NOTHING

    def unknown(self, known: Mapping[str, Set[str]]) -> Iterator[tuple[str, str]]:
        """Yield the table and the key of each entry whose key is not among those that are known.

        Args:
            known: The names of the document that mean something, by the name of the table.
        """
        for table, names in self._asdict().items():
            for key in names:
                if key not in known[table]:
                    yield table, key


FLAVOURS = ("sync", "async")


class ClientConfig(NamedTuple):
    """One client to generate.

    Attributes:
        spec: The document, relative to the folder of the config file; "-" is standard input. Of
            several, the first: of what two of them have, it decides.
        output: The package to write, relative to the same folder, with `/` between its parts.
        operations: What to keep: `GET /path`, operationId, tag, or a glob over these.
        dialect: The conventions that the document follows.
        roots: Leading words that names leave out; None is what the dialect says.
        modules: The modules of models in a package of many, by the first words of their classes;
            () is one for each first word.
        strict: Whether a known defect is refused instead of repaired.
        renames: The names that the user chose.
        media_types: Those preferred where there is a choice; JSON comes first by itself.
        allow_outside: Whether `$ref` may lead to files outside the folder of the document.
        references: Folders that hold what is below a URL, by the beginning of the URL; relative as
            `spec` is.
        media_choices: Those of single operations; checked as the waiters are.
        layout: One module of models and one of operations, or many; auto goes by the size.
        keep_going: Whether what can be generated is, though something else cannot.
        flavours: Which clients there are: `sync`, `async`, or both.
        overlays: Files that correct the document, in this order; relative as `spec` is.
        docs: Whether docstrings hold whole descriptions, or their first sentences.
        opaque: Schemas of which nothing is generated: they are plain dictionaries.
        line_length: How many columns a line of code or prose may have.
        python: The oldest Python that the package has to run on, whose syntax it may use.
        also: The other documents, in order.
        testing: Whether the package has a fake server for tests.
        recording: Whether the package can record its traffic.
        waiters: What can be waited for; what the tables say is checked against the document.
        pages: Which results come in pages, and how; checked as the waiters are.
        base_path: The path in the URL that callers pass, with which every address begins; None is
            what the document says.
    """

    spec: str
    output: str
    operations: tuple[str, ...] = ("*",)
    dialect: Dialect = "auto"
    roots: tuple[str, ...] | None = None
    modules: tuple[str, ...] = ()
    strict: bool = False
    renames: Renames = Renames()
    media_types: tuple[str, ...] = ()
    media_choices: tuple[Declaration, ...] = ()
    layout: Layout = "auto"
    allow_outside: bool = False
    references: Mapping[str, str] = _NOTHING
    overlays: tuple[str, ...] = ()
    keep_going: bool = False
    flavours: tuple[str, ...] = FLAVOURS
    docs: Docs = "full"
    opaque: tuple[str, ...] = ()
    line_length: int = 88
    python: Python = "3.11"
    also: tuple[str, ...] = ()
    recording: bool = False
    testing: bool = False
    waiters: tuple[Declaration, ...] = ()
    pages: tuple[Declaration, ...] = ()
    base_path: str | None = None

    @property
    def specs(self) -> tuple[str, ...]:
        """All of its documents, in order."""
        return (self.spec, *self.also)

    @property
    def package_name(self) -> str:
        """The name that the generated package is imported by."""
        return PurePosixPath(self.output).name


class Config(NamedTuple):
    """A config file as it was read; `clients` is never empty."""

    file: Path
    clients: tuple[ClientConfig, ...]

    @property
    def root(self) -> Path:
        """The folder that the paths of the config are relative to."""
        return self.file.parent
