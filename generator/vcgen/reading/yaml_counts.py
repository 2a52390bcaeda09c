"""What shows, without the events of a YAML text, that its tree holds all that it says.

Reading the events costs more than reading the tree. Most texts can do without: in each of them,
every colon is either the one between a key and its value or a character of some text of the tree.
If a key is repeated, py-yaml12 drops an entry, and its colon is in the text alone. In the same way
the braces tell whether there is a mapping in braces, which may have keys without a colon.

What is not certain here counts as not so: the events decide.
"""

from __future__ import annotations

import re
from itertools import chain
from types import NoneType
from typing import Any

from vcgen.reading import limits
from vcgen.reading.refusals import MAX_DEPTH

_MARKS = b":,-?[{"
# The most events that one of these can be the reason of: a mapping of one key, and its end.
_EVENTS = 4
# How names of anchors and aliases may begin. Two that are one name begin in the same way.
_ANCHOR = re.compile(r"&([\w-]+|[^\s,\[\]{}])")
_ALIAS = re.compile(
    r"\*(?<![^\s,\[\]{}:?\"'-]\*)(?!(?<=[\"']\*)[\"'])([\w-]+|[^\s,\[\]{}])"  # but not '*'
)
# What may begin another document.
_ANOTHER = re.compile(r"\n(?:---|\.\.\.)")
# These begin with what is rare, which is how `re` finds them soon.
_MERGE_KEY = re.compile("<<")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_DEEP_PREFIX = re.compile(rf"\n[ \t?:-]{{{2 * MAX_DEPTH}}}")
# Colons with no more than a comment, a tag or an anchor between them: each is a mapping whose key
# and value are left out, but for the one mapping that is its value.
_BETWEEN = r"(?>\s++|\#[^\n]*+|[&!][^\s,\[\]{}]*+)*+"
_COLONS = re.compile(rf":{_BETWEEN}(?>:{_BETWEEN})++")
_ESCAPED_MARK = re.compile(r"\\[xuU]0*(?:3[aA]|7[bB])")
# A key after a question mark, but for one of a single line with its value below.
_KEY_ALONE = re.compile(r"\?(?<![^\s\[{,]\?)(?=\s|\Z)(?! [\w/][^\n\"']*\n *: )")

_CONTAINERS = (dict, list)
_TYPES = frozenset({dict, list, str, bool, int, float, NoneType})


def is_harmless(text: str) -> bool:
    """Tell whether a text is known to have no alias, no merge key, and no more than it may.

    Neither has it a key without a colon, but in braces.
    """
    data = text.encode(errors="replace")
    # To leave them out of the text takes a third of the time that counting each of them does.
    events = _EVENTS * (len(data) - len(data.translate(None, _MARKS)))
    return (
        events + text.count("\n") < limits.max_nodes()
        and not _MERGE_KEY.search(text)
        and not _ANOTHER.search(text)
        and not _LONE_RETURN.search(text)
        and deep_place(text) is None
        and not _ESCAPED_MARK.search(text)
        and not _KEY_ALONE.search(text)
        and set(_ANCHOR.findall(text)).isdisjoint(_ALIAS.findall(text))
    )


def deep_place(text: str) -> int | None:
    """Return where marks begin that may stand for more levels than a text may have, or None.

    Of colons, py-yaml12 goes down into each, however many there are; PyYAML reads no more than one.
    """
    if _DEEP_PREFIX.match(f"\n{text[: 2 * MAX_DEPTH]}"):
        return 0
    if prefix := _DEEP_PREFIX.search(text):
        return prefix.start() + 1
    runs = (run for run in _COLONS.finditer(text) if run[0].count(":") > MAX_DEPTH)
    return next((run.start() for run in runs), None)


def is_whole(text: str, documents: list[Any]) -> bool:
    """Tell whether the trees of a harmless text are known to be one, and to hold all its entries.

    Nor is it nested too deeply then, and it has no tags, and no keys but texts.
    """
    if len(documents) != 1:
        return False
    colons, braces, depth = 0, 0, -1
    level: list[Any] = [documents]
    while level:
        depth += 1
        mappings = [node for node in level if type(node) is dict]
        keys = list(chain.from_iterable(mappings))
        inner = list(chain.from_iterable(node.values() for node in mappings))
        inner += chain.from_iterable(node for node in level if type(node) is list)
        if depth > MAX_DEPTH or not _TYPES.issuperset(map(type, inner)):
            return False
        if not {str}.issuperset(map(type, keys)):
            return False
        said = "\n".join(chain(keys, (one for one in inner if type(one) is str)))
        colons += len(keys) + said.count(":")
        braces += sum(not node for node in mappings) + said.count("{")
        level = [one for one in inner if type(one) in _CONTAINERS]
    return (colons, braces) == (text.count(":"), text.count("{"))
