"""Proposals of names for a configuration: what names can go without, and the modules of models.

They are made once, by a person's command, and then written down: nothing here is asked when a
package is generated, so that a new schema never moves another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from vcgen.text import naming
from vcgen.text.words import words

# A part of a name that says which version of a package it is: `v1`, `v1beta1`.
_VERSION = re.compile(r"v\d+\w*", re.IGNORECASE)
_MOST = 0.8
# Below this, a module of its own is no help to a reader; above the other, it is no pleasure.
_FEW = 8
_MANY = 120


def roots(schemas: Collection[str]) -> tuple[str, ...]:
    """Return the packages that names of schemas can go without, the longest first.

    They are those of Java, .NET and Kubernetes: `io.k8s.api.core` of `io.k8s.api.core.v1.Pod`. One
    without which two schemas would want one class is none.
    """
    counts = Counter(found for name in schemas if (found := _package(name)))
    chosen: tuple[str, ...] = ()
    for package in sorted(counts, key=lambda one: (-counts[one], one)):
        is_shared = counts[package] >= _MOST * len(schemas)
        if counts[package] > 1 and ("." in package or is_shared):
            wanted = tuple(sorted((*chosen, package), key=lambda one: (-len(one), one)))
            if _are_apart(schemas, wanted):
                chosen = wanted
    return chosen


def modules(classes: Collection[str]) -> tuple[str, ...]:
    """Return the modules for classes, each the first words of the names of its classes.

    Where many names begin with the same word, the next tells them apart.
    """
    found = _modules([tuple(word.lower() for word in words(name)) for name in classes], 1)
    return tuple(sorted(found))


def _package(name: str) -> str:
    """Return the package of a schema, without its version; "" if it has none."""
    parts = name.split(".")[:-1]
    while parts and _VERSION.fullmatch(parts[-1]):
        parts.pop()
    is_plain = all(re.fullmatch(r"[A-Za-z]\w*(-\w+)*", part) for part in parts)
    return ".".join(parts) if is_plain else ""


def _are_apart(schemas: Collection[str], chosen: Sequence[str]) -> bool:
    """Tell whether no two schemas that have names of their own would lose these."""
    usual = len({naming.class_name(name) for name in schemas})
    return len({naming.class_name(name, chosen) for name in schemas}) >= usual


def _modules(names: Sequence[tuple[str, ...]], depth: int) -> Iterator[str]:
    """Yield the modules of names whose first words are the same but for the last of `depth`."""
    counts = Counter(name[:depth] for name in names if len(name) >= depth)
    for words_, count in counts.items():
        if count < _FEW:
            continue
        if count < len(names) or depth == 1:
            yield "_".join(words_)
        if count > _MANY:
            yield from _modules([one for one in names if one[:depth] == words_], depth + 1)
