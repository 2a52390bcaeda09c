"""Labels: what the documents of one client are called, where names have to tell them apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from vcgen.reading.name_parts import name_parts

_SUFFIX = re.compile(r"\.(json|ya?ml)$", re.IGNORECASE)


def labels(files: Sequence[str]) -> list[str]:
    """Return a label for each file: its name, with folders as far as that takes to be unique.

    Args:
        files: The paths as the configuration has them, with `/` between their parts.
    """
    parts = [_parts(file) for file in files]
    longest = max(map(len, parts))
    for length in range(1, longest + 1):
        found = [".".join(one[-length:]) for one in parts]
        if len(set(found)) == len(found):
            return found
    return [f"{'.'.join(one)}.{number}" for number, one in enumerate(parts, start=1)]


def _parts(file: str) -> list[str]:
    return name_parts(PurePosixPath(_SUFFIX.sub("", file)).parts) or ["document"]
