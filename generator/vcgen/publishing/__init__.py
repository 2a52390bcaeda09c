"""From texts to files on disk: owned, checked, compared, and written all together or not at all.

This room alone writes, and what it may remove or overwrite is said by the manifest beside each
package.
"""

from __future__ import annotations

from vcgen.publishing.directory import compare, complete, diff, recover, write, write_file
from vcgen.publishing.leftovers import left_over, remove
from vcgen.publishing.manifest import Manifest, Plan, left_behind, load, settled

__all__ = [
    "Manifest",
    "Plan",
    "compare",
    "complete",
    "diff",
    "left_behind",
    "left_over",
    "load",
    "recover",
    "remove",
    "settled",
    "write",
    "write_file",
]
