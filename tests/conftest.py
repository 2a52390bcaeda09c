"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import httpcore2
import pytest
from driving import Driver

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="accept what the golden cases print and write now",
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no core waits for them at the end."""
    items.sort(key=lambda item: item.path.name not in {"test_golden.py", "test_packaging.py"})


@pytest.fixture(scope="session", autouse=True)
def certificates_once() -> Iterator[None]:
    """Load the certificates of the system once: for each HTTP client, it takes 50 ms of CPU."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", cache(httpcore2.default_ssl_context))
        yield


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture
def shared(root: Path) -> Path:
    """The folder of the vendors' documents, which are too large to be part of the project."""
    folder = root.parent / "shared"
    if not (folder / "specs").is_dir():
        pytest.skip("the vendors' documents are not here: ../shared/specs is missing")
    return folder


@pytest.fixture(params=["sync", "async"])
def drive(request: pytest.FixtureRequest) -> Driver:
    """What calls the clients of golden packages, either of them."""
    return Driver(request.param == "async")
