"""The operations of a document, and which of them a pattern means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from typing import Any

from vcgen.dialect import DocumentView, plain_path
from vcgen.errors import Diagnostic, SpecError, did_you_mean
from vcgen.records import Record
from vcgen.text.path_items import METHODS, operations_of
from vcgen.text.pointers import child, pointer_to

# The methods of `additionalOperations` are any token (RFC 9110), and in capitals as a rule.
_IN_CAPITALS = r"[A-Z][A-Z0-9#$%&'+.^_`|~-]*"
_BY_METHOD = re.compile(rf"((?i:{'|'.join(sorted(METHODS))})|{_IN_CAPITALS}|\*)\s+([/*].*)")
_MOST_LISTED = 5
_SUPPORTED = frozenset({(3, 0), (3, 1), (3, 2)})
_NO_OPENAPI = "this is not an OpenAPI document: `openapi` is missing"
_CORRECT = "correct the document"
_NO_OPENAPI_HINT = "give a document of OpenAPI 3.0 to 3.2, or of Swagger 2.0"
_NO_OPERATIONS = "give one that has some; webhooks are not generated"


class OperationKey(Record):
    """An operation, as one asks for it.

    Attributes:
        method: HTTP method, in upper case; one of `additionalOperations` as it is written.
        path: The path key as OpenAPI has it, with its query.
        operation_id: The operationId, if there is one.
        tags: The tags.
        pointer: JSON pointer of the operation.
    """

    method: str
    path: str
    operation_id: str | None
    tags: tuple[str, ...]
    pointer: str

    @property
    def labels(self) -> tuple[str, ...]:
        """What it is called beside its method and path."""
        return (*self.tags, self.operation_id) if self.operation_id else self.tags

    @property
    def name(self) -> str:
        """What the operation is called in patterns and messages, such as `GET /path`."""
        return f"{self.method} {self.path}"


def operations(tree: Mapping[str, Any]) -> tuple[OperationKey, ...]:
    """Return the operations of a document, in its order.

    Raises:
        SpecError: The document has no paths.
    """
    return Index(tree).keys


def check_version(tree: Mapping[str, Any]) -> None:
    """Check that a document is one of OpenAPI 3.0 to 3.2.

    Raises:
        SpecError: It is not.
    """
    if DocumentView(tree).version in _SUPPORTED:
        return
    stated = tree.get("openapi")
    if "swagger" in tree:
        message, pointer = f"Swagger {tree['swagger']} is not supported yet", "#/swagger"
        hint = "convert the document to OpenAPI 3"
    elif stated is None:
        message, pointer, hint = _NO_OPENAPI, "#", _NO_OPENAPI_HINT
    elif not isinstance(stated, str | int | float):
        message, pointer = f"the version of OpenAPI is {stated!r}, not a string", "#/openapi"
        hint = 'write it in quotes, as in openapi: "3.0.3"'
    else:
        message, pointer = f'OpenAPI "{stated}" is not supported', "#/openapi"
        hint = "versions 3.0, 3.1 and 3.2 are supported"
    raise SpecError(Diagnostic(message, pointer, hint))


def unusable_paths(tree: Mapping[str, Any]) -> dict[str, Diagnostic]:
    """Return the paths whose operations nobody can know, and why.

    Raises:
        SpecError: The document has no paths.
    """
    return Index(tree).broken


def select(
    tree: Mapping[str, Any], patterns: Sequence[str], without: Collection[str] = ()
) -> tuple[OperationKey, ...]:
    """Return the operations that the patterns mean, each once, in the order of the document.

    A pattern is `GET /path`, `/path`, an operationId, a tag, or any of these with `*` for anything.
    With `!` in front it takes operations out again; if all do, they take them out of everything.

    Args:
        tree: The document.
        patterns: What is meant.
        without: The names of operations, and paths of which nothing is known, to leave out.

    Raises:
        SpecError: A pattern matches nothing, or an operationId is not unique; all such patterns.
    """
    return Index(tree).select(patterns, without)


def known(tree: Mapping[str, Any], patterns: Sequence[str]) -> list[str]:
    """Return the patterns that are about a document, where others may be about another.

    None are, where the only ones that match take operations out.

    Raises:
        SpecError: The document has no paths.
    """
    index = Index(tree)

    def matches(pattern: str) -> bool:
        wanted = _Pattern(pattern.strip().removeprefix("!").strip())
        return bool(index.matched(wanted)) or any(map(wanted.matches_path, index.broken))

    found = [pattern for pattern in patterns if matches(pattern)]
    takes_in = any(not pattern.strip().startswith("!") for pattern in patterns)
    is_left = any(not pattern.strip().startswith("!") for pattern in found)
    return found if is_left or not takes_in else []


class Index:
    """The operations of a document, by what a pattern without `*` can mean.

    Attributes:
        keys: All of them, in the order of the document.
        broken: The paths whose operations nobody can know, and why.
    """

    def __init__(self, tree: Mapping[str, Any]) -> None:
        """Look through a document.

        Raises:
            SpecError: The document has no paths.
        """
        view = DocumentView(tree)
        keys: list[OperationKey] = []
        self.broken: dict[str, Diagnostic] = {}
        for path, item in _path_items(tree):
            if isinstance(item, Diagnostic):
                self.broken[path] = item
            else:
                keys += _keys(path, item, view)
        self.keys = tuple(keys)

    @cached_property
    def _by_text(self) -> Mapping[str, list[OperationKey]]:
        found: dict[str, list[OperationKey]] = {}
        for key in self.keys:
            for text in (key.path, key.name, *key.labels):
                found.setdefault(text, []).append(key)
        return found

    def matched(self, wanted: _Pattern) -> list[OperationKey]:
        """Return the operations that a pattern means."""
        keys: Iterable[OperationKey] = self.keys
        if "*" not in wanted.text:
            near = (wanted.text, wanted.name)
            keys = dict.fromkeys(key for text in near for key in self._by_text.get(text, ()))
        return [key for key in keys if wanted.matches(key)]

    def select(
        self, patterns: Sequence[str], without: Collection[str] = ()
    ) -> tuple[OperationKey, ...]:
        """Return the operations that the patterns mean, as the function of this name does.

        Raises:
            SpecError: As that does.
        """
        chosen: set[str] = set()
        unusable: set[str] = set()
        problems: dict[Diagnostic, None] = {}
        given = [pattern.strip() for pattern in patterns]
        taken_out = all(pattern.startswith("!") for pattern in given)
        for pattern in ["*", *given] if taken_out else given:
            wanted = _Pattern(pattern.removeprefix("!").strip())
            matched = self.matched(wanted)
            paths = [path for path in self.broken if wanted.matches_path(path)]
            if not matched and not paths:
                problems[_unmatched(wanted, self.keys)] = None
            elif wanted.is_ambiguous(matched):
                problems[_ambiguous(wanted, matched)] = None
            is_out = pattern.startswith("!")
            pointers = [key.pointer for key in matched]
            (chosen.difference_update if is_out else chosen.update)(pointers)
            (unusable.difference_update if is_out else unusable.update)(paths)
        for path in [path for path in self.broken if path in unusable and path not in without]:
            problems[self.broken[path]._replace(operations=(path,))] = None
        if problems:
            raise SpecError(*problems)
        found = (key for key in self.keys if key.pointer in chosen)
        return tuple(key for key in found if key.name not in without)


class _Pattern:
    """One pattern: a method and a path, or a label, which is an operationId or a tag."""

    def __init__(self, text: str) -> None:
        self.text = text
        by_method = _BY_METHOD.fullmatch(text)
        self.method = by_method[1].upper() if by_method else "*"
        self.is_path = bool(by_method) or text.startswith("/")
        self._path = by_method[2] if by_method else text
        self._glob = _glob(self._path)

    @property
    def name(self) -> str:
        """The name of the one operation that it can mean, where it is that of one."""
        return f"{self.method} {self._path}"

    def matches(self, key: OperationKey) -> bool:
        labels = key.labels
        if self.text == key.name or self.text in labels:
            return True
        if self.is_path:
            return self.method in ("*", key.method.upper()) and self._matches(key.path)
        return "*" in self.text and any(map(self._matches, [key.name, key.path, *labels]))

    def matches_path(self, path: str) -> bool:
        return (self.is_path or "*" in self.text) and self._matches(path)

    def is_ambiguous(self, matched: Sequence[OperationKey]) -> bool:
        named = [key for key in matched if key.operation_id == self.text]
        return len(named) > 1 and not self.is_path

    def _matches(self, text: str) -> bool:
        return self._glob.fullmatch(text) is not None


def _glob(text: str) -> re.Pattern[str]:
    # Path keys hold "?", "{" and "[": only "*" is a wildcard.
    return re.compile(".*".join(map(re.escape, re.split(r"\*+", text))), re.DOTALL)


def with_slash(path: str) -> str:
    """Return a path key with a slash in front: the path is appended to the URL of the server."""
    return path if path.startswith("/") else f"/{path}"


def path_item(view: DocumentView, path: str, item: object) -> Mapping[str, Any] | Diagnostic:
    """Return the path item with what it refers to, or what is wrong with it."""
    pointer = pointer_to(["paths", path])
    if item is None:
        return {}
    if not isinstance(item, Mapping):
        return Diagnostic("the path item is not a mapping", pointer, _CORRECT)
    if "$ref" not in item:
        return _with_operations(view, item)
    target = view.resolve(item)
    if not target:
        message = f'the path item refers to "{item["$ref"]}", which is not in the document'
        return Diagnostic(message, f"{pointer}/$ref", _CORRECT)
    own = {key: value for key, value in item.items() if key != "$ref"}
    return _with_operations(view, {**target, **own})


def _with_operations(view: DocumentView, item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a path item with its operations in place of references to them."""
    changed: dict[str, Any] = {}
    for keys, node in operations_of(item):
        if not isinstance(node, Mapping) or "$ref" not in node or not (found := view.resolve(node)):
            continue  # What refers to nothing is refused by the one who reaches it.
        operation = {**found, **{key: node[key] for key in node if key != "$ref"}}
        changed = changed or dict(item)
        if len(keys) == 1:
            changed[keys[0]] = operation
        else:
            changed[keys[0]] = {**changed[keys[0]], keys[1]: operation}
    return changed or item


def _path_items(tree: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any] | Diagnostic]]:
    paths = tree.get("paths")
    if not isinstance(paths, Mapping):
        if paths is None and "openapi" not in tree:
            raise SpecError(Diagnostic(_NO_OPENAPI, "#", _NO_OPENAPI_HINT))
        message = "the document has no paths" if paths is None else "`paths` is not a mapping"
        # A document of webhooks alone has none.
        hint = _NO_OPERATIONS if paths is None else _CORRECT
        raise SpecError(Diagnostic(message, "#/paths" if "paths" in tree else "#", hint=hint))
    view = DocumentView(tree)
    for path, item in paths.items():
        if isinstance(path, str) and not path.startswith("x-"):
            yield path, path_item(view, path, item)


def _keys(path: str, item: Mapping[str, Any], view: DocumentView) -> Iterator[OperationKey]:
    plain, place = plain_path(path, item, view), child("#/paths", path)
    for keys, node in operations_of(item):
        operation = node if isinstance(node, Mapping) else {}
        name = operation.get("operationId")
        tags = operation.get("tags")
        yield OperationKey(
            keys[0].upper() if len(keys) == 1 else keys[-1],
            plain,
            name if isinstance(name, str) else None,
            tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
            reduce(child, keys, place),
        )


def _unmatched(wanted: _Pattern, keys: Sequence[OperationKey]) -> Diagnostic:
    if not keys:
        return Diagnostic("the document has no operations", hint=_NO_OPERATIONS)
    names = [key.name for key in keys]
    labels = [label for key in keys for label in (key.operation_id, *key.tags) if label]
    text = wanted.text
    if wanted.is_path and wanted.method == "*":
        names = [key.path for key in keys]
    elif wanted.is_path:
        text = " ".join(text.split())
        text = text[: len(wanted.method)].upper() + text[len(wanted.method) :]
    known = dict.fromkeys(names if wanted.is_path else labels)
    hint = did_you_mean(text, known, "`vcgen list` prints the operations", 3)
    return Diagnostic(f'no operation matches "{wanted.text}"', hint=hint)


def _ambiguous(wanted: _Pattern, matched: Sequence[OperationKey]) -> Diagnostic:
    names = [key.name for key in matched if key.operation_id == wanted.text]
    listed = ", ".join(names[:_MOST_LISTED])
    more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
    return Diagnostic(
        f'{len(names)} operations have the operationId "{wanted.text}": {listed}{more}',
        hint=f'name one by its method and path, such as "{names[0]}"',
    )
