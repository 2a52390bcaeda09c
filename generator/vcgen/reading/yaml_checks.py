"""What must be known of a YAML text before it is a tree.

py-yaml12 keeps the last of two equal keys without a word, has no merge keys, and expands aliases
and nesting until the process is out of memory or stack.
"""

from __future__ import annotations

import re
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

from vcgen.reading import limits
from vcgen.reading.json_text import line_at
from vcgen.reading.pyyaml import events, line_of
from vcgen.reading.refusals import MAX_COPIED, MAX_DEPTH, refusal, repeated_key, too_deep, too_large
from vcgen.reading.yaml_counts import deep_place
from vcgen.records import State, field

_ANCHOR = re.compile(r"&([^ \t\r\n,\[\]{}]+)")
_ALIAS = re.compile(r"(?<![^\s,\[\]{}:?\"'-])\*([^ \t\r\n,\[\]{}]+)")


_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})


class _Level(State):
    """A mapping or sequence that is still open: `keys` is None for a sequence."""

    anchor: str | None
    keys: set[str] | None
    weight: int = 1
    at_key: bool = True


class _Scales(State):
    """Follow the events of a YAML text without building anything, and without recursion.

    Attributes:
        merges: The lines of the merge keys.
    """

    levels: list[_Level] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    copied: int = 0
    merges: list[int] = field(default_factory=list)

    def take(self, event: Any) -> None:
        # There are millions of them: what is most frequent comes first, and does the least.
        kind = type(event)
        if kind is yaml.ScalarEvent:
            level = self.levels[-1] if self.levels else None
            if level is not None and level.at_key and level.keys is not None:
                self._key(event, level.keys)
            # A long text weighs more than a short one: copies of it fill the memory too.
            self._add(event.anchor, 1 + len(event.value) // 64)
        elif kind in _STARTS:
            is_mapping = kind is yaml.MappingStartEvent
            self.levels.append(_Level(event.anchor, set() if is_mapping else None))
            if len(self.levels) > MAX_DEPTH:
                raise too_deep(line_of(event))
        elif kind in _ENDS:
            level = self.levels.pop()
            self._add(level.anchor, level.weight)
        elif kind is yaml.AliasEvent:
            self._add(None, self._alias(event.anchor, line_of(event)))
        elif kind is yaml.DocumentStartEvent:
            self.weights.clear()

    def _add(self, anchor: str | None, weight: int) -> None:
        if anchor is not None:
            self.weights[anchor] = weight
        if self.levels:
            level = self.levels[-1]
            level.weight += weight
            level.at_key = not level.at_key

    def _alias(self, anchor: str, line: int) -> int:
        if any(level.anchor == anchor for level in self.levels):
            raise refusal(
                f"the alias *{anchor} is inside the node that it refers to",
                "write the node out, or use a $ref",
                line,
            )
        self.copied += (weight := self.weights.get(anchor, 0))
        if self.copied > MAX_COPIED:
            raise refusal(
                f"the aliases expand to more than {MAX_COPIED:,} nodes",
                "use $ref instead of YAML aliases",
                line,
            )
        return weight

    def _key(self, event: Any, keys: set[str]) -> None:
        if event.value == "<<" and event.implicit[0]:
            self.merges.append(line_of(event))
        if event.value in keys:
            raise repeated_key(event.value, line_of(event))
        keys.add(event.value)


def check_yaml(text: str) -> list[int]:
    """Refuse YAML that readers would drop a part of, or end the process over.

    Return the lines of its merge keys, for py-yaml12 takes those for keys as any other.

    A syntax error is no business of this function: what PyYAML cannot read may be good YAML 1.2.

    Raises:
        SpecError: A key is repeated, aliases expand without bound, or the nesting is too deep.
    """
    scales = _Scales()
    take, most = scales.take, limits.max_nodes()
    try:
        for number, event in enumerate(events(text)):
            if number > most:
                raise too_large(f"{most:,} values")
            take(event)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        _check_unparsed(text, error)
    return scales.merges


def _check_unparsed(text: str, error: Exception) -> None:
    # Nothing is known of this text, so what could be dangerous counts as dangerous.
    if (start := deep_place(text)) is not None:
        raise too_deep(line_at(text, start))
    if sum(map(text.count, "\n,:")) > limits.max_nodes():
        raise too_large(f"{limits.max_nodes():,} values")
    anchors = set(_ANCHOR.findall(text))
    if any(alias in anchors for alias in _ALIAS.findall(text)):
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise refusal(
            f"this is not YAML with aliases: {problem}",
            "correct the syntax; the names of anchors have letters, digits, - and _ only",
            mark.line + 1 if mark else None,
        )
