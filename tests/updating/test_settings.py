"""The text of a configuration is rewritten for other clients, however somebody has written it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from vcgen.config import ClientConfig, Renames, load, read_text
from vcgen.errors import ConfigError
from vcgen.updating.settings import rewritten

HEAD = '[[clients]]\nspec = "acme.yaml"\noutput = "acme_api"\n'
OTHER = HEAD.replace("acme_api", "other_api")
NEW: Mapping[str, Any] = {
    "operations": ("GET /b", "GET /c"),
    "renames": Renames(
        schemas=MappingProxyType({'Acme."B"\n\x1b[31m': "B", "Ä.x": "X"}),
        tags=MappingProxyType({"Acme.Vm": "vm"}),
    ),
}


def rewrite(
    folder: Path, text: str, name: str = "vcgen.toml", first_only: bool = False, **new: Any
) -> str:
    """Return what becomes of a text, which says what it should, and is not changed again."""
    file = folder / name
    file.write_bytes(text.encode())
    config = load(file)
    wanted: list[ClientConfig] = []
    for i, client in enumerate(config.clients):
        wanted.append(client if first_only and i else client._replace(**new or NEW))
    written = rewritten(config, read_text(file), wanted)
    file.write_bytes(written.encode())
    again = load(file)
    assert again.clients == tuple(wanted)
    assert rewritten(again, written, wanted) == written
    return written


@pytest.mark.parametrize(
    "text",
    [
        HEAD,
        HEAD.rstrip("\n"),
        HEAD + 'operations = ["GET /b"]\nrename = {}\n',
        HEAD + "rename.schemas.Old = 'B' # why\nrename.tags.vm = 'vms'\nstrict = false\n",
        HEAD + 'operations = ["x"]\nrename.operations.list = "ls"\n',
        HEAD + "rename = {schemas = {Old = 'B'}}\n",
        HEAD + "[clients.rename]\nschemas.Old = 'B'\n[clients.rename.operations]\nx = 'y'\n",
        HEAD + "[clients.rename]\nschemas = {Old = 'B', Other = 'C'}\n",
        HEAD + "[clients.rename.tags]\n\n# The last word.\n",
        "clients = [{spec = 'a.yaml', output = 'a', rename = {tags = {vm = 'vms'}}}]\n",
        "clients = [\n  {spec = 'a.yaml', output = 'a'},\n  {spec = 'a.yaml', output = 'b'},\n]\n",
        "[[\"clients\"]]\n'spec' = 'a.yaml'\n\"output\" = 'a'\n\"rename\".tags.\"vm\" = 'q'\n",
        HEAD + OTHER + "rename.tags.a = 'b'\n" + OTHER.replace("other", "third"),
    ],
)
def test_every_form_of_a_configuration_can_be_rewritten(tmp_path: Path, text: str) -> None:
    rewrite(tmp_path, text)
    rewrite(tmp_path, text, operations=("GET /b",), layout="flat", renames=Renames())


@pytest.mark.parametrize(
    "text",
    [
        "[tool.vcgen]\nclients = [{spec = 'a.yaml', output = 'a'}] # ours\n\n[tool.z]\nx = 1\n",
        "[tool]\nvcgen.clients = [{spec = 'a.yaml', output = 'a'}]\n",
        "[[tool.vcgen.clients]]\nspec = 'a.yaml'\noutput = 'a'\n[tool.z]\nx = 1\n"
        "[[tool.vcgen.clients]]\nspec = 'a.yaml'\noutput = 'b'\n[project]\nname = 'x'\n",
    ],
)
def test_so_can_every_form_of_a_pyproject(tmp_path: Path, text: str) -> None:
    rewrite(tmp_path, text, "pyproject.toml")


@pytest.mark.parametrize(
    "text",
    [
        # These are beyond tomlkit: it would lose an entry, or write one where it means another.
        "clients = [{spec = 'a.yaml', output = 'a', rename.tags.vm = 'vms'}]\n",
    ],
)
def test_what_cannot_be_rewritten_is_refused_and_never_spoilt(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="cannot be written into this file"):
        rewrite(tmp_path, text)


def test_dotted_keys_stay_dotted(tmp_path: Path) -> None:
    text = HEAD + "rename.schemas.Old = 'B' # why\nstrict = false\n\n# another\n" + OTHER
    written = rewrite(
        tmp_path, text, first_only=True, renames=NEW["renames"]._replace(schemas={"New": "B"})
    )
    assert written == (
        HEAD + 'rename.schemas.New = "B"\nstrict = false\nrename.tags."Acme.Vm" = "vm"\n'
        "\n# another\n" + OTHER
    )


def test_the_comment_above_a_client_stays_above_it(tmp_path: Path) -> None:
    text = f"# one\n{HEAD}# of one\n\n# two\n{OTHER}# the end\n"
    written = rewrite(tmp_path, text, first_only=True)
    assert written.startswith(f"# one\n{HEAD}# of one\n")
    assert written.endswith(
        f'\n[clients.rename.tags]\n"Acme.Vm" = "vm"\n\n# two\n{OTHER}# the end\n'
    )


def test_a_comment_beside_a_pattern_stays_beside_it(tmp_path: Path) -> None:
    text = HEAD + 'operations = [\n  # first\n  "GET /b", # b\n  "old", # the other\n]\n'
    written = rewrite(tmp_path, text)
    assert written.startswith(text.replace("old", "GET /c"))
    text = HEAD + 'operations = [\n  "x", # x\n  "GET /b", # b\n  "GET /c" # c\n  # end\n]\n'
    assert rewrite(tmp_path, text).startswith(text.replace('  "x", # x\n', ""))


def test_line_ends_and_the_byte_order_mark_stay(tmp_path: Path) -> None:
    written = rewrite(tmp_path, "\ufeff" + (HEAD + OTHER).replace("\n", "\r\n"))
    assert written.startswith("\ufeff[[clients]]\r\n")
    assert written.count("\n") == written.count("\r\n") > 10
