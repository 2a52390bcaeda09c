"""From texts to files on disk: owned, checked, compared, and written all together or not at all.

This room alone writes, and what it may remove or overwrite is said by the manifest beside each
package.
"""

from __future__ import annotations

from vcgen.publishing.directory import compare, complete, diff, write, write_file
from vcgen.publishing.leftovers import left_over, remove
from vcgen.publishing.manifest import Manifest, Plan, load, settled

__all__ = [
    "Manifest",
    "Plan",
    "compare",
    "complete",
    "diff",
    "left_over",
    "load",
    "remove",
    "settled",
    "write",
    "write_file",
]
