"""What the tests of hostile input share."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from support import importable

GENERATED = Path(__file__).parents[2] / "generated"


@pytest.fixture(scope="module")
def vcenter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Import the client of `generated/` under another name, for other tests import it, too."""
    folder = tmp_path_factory.mktemp("vcenter")
    shutil.copytree(GENERATED / "vcenter_guest_customization", folder / "vcenter_copy")
    with importable(folder):
        yield importlib.import_module("vcenter_copy")
