"""The generated client is imported from `generated/`."""

from __future__ import annotations

import sys
from pathlib import Path

GENERATED = str(Path(__file__).parents[2] / "generated")
if GENERATED not in sys.path:
    sys.path.insert(0, GENERATED)
