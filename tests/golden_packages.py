"""The packages of the golden cases: made when they are asked for, and what of them is expected.

Most of a package is copied from the run-time, and the same in each. `expected/` holds the text of
the run-time where a case is about it; elsewhere the names of what was copied stand in its place,
and manifests hold no digests of the files.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from support import selected
from vcgen.config import ClientConfig
from vcgen.config.files import load
from vcgen.pipeline import generate
from vcgen.writing.definitions import BOTH, Definition, parse
from vcgen.writing.taking import RUNTIME

CASES = Path(__file__).parent / "golden"

ABOUT_THE_RUNTIME = frozenset(
    {
        "additional_properties_sent",  # objects that keep what they do not declare
        "binary_reply",  # replies that are read as they arrive
        "body_multipart",  # forms of parts, files
        "errors_mixed_bodies",  # errors whose bodies the operations tell apart
        "fragment",  # a session
        "minimal",  # nothing but what each package has
        "one_of_plain",  # alternatives
        "styles_query",  # parameters in styles
    }
)


@cache
def _scratch() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="golden")


@cache
def golden_packages(case: str) -> tuple[Path, ...]:
    """Return the folders of the packages of a case, generated."""
    return tuple(_made(case, client) for client in load(CASES / case / "vcgen.toml").clients)


def golden_package(case: str) -> Path:
    """Return the folder of the only package of a case, generated."""
    (folder,) = golden_packages(case)
    return folder


@cache
def faked_packages(case: str) -> tuple[Path, ...]:
    """Return the folders of the packages of a case, generated with their fake servers."""
    clients = load(CASES / case / "vcgen.toml").clients
    return tuple(_made(case, one._replace(testing=True), f"faked_{case}_") for one in clients)


def _made(case: str, client: ClientConfig, start: str = "") -> Path:
    folder = Path(_scratch().name) / f"{start}{client.package_name}"
    for path, text in generate(selected(client, CASES / case)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def shortened(case: str, files: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a package with names in place of what was copied."""
    if case in ABOUT_THE_RUNTIME:
        return dict(files)
    return {path: _SHORTENED.get(Path(path).suffix, str)(text) for path, text in files.items()}


def _without_digests(manifest: str) -> str:
    """Return a manifest without what moves with vcgen: its version, the digests of the files."""
    manifest = re.sub(r'(?<="vcgen": )".*"', '"version"', manifest)
    files = re.compile(r'(?<="files": )\{.*?\}', re.DOTALL)
    return files.sub(lambda found: re.sub("sha256:[0-9a-f]{64}", "sha256", found[0]), manifest)


def _shortened(text: str) -> str:
    for one in parse(text, flavours=BOTH):
        if _key(one) in _of_the_runtime():
            text = text.replace(f"{one.text}\n", f"# run-time: {', '.join(one.names)}\n", 1)
    return re.sub(r"(# run-time: .*\n)\n+(?=# run-time: )", r"\1", text)


@cache
def _of_the_runtime() -> frozenset[tuple[tuple[str, ...], str]]:
    """Return the definitions of the run-time, for packages of both flavours and of one."""
    return frozenset(
        _key(one)
        for path in RUNTIME.rglob("*.py")
        for flavours in (BOTH, ("sync",), ("async",))
        for one in parse(path.read_text(encoding="utf-8"), flavours=flavours)
    )


def _key(definition: Definition) -> tuple[tuple[str, ...], str]:
    return definition.names, definition.text


_SHORTENED = {".py": _shortened, ".lock": _without_digests}
