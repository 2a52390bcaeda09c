"""Path templates: what the keys of `paths` say beyond plain variables such as `{id}`.

Frameworks write their own routes into documents: `{id:[0-9]+}`, `{path*}`, `{*path}`, `{path...}`,
`{+name}`, `{name=projects/*}`, `{proxy+}`, and `{?limit,offset}` for a query (RFC 6570).
"""

from __future__ import annotations

import re

_EXPRESSION = re.compile(r"\{((?:[^{}]|\{[^{}]*\})*)\}")
# A variable with an operator in front, or a modifier, pattern or constraint behind.
_VARIABLE = re.compile(
    r"(?P<sign>\+|\*{0,2})(?P<name>[^:=*+]+?)(?P<rest>\+|\*\*|\*\d*|\.{3}|[:=].*|)", re.DOTALL
)
_SEGMENTS = re.compile(r"\+|\*\*|\*\d*|\.{3}|:path|:.*\.[*+].*|=.*[/*].*", re.DOTALL)


def split(key: str) -> tuple[str, str]:
    """Return a path key as a path with plain variables, and its query."""
    path, _, query = _EXPRESSION.sub(_without_query, key).partition("?")
    return _EXPRESSION.sub(lambda found: f"{{{name_of(found[1])}}}", path), query


def variables(key: str) -> list[str]:
    """Return the variables of a path key as they are written, without braces."""
    path = _EXPRESSION.sub(_without_query, key).partition("?")[0]
    return [found for found in _EXPRESSION.findall(path) if found]


def name_of(variable: str) -> str:
    """Return the name of a variable: that of `id:[0-9]+`, or of ` id `, is `id`."""
    found = _VARIABLE.fullmatch(variable)
    return (found["name"] if found else variable).strip()


def spans_segments(variable: str) -> bool:
    """Tell whether the value of a variable is a part of a path, with its slashes."""
    found = _VARIABLE.fullmatch(variable)
    if found is None:
        return False
    return bool(found["sign"]) or _SEGMENTS.fullmatch(found["rest"]) is not None


def plain(key: str) -> str:
    """Return a path key with plain variables, and its query."""
    path, query = split(key)
    return f"{path}?{query}" if query else path


def _without_query(found: re.Match[str]) -> str:
    return "" if found[1][:1] in {"?", "&"} else found[0]
