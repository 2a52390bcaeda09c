"""Whether a document may need other files, told by its text alone."""

from __future__ import annotations

import re

_INTERNAL = re.compile(r"""\$ref["']?[ \t]*:[ \t]*["']#""")
_ESCAPED = ("\\u0024", "\\x24")
_FILE = re.compile(r"\.(?:json|ya?ml)\b")
_MAPPING = re.compile(r"mapping\b")
# What may stand before a key, or before the anchor or the tag that it has in YAML.
_BEFORE_KEYS = frozenset("\"'{,?-\n\r")
_FAR = 200


def may_refer_to_files(text: str) -> bool:
    """Tell whether a text needs a closer look; it takes milliseconds for megabytes."""
    internal = len(_INTERNAL.findall(text))
    if text.count("$ref") != internal or any(dollar in text for dollar in _ESCAPED):
        return True
    # The mapping of a discriminator names files without a $ref. Descriptions have the word, too.
    return _FILE.search(text) is not None and any(
        _is_key(text, found.start()) for found in _MAPPING.finditer(text)
    )


def _is_key(text: str, at: int) -> bool:
    """Tell whether a word may be a key: in doubt, it is one."""
    before = text[max(at - _FAR, 0) : at].rstrip(" \t")
    return not before or before[-1] in _BEFORE_KEYS or before.split()[-1].startswith(("&", "!"))
