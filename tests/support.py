"""What tests of several rooms share: the command in this process, folders of files, imports."""

from __future__ import annotations

import contextlib
import difflib
import io
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from vcgen import pipeline
from vcgen.cli import main
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic
from vcgen.reading.document import Document, read
from vcgen.reading.opened import Single
from vcgen.reading.opening import opened


@dataclass(frozen=True)
class Outcome:
    """How a run of the command ended."""

    code: int
    out: str
    err: str = ""

    def __post_init__(self) -> None:
        # Nobody ever wants to see a traceback.
        assert "Traceback" not in self.out + self.err


Vcgen = Callable[..., Outcome]
"""What runs the command with some arguments, and perhaps with `stdin`."""


def run(
    arguments: Sequence[str | Path], capsys: pytest.CaptureFixture[str], stdin: str = ""
) -> Outcome:
    """Run the command in this process, where nothing is a terminal."""
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as exit_:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    assert "\033" not in said.out + said.err
    return Outcome(int(exit_.value.code or 0), said.out, said.err)


def run_on_terminal(*arguments: str) -> Outcome:
    """Run the command in this process, on a pseudo terminal that shows both of its streams."""
    pty = pytest.importorskip("pty")
    handle, slave = pty.openpty()
    shown = bytearray()

    def show() -> None:
        with contextlib.suppress(OSError):  # so ends a pseudo terminal on Linux
            while data := os.read(handle, 65536):
                shown.extend(data)

    reader = threading.Thread(target=show)
    reader.start()
    with (
        os.fdopen(slave, "w", encoding="utf-8") as stream,
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
        pytest.raises(SystemExit) as exit_,
    ):
        main(arguments)
    reader.join()
    os.close(handle)
    return Outcome(int(exit_.value.code or 0), shown.decode().replace("\r\n", "\n"))


def open_document(file: str) -> Single:
    """Open a document, all of whose operations matter."""
    return opened(read(file))


def reference(name: str, section: str = "schemas") -> dict[str, str]:
    """Return a reference to a component."""
    return {"$ref": f"#/components/{section}/{name}"}


def places(node: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the keys that lead to each part of some plain data."""
    if not isinstance(node, dict | list):
        return
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        yield (*above, key)
        yield from places(value, (*above, key))


def counting(patch: pytest.MonkeyPatch, *functions: tuple[Any, str]) -> Counter[str]:
    """Return how often functions are called from now on, by name; each with what it is of."""
    counts: Counter[str] = Counter()

    def counted(owner: Any, name: str) -> None:
        original: Callable[..., Any] = getattr(owner, name)

        def call(*arguments: Any, **named: Any) -> Any:
            counts[name] += 1
            return original(*arguments, **named)

        patch.setattr(owner, name, call)

    for owner, name in functions:
        counted(owner, name)
    return counts


def write_document(folder: Path, document: Mapping[str, Any]) -> Path:
    """Write a document in JSON into a folder, and return the file."""
    file = folder / "document.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def line_of(document: Document, pointer: str) -> int | None:
    """Return the line of what a JSON pointer into a document names, counted from 1, if known."""
    return document.locate(Diagnostic("", pointer)).line


def selected(client: ClientConfig, root: Path) -> pipeline.Selection:
    """Return what a client is generated from; `root` is the folder that its paths are below."""
    return pipeline.cut(client, pipeline.open_whole(client, root))


def texts(folder: Path) -> dict[str, str]:
    """Return the files below a folder by path, but for what imports leave there."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, and return it."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def difference(wanted: Mapping[str, str], found: Mapping[str, str]) -> str:
    """Return what is in some files, and not in those that are expected, as a diff."""
    return "".join(
        line
        for path in sorted(wanted.keys() | found.keys())
        for line in difflib.unified_diff(
            wanted.get(path, "").splitlines(keepends=True),
            found.get(path, "").splitlines(keepends=True),
            f"expected/{path}",
            f"found/{path}",
        )
    )


@contextlib.contextmanager
def importable(folder: Path) -> Iterator[Path]:
    """Let the packages of a folder be imported; they are forgotten at the end."""
    sys.path.insert(0, str(folder))
    try:
        yield folder
    finally:
        sys.path.remove(str(folder))
        # A configuration, `vcgen.toml`, is not the package of that name.
        ours = {path.stem for path in folder.iterdir()} - {"vcgen"}
        for name in [name for name in sys.modules if name.partition(".")[0] in ours]:
            del sys.modules[name]
