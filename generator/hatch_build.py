"""A step of building the wheel: the templates are compiled, the run-time is taken apart."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GENERATOR = Path(__file__).parent


class AheadHook(BuildHookInterface):
    """Adds `vcgen/ahead/` to a wheel, but not to an editable one: files move under that."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files, and name them to the builder."""
        if version == "editable":
            return
        sys.path.insert(0, str(GENERATOR))
        import jinja2
        from vcgen.writing import ahead, rendering, taking

        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        templates = folder / ahead.TEMPLATES
        rendering.environment(88).compile_templates(templates, zip=None, ignore_errors=False)
        (folder / ahead.JINJA).write_text(jinja2.__version__, encoding="ascii")
        for file, text in ahead.taken_apart(taking.sources(taking.RUNTIME)).items():
            (folder / file).write_text(text, encoding="ascii")
        build_data["force_include"][str(folder)] = "vcgen/ahead"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the files: they are in the wheel."""
        if version != "editable":
            self._folder.cleanup()
