"""`[tool.vcgen]` of pyproject.toml, or vcgen.toml, as frozen data."""

from __future__ import annotations

from vcgen.config.checking import package_name_problem
from vcgen.config.clients import ClientConfig, Config, Dialect, Layout, Renames
from vcgen.config.declarations import Declaration
from vcgen.config.files import OUTPUTS, PYPROJECT, VCGEN_TOML, find, load, parsed, read_text, search

__all__ = ["ClientConfig", "Config", "Declaration", "Dialect", "Layout", "Renames"]
__all__ += ["OUTPUTS", "PYPROJECT", "VCGEN_TOML", "find", "load", "parsed", "read_text", "search"]
__all__ += ["package_name_problem"]
