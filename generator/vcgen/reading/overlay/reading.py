"""Reading an overlay: a file becomes actions, or a list of all that is wrong in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vcgen.errors import Diagnostic, SpecError, did_you_mean
from vcgen.reading import document
from vcgen.reading.document import Document
from vcgen.records import Record
from vcgen.text.pointers import child

if TYPE_CHECKING:
    from vcgen.reading.overlay.targets import Target

_VERSION = re.compile(r"(1\.[01])\.\d+", re.ASCII)
_KINDS = {Mapping: "a mapping", list: "a list", str: "a text", bool: "true or false"}
_EXAMPLES = {
    "overlay": 'overlay: "1.0.0"',
    "info": '{title: Corrections, version: "1"}',
    "title": "title: Corrections to the vendor's document",
    "version": 'version: "1"',
    "extends": "extends: vcenter.yaml",
    "actions": "actions: [{target: $.info, update: {title: A better one}}]",
    "target": "target: $.paths['/vm/{vm}'].get",
    "description": "description: Why this is right",
    "remove": "remove: true",
    "copy": "copy: $.components.schemas.Disk",
}


class Action(Record):
    """One change, wherever its target is found.

    Attributes:
        pointer: Where the action is in its overlay.
        target: What it changes.
        update: What is merged into that, or appended to it.
        has_update: Whether there is such a value; null is one.
        remove: Whether the target is removed instead.
        copy: What selects the node whose value is merged or appended, from version 1.1 on.
    """

    pointer: str
    target: Target
    update: Any
    has_update: bool
    remove: bool
    copy: Target | None = None


class Overlay(Record):
    """An overlay that was read, and may be applied to any document.

    Attributes:
        document: The file.
        title: What it says that it is.
        extends: The document that it was written for, or "".
        actions: What it does, in this order.
        replaces_plain: Whether a target may be a plain value, as from version 1.1 on.
    """

    document: Document
    title: str
    extends: str
    actions: tuple[Action, ...]
    replaces_plain: bool = False

    @property
    def name(self) -> str:
        """The file as the caller named it."""
        return self.document.name


def read_all(paths: Iterable[str]) -> tuple[Overlay, ...]:
    """Read overlays.

    Raises:
        SpecError: One cannot be read, or is no overlay of version 1.0 or 1.1; all of it is told.
    """
    overlays: list[Overlay] = []
    problems: list[Diagnostic] = []
    for path in paths:
        try:
            overlays.append(_read(path))
        except SpecError as error:
            problems += error.diagnostics
    if problems:
        raise SpecError(*dict.fromkeys(problems))
    return tuple(overlays)


def _read(path: str) -> Overlay:
    found = document.read(path)
    reader = _Reader()
    overlay = reader.overlay(found)
    if reader.problems:
        raise SpecError(*map(found.locate, reader.problems))
    return overlay


class _Reader:
    """Turns mappings into records, and collects all that is wrong on the way."""

    def __init__(self) -> None:
        self.problems: list[Diagnostic] = []
        self._version = "1.0"

    def overlay(self, found: Document) -> Overlay:
        tree = found.tree
        if "overlay" not in tree and ("openapi" in tree or "swagger" in tree):
            hint = "an overlay has the keys overlay, info and actions; the document is `spec`"
            self._problem("#", "this is an API description, not an overlay", hint)
            return Overlay(found, "", "", ())
        self._known(tree, "#", ("overlay", "info", "extends", "actions"))
        self._read_version(tree)
        info = self._value(tree, "#", "info", Mapping, required=True)
        title = ""
        if info is not None:
            self._known(info, "#/info", ("title", "version"), "description")
            self._value(info, "#/info", "description", str)
            title = self._value(info, "#/info", "title", str, required=True) or ""
            self._value(info, "#/info", "version", str, required=True)
        extends, actions = self._extends(tree), self._actions(tree)
        return Overlay(found, title, extends, actions, bool(self._new("copy")))

    def _new(self, key: str) -> tuple[str, ...]:
        """Return a key that version 1.1 has and 1.0 has not, where it is there."""
        return (key,) if self._version == "1.1" else ()

    def _read_version(self, tree: Mapping[str, Any]) -> None:
        version = self._value(tree, "#", "overlay", str, required=True)
        match = _VERSION.fullmatch(version or "")
        if match:
            self._version = match[1]
        elif version is not None:
            message = f"Overlay {version!r} is not supported"
            hint = f"write {_EXAMPLES['overlay']}, and only what that version has"
            self._problem("#/overlay", message, hint)

    def _extends(self, tree: Mapping[str, Any]) -> str:
        extends: str = self._value(tree, "#", "extends", str) or ""
        try:
            urlsplit(extends)
        except ValueError:
            self._problem("#/extends", "is not a URL", f"write {_EXAMPLES['extends']}")
            return ""
        return extends

    def _actions(self, tree: Mapping[str, Any]) -> tuple[Action, ...]:
        actions = self._value(tree, "#", "actions", list, required=True)
        if actions == []:
            self._problem("#/actions", "there is no action", f"write {_EXAMPLES['actions']}")
        seen: dict[str, int] = {}
        found = []
        for i, node in enumerate(actions or ()):
            pointer = f"#/actions/{i}"
            if (first := seen.setdefault(repr(node), i)) != i:
                message = f"this repeats #/actions/{first}"
                self._problem(pointer, message, "remove one of the two")
            found.append(self._action(node, pointer))
        return tuple(action for action in found if action is not None)

    def _action(self, node: Any, pointer: str) -> Action | None:
        if not isinstance(node, Mapping):
            self._problem(pointer, "must be a mapping", f"write {_EXAMPLES['target']} and so on")
            return None
        self._known(node, pointer, ("target", "description", "update", "remove"), "copy")
        self._value(node, pointer, "description", str)
        text = self._value(node, pointer, "target", str, required=True)
        remove = bool(self._value(node, pointer, "remove", bool))
        target = self._target(text, child(pointer, "target"))
        path = self._value(node, pointer, "copy", str) if self._new("copy") else None
        copy = self._target(path, child(pointer, "copy"))
        told = [key for key in ("update", "copy") if key in node] + ["remove"] * remove
        if len(told) > 1 and self._new("copy"):
            message = f"an action of Overlay 1.1 has one of {' and '.join(told)}"
            self._problem(pointer, message, "write an action for each of them, in their order")
        if target is None:
            return None
        return Action(pointer, target, node.get("update"), "update" in node, remove, copy)

    def _target(self, text: str | None, pointer: str) -> Target | None:
        # Imported here: loading it takes longer than a `check` that hashes can answer.
        from vcgen.reading.overlay.targets import Target

        try:
            return None if text is None else Target(text)
        except SpecError as error:
            for one in error.diagnostics:
                self._problem(pointer, one.message, one.hint)
            return None

    def _known(
        self, node: Mapping[str, Any], pointer: str, usual: Collection[str], newer: str = ""
    ) -> None:
        """Note keys that are not known; `newer` is one that version 1.1 added."""
        known = (*usual, *self._new(newer)) if newer else usual
        for key in node:
            if key in known or key.startswith("x-"):
                continue
            hint = did_you_mean(key, known, f"the keys are: {', '.join(known)}", quote="`")
            if key == newer:
                hint = 'write overlay: "1.1.0", which has it'
            self._problem(child(pointer, key), f"Overlay {self._version} has no {key!r} here", hint)

    def _value(
        self,
        node: Mapping[str, Any],
        pointer: str,
        key: str,
        kind: type,
        *,
        required: bool = False,
    ) -> Any:
        """Return what a key has, or None if that is not there or of another kind."""
        if key not in node:
            if required:
                self._problem(pointer, f"{key!r} is missing", f"write {_EXAMPLES[key]}")
            return None
        if isinstance(node[key], kind):
            return node[key]
        hint = f"write {_EXAMPLES[key]}"
        self._problem(child(pointer, key), f"must be {_KINDS[kind]}", hint)
        return None

    def _problem(self, pointer: str, message: str, hint: str) -> None:
        self.problems.append(Diagnostic(message, pointer, hint))
