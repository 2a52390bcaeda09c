"""YAML mappings with a merge key `<<`, which YAML 1.1 had and hand-written documents still have.

What is merged comes at the place of the key, and gives way to what the mapping says itself; of
several mappings, the first to have a key decides (https://yaml.org/type/merge.html).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

from vcgen.errors import SpecError
from vcgen.reading.pyyaml import line_of
from vcgen.reading.refusals import refusal

MERGE = "tag:yaml.org,2002:merge"


class Entry(NamedTuple):
    """A key of a mapping and its value, as nodes of PyYAML."""

    key: Any
    value: Any


def entries(node: yaml.MappingNode) -> list[Entry]:
    """Return the entries of a mapping, its merge key replaced by what it stands for.

    Raises:
        SpecError: What is to be merged is no mapping, and no list of mappings.
    """
    if not any(key.tag == MERGE for key, _ in node.value):
        return [Entry(key, value) for key, value in node.value]
    own = {_identity(key): Entry(key, value) for key, value in node.value if key.tag != MERGE}
    found: dict[Any, Entry] = {}
    for key, value in node.value:
        for entry in _merged(value) if key.tag == MERGE else [Entry(key, value)]:
            identity = _identity(entry.key)
            found.setdefault(identity, own.get(identity, entry))
    return list(found.values())


def _merged(value: yaml.Node) -> list[Entry]:
    sources = value.value if isinstance(value, yaml.SequenceNode) else [value]
    if not all(isinstance(source, yaml.MappingNode) for source in sources):
        raise _no_mapping(value)
    return [entry for source in sources for entry in entries(source)]


def _identity(key: yaml.Node) -> object:
    # A key that is no scalar has a list as its value, and is refused by the one who reads it.
    return key.value if isinstance(key, yaml.ScalarNode) else id(key)


def _no_mapping(value: yaml.Node) -> SpecError:
    line = line_of(value)
    return refusal("the merge key << does not refer to a mapping", "give it an alias of one", line)
