"""What the tests of changes share: their helper modules by name, and the cases as clients."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import importable

HERE = Path(__file__).resolve().parent
for folder in (HERE, HERE.parents[1] / "corpus"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with `before` and `after`: each case's caller beside its old and its new client."""
    from changes_cases import cases

    folder = tmp_path_factory.mktemp("changes")
    for case in cases():
        case.write_clients(folder)
    with importable(folder):
        yield folder
