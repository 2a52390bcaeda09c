"""Texts without quotes that YAML reads as something else: `type: string` with `enum: [01, 02]`.

Authors forget the quotes, and PyYAML writes `08` without any, which is no number of YAML 1.1. What
a number or a boolean of YAML 1.2 (section 10.3.2) was written as is lost with its tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from vcgen.reading.pyyaml import TAG
from vcgen.text.pointers import child

_TYPES = frozenset({f"{TAG}{kind}" for kind in ("bool", "float", "int")})
# What a schema lists, and what it has where nothing is given.
_VALUES = frozenset({"const", "default", "enum"})
# How a number or boolean is written where nothing but its value is meant, and how else it can be.
_USUAL = r"(?:-?(?:0|[1-9][0-9]*)(?:\.(?:0|[0-9]*[1-9]))?|true|false)"
_ANY = (
    r"(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|0o[0-7]+|0x[0-9a-fA-F]+|True|TRUE|False|FALSE)"
)
_END = r"(?=[ \t]*(?:[,\]}#\r\n]|\Z))"
_UNUSUAL = rf"(?!{_USUAL}{_END}){_ANY}{_END}"

# Where a text that is not read yet may have them.
_LIST = re.compile(r"enum[\"']?:\s*(?:\[[^\]]*|(?:#.*\s*)?(?:- .*\s*)*)")
_IN_LIST = re.compile(rf"[-,\[]\s*{_UNUSUAL}")
# Each begins with a word, which is how `re` finds it soon.
_DEFAULT = re.compile(rf"default[\"']?:[ \t]+{_UNUSUAL}")
_CONST = re.compile(rf"const[\"']?:[ \t]+{_UNUSUAL}")


def may_be_in(text: str) -> bool:
    """Tell whether a text may have such values; most have none."""
    is_listed = any(map(_IN_LIST.search, _LIST.findall(text)))
    return is_listed or bool(_DEFAULT.search(text) or _CONST.search(text))


def quoted(root: Any) -> Iterator[tuple[str, str]]:
    """Make such values texts, as they are written, in the nodes that PyYAML has of a document.

    Yield the JSON pointer of each schema that had some, and the first of them.

    Raises:
        SpecError: What is to be merged is no mapping.
    """
    from vcgen.reading.merging import entries  # not before it is needed: it imports PyYAML

    waiting = [("#", root)]
    seen: set[int] = set()
    for pointer, node in waiting:  # which grows on the way
        if node is None or node.id == "scalar" or id(node) in seen:
            continue
        seen.add(id(node))
        if node.id == "sequence":
            waiting += [(child(pointer, index), one) for index, one in enumerate(node.value)]
            continue
        inner = [(key.value, value) for key, value in entries(node) if key.id == "scalar"]
        waiting += [(child(pointer, key), value) for key, value in inner]
        if any(key == "type" and _is_text(value) for key, value in inner):
            values = chain.from_iterable(_scalars(one) for key, one in inner if key in _VALUES)
            found = [one for one in values if one.tag in _TYPES]
            unusual = [one.value for one in found if not re.fullmatch(_USUAL, one.value)]
            if unusual:
                for one in found:
                    one.tag = f"{TAG}str"
                yield pointer, unusual[0]


def _scalars(node: Any) -> list[Any]:
    inner = node.value if node.id == "sequence" else [node]
    return [one for one in inner if one.id == "scalar"]


def _is_text(type_: Any) -> bool:
    """Tell whether a type is that of texts, beside which there may be null."""
    names = {one.value for one in _scalars(type_)}
    return "string" in names and names <= {"string", "null"}
