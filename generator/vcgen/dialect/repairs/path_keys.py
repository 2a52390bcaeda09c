"""Keys of paths as frameworks write their routes: `/i/:id`, `/i/<int:id>`, `/i/*rest`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.text.nodes import listed
from vcgen.text.path_items import operations_of

_NAME = r"[A-Za-z_][\w-]*"
# Whole segments, for there are verbs behind a colon: `/v1/{name}:cancel`.
_COLON = re.compile(rf"(?<=/):({_NAME})(\((?:[^()]|\([^()]*\))*\))?([*+]|\?(?=/|$)|)(?=/|$|\?)")
_STAR = re.compile(rf"(?<=/)\*{{1,2}}({_NAME})(?=/|$|\?)")
_OPTIONAL = re.compile(rf"\{{({_NAME})\?\}}")
# What is a variable only if the document declares one of that name, and what stands for it.
_DECLARED = (
    (re.compile(rf"<path:({_NAME})>"), "{%s*}"),
    (re.compile(rf"<(?:\w+:)?({_NAME})>"), "{%s}"),
    (re.compile(rf"\[({_NAME})\]"), "{%s}"),
    (re.compile(rf"\$\{{({_NAME})\}}"), "{%s}"),
    (re.compile(rf"\{{\{{({_NAME})\}}\}}"), "{%s}"),
    (re.compile(rf"\{{({_NAME})(?=/|$)"), "{%s}"),
)
_SIGNS = re.compile(r"[:<\[$]|/\*|\{\{|\?\}|\{[^{}]*$|\{[^{}/]*/")


def plain_path(path: str, item: object, document: DocumentView) -> str:
    """Return a path key as OpenAPI has it: a slash in front, and braces around variables."""
    slashed = path if path.startswith("/") else f"/{path}"
    if not _SIGNS.search(slashed):
        return slashed
    found = _OPTIONAL.sub(r"{\1}", _STAR.sub(r"{\1*}", _COLON.sub(_of_colon, slashed)))
    names = {*_declared(item, document)}
    for spelling, meant in _DECLARED:
        found = spelling.sub(_declared_as(meant, names), found)
    # Two keys that would become one address are left apart.
    return slashed if found in document.paths and found != path else found


def _of_colon(match: re.Match[str]) -> str:
    """Return a variable with its modifier: that of `:path(.*)` is that of `:path*`."""
    name, pattern, modifier = match.groups(default="")
    sign = "*" if re.search(r"\.[*+]", pattern) else modifier.strip("?")
    return f"{{{name}{sign}}}"


def _declared_as(meant: str, names: set[str]) -> Callable[[re.Match[str]], str]:
    return lambda match: meant % match[1] if match[1] in names else match[0]


def _declared(item: object, document: DocumentView) -> Iterator[str]:
    """Yield the names of the path parameters of a path item and of its operations."""
    resolved = document.resolve(item)
    for node in (resolved, *(document.resolve(one) for _, one in operations_of(resolved))):
        for parameter in _parameters(node, document):
            if str(parameter.get("in")).lower() == "path":
                yield str(parameter.get("name"))


def _parameters(node: Mapping[str, Any], document: DocumentView) -> Iterator[Mapping[str, Any]]:
    yield from map(document.resolve, listed(node.get("parameters")))
