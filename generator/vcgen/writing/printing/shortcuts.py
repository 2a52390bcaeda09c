"""Shortcuts: statements that are laid out without looking at each of their tokens.

They are what most of the long statements of a package are: imports, functions, fields, aliases,
and calls that a template wrote in lines. What they are not sure of they leave to `splitting`.
"""

from __future__ import annotations

import re

from vcgen.writing.printing.lines import INDENT, width

_IMPORT = re.compile(r"(from [\w.]+ import) (\w+(?: as \w+)?(?:, \w+(?: as \w+)?)*)")
_FUNCTION = re.compile(r"((?:async )?def \w+)\((.+?)(,?)\)( -> .+):")
_RETURNED = re.compile(r"(\) -> \w+\[)(.+, .+)\]:")
_RETURN = re.compile(r"return ((?:await )?[\w.]+)\((.+)\)")
_CLASS = re.compile(r"(class \w+)\((\w+(?:, \w+(?:=\w+)?)*)\):")
_TYPE = r"[\w.]+(?:\[[\w., ]+\])?"
_UNION = rf"{_TYPE}(?: \| {_TYPE})+"
_STRING = r'"(?:[^"\\]|\\.)*"'
_ALTERNATIVE = re.compile(rf'[\w.]+(?:\[(?:{_STRING}|[^\[\]"])*\])?')
_FIELD = re.compile(rf"(\w+:) ({_UNION}) = (\w+|(field\()(.+)\))")
_PAIR = re.compile(r"(\w+: \w+)\[([\w |.]+(?:, [\w |.]+)+)\]( = \w+)?")
_ALIAS = re.compile(r"(\w+(?:: TypeAlias)? =) (\w+)( \| Literal\[[^\[\]#]+\])?")
# An item that may be broken at its own brackets.
_INNER = re.compile(r"((?:\w+(?:=|: ))?[\w.]+)\((.+)\)")
_ARGUMENT = re.compile(rf"(\w+:) ({_UNION})( = \w+)?")
_CALL = re.compile(r"(?:(?:return |\w+ = )?\w+|from [\w.]+ import )\(")
_TUPLE = re.compile(r"\w+ = \((?:\n *\w+,){2,}\n *\)")
# What opens brackets whose items have lines of their own.
_OPENING = re.compile(r"(?:\w+=|lambda: )?(?:\w*\(|[\[{])")
_LIST = re.compile(r"((?:\w+=|lambda: )[\[{])(.+)([\]}],)")
# An item without brackets.
_SIMPLE = re.compile(r"[\w.]+(?:(?:=|: )[\w.]+)?,")
# What stays as it is, however long it is.
_WHOLE = re.compile(
    r' *(?:(?:\w+=)?"[^"\\]*",|[\w.]+,?|(?:(?:async )?def |class |return )?\w+\()'
    r'| *from [\w.]+ import \(| *"[^"\\]*": [\w.]+,'
)
_STRINGS = re.compile(_STRING)
# What binds less than a comma, or has commas of its own.
_UNEVEN = re.compile(r"\bfor\b|\blambda \w")
_MARK = re.compile(r"[()\[\]{},#]")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def shortcut(statement: str, depth: int, limit: int) -> str | None:
    """Return a statement in lines that are at most `limit` columns long, as `laid_out` does.

    None if it is of another kind, or has to be broken in more than one place.

    Args:
        statement: The statement, which does not fit or is broken into lines.
        depth: How far it is indented.
        limit: How many columns a line may have.
    """
    if "\n" in statement:
        lines = _called(statement, depth, limit)
    else:
        kinds = (_imported, _declared, _returned, _class, _field, _pair, _alias)
        lines = next((found for one in kinds if (found := one(statement, depth, limit))), None)
    if lines is None or any(width(line) > limit and not _WHOLE.fullmatch(line) for line in lines):
        return None
    return "\n".join(lines)


def _imported(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return an import with a line for each name."""
    match = _IMPORT.fullmatch(statement)
    if match is None:
        return None
    return _each(f"{match[1]} (", match[2].split(", "), ")", depth, limit)


def _declared(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return a function with its arguments in a line of their own, or a line for each."""
    match = _FUNCTION.fullmatch(statement)
    if match is None or _items(match[4]) is None or (items := _items(match[2])) is None:
        return None
    start, end = f"{match[1]}(", f"){match[4]}:"
    if len(items) > 1 and not match[3]:
        return _arguments(start, items, end, depth, limit)
    lines = _each(start, items, end, depth, limit)  # one has a comma behind it, too
    pair = _RETURNED.fullmatch(end) if match[3] and width(lines[-1]) > limit else None
    types = _items(pair[2]) if pair else None
    return lines[:-1] + _arguments(pair[1], types, "]:", depth, limit) if pair and types else lines


def _returned(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return a call with its arguments in a line of their own, or a line for each, or more."""
    match = _RETURN.fullmatch(statement)
    if match is None or (items := _items(match[2])) is None:
        return None
    start, call = f"return {match[1]}(", f"{INDENT}{match[1]}("
    # Brackets around the call help where they make it begin further to the left.
    if width(INDENT * depth + start) > limit >= width(INDENT * depth + call):
        return None
    return _passed(start, items, ")", depth, limit)


def _class(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return a class with its bases in a line of their own."""
    match = _CLASS.fullmatch(statement)
    return _together(f"{match[1]}(", [match[2]], "):", depth) if match else None


def _field(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return a field with its value in lines of its own, or else the alternatives of its type."""
    match = _FIELD.fullmatch(statement)
    if match is None:
        return None
    start, type_, value, call, arguments = match.groups(default="")
    head, outer = f"{start} {type_} = ", INDENT * depth
    if call and width(outer + head + call) <= limit:
        items = _items(arguments)
        return _passed(head + call, items, ")", depth, limit) if items else None
    if width(f"{outer}{head}(") <= limit:
        return _together(f"{head}(", [value], ")", depth)
    return _of_type(start, type_, f" = {value}", depth, limit)


def _of_type(start: str, type_: str, end: str, depth: int, limit: int) -> list[str]:
    """Return what is of one of several types with these in brackets, in a line each if need be."""
    outer, inner = INDENT * depth, INDENT * (depth + 1)
    lines = [inner + type_]
    if width(lines[0]) > limit:
        sign, lines = "", list[str]()
        for one in _ALTERNATIVE.findall(type_):
            name, bracket, rest = one.partition("[")
            items = _items(rest[:-1])
            if bracket and items and width(f"{inner}{sign}{one}") > limit:
                lines += _passed(f"{sign}{name}[", items, "]", depth + 1, limit)
            else:
                lines.append(f"{inner}{sign}{one}")
            sign = "| "
    return [f"{outer}{start} (", *lines, f"{outer}){end}"]


def _pair(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return a field of a type that has others in brackets with these in lines of their own."""
    match = _PAIR.fullmatch(statement)
    # A value gets a line of its own where all before it fits in one.
    if match is None or (
        match[3] and width(f"{INDENT * depth}{match[1]}[{match[2]}] = (") <= limit
    ):
        return None
    types = match[2].split(", ")
    return _arguments(f"{match[1]}[", types, f"]{match[3] or ''}", depth, limit)


def _alias(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return another name for a type, in brackets."""
    match = _ALIAS.fullmatch(statement)
    if match is None:
        return None
    start, type_, choice = match[1], match[2], match[3] or ""
    # Those in the brackets that it has may get lines of their own where their opening one fits.
    if choice and width(f"{INDENT * depth}{start} {type_}{choice.partition('[')[0]}[") <= limit:
        return None
    if not choice and width(INDENT * (depth + 1) + type_) > limit:
        return None  # brackets would not help
    return _of_type(start, type_ + choice, "", depth, limit)


def _called(statement: str, depth: int, limit: int) -> list[str] | None:
    """Return a call that was given a line for each argument, with lines for those too long.

    An import in lines is alike.
    """
    first, *others = statement.split("\n")
    if not _CALL.fullmatch(first) and not _TUPLE.fullmatch(statement):
        return None
    found, closing = [INDENT * depth + first], [")"]
    for line in others:
        if not closing:
            return None
        inner = depth + len(closing)
        text = line.removeprefix(INDENT * inner)
        end = closing[-1] + ("," if len(closing) > 1 else "")
        if line == INDENT * (inner - 1) + end and found[-1].endswith(","):
            closing.pop()
        elif len(line) != len(text) + len(INDENT) * inner:
            return None
        elif _OPENING.fullmatch(text):
            closing.append(_PAIRS[text[-1]])
        elif not (_SIMPLE.fullmatch(text) or (text[-1:] == "," and _is_one(text[:-1]))):
            return None
        elif width(line) > limit and (listed := _LIST.fullmatch(text)):
            start, items, end = listed[1], _items(listed[2]), listed[3]
            if items is None:
                return None
            if len(items) > 1:
                found += _each(start, items, end, inner, limit)
            else:
                found += _passed(start, items, end, inner, limit)
            continue
        found.append(line)
    return None if closing else found


def _passed(start: str, items: list[str], end: str, depth: int, limit: int) -> list[str]:
    """Return what is passed in a call: one argument has no comma behind it, unlike a parameter."""
    if len(items) > 1:
        return _arguments(start, items, end, depth, limit)
    outer = INDENT * depth
    return [outer + start, *_item(items[0], "", depth + 1, limit), outer + end]


def _arguments(start: str, items: list[str], end: str, depth: int, limit: int) -> list[str]:
    """Return arguments that have a line together if that fits, or a line for each."""
    if width(INDENT * (depth + 1) + ", ".join(items)) > limit:
        return _each(start, items, end, depth, limit)
    return _together(start, items, end, depth)


def _together(start: str, items: list[str], end: str, depth: int) -> list[str]:
    """Return brackets with one line for all that is in them."""
    outer = INDENT * depth
    return [outer + start, f"{outer}{INDENT}{', '.join(items)}", outer + end]


def _each(start: str, items: list[str], end: str, depth: int, limit: int) -> list[str]:
    """Return brackets with a line for each of what is in them, or more for those too long."""
    outer = INDENT * depth
    inner = [line for item in items for line in _item(item, ",", depth + 1, limit)]
    return [outer + start, *inner, outer + end]


def _item(item: str, end: str, depth: int, limit: int) -> list[str]:
    """Return an item, broken at its brackets if it is a call and too long."""
    line = f"{INDENT * depth}{item}{end}"
    if width(line) <= limit:
        return [line]
    if match := _ARGUMENT.fullmatch(item):
        return _of_type(match[1], match[2], f"{match[3] or ''}{end}", depth, limit)
    if match := _INNER.fullmatch(item):
        inner = _items(match[2])
        if inner:
            return _passed(f"{match[1]}(", inner, f"){end}", depth, limit)
    return [line]


def _is_one(text: str) -> bool:
    items = _items(text)
    return items is not None and len(items) == 1


def _items(text: str) -> list[str] | None:
    """Return what commas separate; None for what has comments, or brackets with a comma at the end.

    Args:
        text: The items in one line, without a comma at their end.
    """
    closing: list[str] = []
    found: list[str] = []
    start = comma = -1
    bare = _STRINGS.sub(lambda match: "0" * len(match[0]), text)
    if "'" in bare or _UNEVEN.search(bare):
        return None
    for match in _MARK.finditer(bare):
        mark, place = match[0], match.start()
        if mark in _PAIRS:
            closing.append(_PAIRS[mark])
        elif mark == ",":
            comma = place
            if not closing:
                found.append(text[start + 1 : place].lstrip(" "))
                start = place
        elif mark == "#" or not closing or closing.pop() != mark or comma == place - 1:
            return None
    last = text[start + 1 :].lstrip(" ")
    return [*found, last] if last and not closing else None
