"""The tree of a JSON text, without what Python reads and JSON does not know."""

from __future__ import annotations

import json
import re
from typing import Any

from vcgen.reading.lines import json_constant, lone_surrogate, repeated_json_key
from vcgen.reading.refusals import refusal, repeated_key, too_deep

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse(text: str) -> Any:
    """Return the tree of a JSON text.

    Raises:
        json.JSONDecodeError: It is not JSON.
        SpecError: It is JSON that has no single meaning, or cannot be written again.
    """
    repeated: list[str] = []
    constants: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        node = dict(pairs)
        if len(node) != len(pairs):
            repeated.append("")
        return node

    try:
        tree = json.loads(text, object_pairs_hook=mapping, parse_constant=constants.append)
    except RecursionError:
        raise too_deep() from None
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Python refuses to convert decimal numbers of more than 4300 digits.
        raise refusal("a number has thousands of digits", "write a number that fits") from None
    if constants:
        constant, offset = json_constant(text)
        raise json.JSONDecodeError(f"{constant} is not a number of JSON", text, offset)
    if repeated and (found := repeated_json_key(text)):
        raise repeated_key(*found)
    if _SURROGATE.search(text) and (lone := lone_surrogate(text)):
        message = f"{lone[0]} is half a character: it cannot be written to a file"
        raise refusal(message, "write the character itself, or both of its halves", lone[1])
    return tree


def dump(tree: Any) -> str:
    """Return a tree as a JSON text."""
    return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
