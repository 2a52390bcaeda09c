"""Whether a document may need other files, told by its text alone."""

from __future__ import annotations

import re

_INTERNAL = re.compile(r"""\$ref["']?[ \t]*:[ \t]*["']#""")
_ESCAPED = ("\\u0024", "\\x24")
_FILE = re.compile(r"\.(?:json|ya?ml)\b")


def may_refer_to_files(text: str) -> bool:
    """Tell whether a text needs a closer look; it takes milliseconds for megabytes."""
    internal = len(_INTERNAL.findall(text))
    if text.count("$ref") != internal or any(dollar in text for dollar in _ESCAPED):
        return True
    # The mapping of a discriminator names files without a $ref.
    return "mapping" in text and _FILE.search(text) is not None
