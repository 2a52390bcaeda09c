"""Applying overlays: a tree goes in, and a new one with a log of the edits comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.document import Document
from vcgen.reading.nesting import depth_exceeds
from vcgen.reading.overlay.reading import Action, Overlay
from vcgen.reading.refusals import MAX_COPIED, MAX_DEPTH
from vcgen.records import Record
from vcgen.text.nodes import listed
from vcgen.text.pointers import child, pointer_to

if TYPE_CHECKING:
    from vcgen.reading.overlay.targets import Keys

_KINDS = {dict: "a mapping", list: "a list", type(None): "null"}


class Written(Record):
    """A node that an overlay put there, in place of another or of none.

    Attributes:
        keys: Where it is in the tree.
        document: The overlay.
        pointer: Where it is in the overlay.
    """

    keys: tuple[str, ...]
    document: Document
    pointer: str


class Removed(Record):
    """An item of a list that is gone, so that those behind it moved up."""

    items: tuple[str, ...]
    index: int


Edit = Written | Removed


class Applied(Record):
    """What overlays made of a tree.

    Attributes:
        tree: The new one; what was not changed is shared with the old one and the overlays.
        edits: What was done, in this order, as far as it says where a node is from.
        warnings: What somebody should look at, with its place in an overlay.
    """

    tree: dict[str, Any]
    edits: tuple[Edit, ...]
    warnings: tuple[Diagnostic, ...]


def apply(tree: Mapping[str, Any], overlays: Iterable[Overlay]) -> Applied:
    """Apply overlays to a tree, in order; the tree and the overlays stay as they are.

    Raises:
        SpecError: An action does not fit what its target is; with its place in the overlay.
    """
    draft = _Draft(tree)
    warnings: list[Diagnostic] = []
    for overlay in overlays:
        try:
            for action in overlay.actions:
                warnings += map(overlay.document.locate, _act(draft, overlay, action))
            if depth_exceeds(draft.tree, MAX_DEPTH):
                message = f"this nests the document more than {MAX_DEPTH} levels deep"
                raise _refused("#/actions", message, "write updates with less nesting")
        except SpecError as error:
            raise SpecError(*map(overlay.document.locate, error.diagnostics)) from None
    return Applied(draft.tree, tuple(draft.edits), tuple(warnings))


def _act(draft: _Draft, overlay: Overlay, action: Action) -> Iterator[Diagnostic]:
    """Do one action; yield what is odd about it."""
    if not (action.remove or action.has_update or action.copy):
        message = "changes nothing: it has neither `update` nor `remove`"
        yield Diagnostic(message, action.pointer, "add one of them, or remove the action")
        return
    try:
        selected = action.target.select(draft.tree)
    except SpecError as error:
        problems = (Diagnostic(d.message, action.pointer, d.hint) for d in error.diagnostics)
        raise SpecError(*problems) from None
    if not selected:
        message = f"nothing in the document matches {_on_a_line(action.target.text)}"
        hint = "correct the target, or remove the action if the document no longer needs it"
        yield Diagnostic(message, action.pointer, hint)
    elif action.remove:
        draft.remove(selected, action.pointer)
    else:
        update = _value_of(draft, overlay, action)
        draft.reserve(_weight(update.value) * len(selected), update.pointer)
        for keys in selected:
            draft.update(keys, update, replaces_plain=overlay.replaces_plain)


def _value_of(draft: _Draft, overlay: Overlay, action: Action) -> _Update:
    """Return what an action writes."""
    if action.copy is None:
        return _Update(overlay.document, child(action.pointer, "update"), action.update)
    pointer = child(action.pointer, "copy")
    sources = action.copy.select(draft.tree)
    if len(sources) != 1:
        message = f"{_on_a_line(action.copy.text)} selects {len(sources)} nodes instead of one"
        raise _refused(pointer, message, "write a query that selects one node")
    # A copy of its own: a later action may change the one and not the other.
    return _Update(overlay.document, pointer, deepcopy(draft.node(sources[0])))


class _Update(Record):
    """A value of an overlay, and where it is there."""

    document: Document
    pointer: str
    value: Any

    def child(self, key: str | int, value: Any) -> _Update:
        return _Update(self.document, child(self.pointer, key), value)


class _Draft:
    """A tree under change: a container is copied before its first change, and all else is shared.

    Attributes:
        tree: The tree as it is by now.
        edits: What was done.
    """

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.tree = dict(tree)
        self.edits: list[Edit] = []
        self._written = 0
        # By identity; the values keep the identities from being used again.
        self._own: dict[int, Any] = {id(self.tree): self.tree}

    def reserve(self, weight: int, pointer: str) -> None:
        """Refuse updates that would fill the memory."""
        self._written += weight
        if self._written > MAX_COPIED:
            message = f"overlays write more than {MAX_COPIED:,} nodes into the document"
            raise _refused(pointer, message, "write a target that is more precise")

    def update(self, keys: Keys, update: _Update, *, replaces_plain: bool) -> None:
        """Merge a value into the mapping at `keys`, append it to the list, or replace the value."""
        node = self.node(keys)
        if isinstance(node, list):
            self._append(keys, update)
        elif isinstance(node, dict) and isinstance(update.value, dict):
            self._merge(keys, update)
        elif isinstance(node, dict):
            raise _misfit(keys, node, update, "write a mapping: its keys are merged into the other")
        elif replaces_plain and _is_plain(update.value):
            self._put(self._container(keys[:-1]), keys, update)
        elif replaces_plain:
            raise _misfit(keys, node, update, "write a plain value: it replaces the other")
        else:
            hint = "let the target select the mapping around it, and write the key in `update`"
            raise _misfit(keys, node, update, hint)

    def remove(self, selected: Sequence[Keys], pointer: str) -> None:
        """Remove nodes from what they are in."""
        # From the last to the first: no removal then moves, or takes away, what another one means.
        for keys in sorted(selected, reverse=True):
            if not keys:
                hint = "let the target select what is in it, as in $.paths"
                raise _refused(pointer, "the whole document cannot be removed", hint)
            *above, last = keys
            container = self._container(tuple(above))
            del container[last]
            if isinstance(last, int):
                self.edits.append(Removed(tuple(map(str, above)), last))

    def _merge(self, keys: Keys, update: _Update) -> None:
        container = self._container(keys)
        for key, value in update.value.items():
            part, at = update.child(key, value), (*keys, key)
            node = container.get(key)
            if key not in container or (not isinstance(node, dict | list) and _is_plain(value)):
                self._put(container, at, part)
            elif isinstance(node, dict) and isinstance(value, dict):
                self._merge(at, part)
            elif isinstance(node, list) and isinstance(value, list):
                for i, item in enumerate(value):
                    self._append(at, part.child(i, item))
            else:
                hint = "remove the old value with an earlier action, or write a value of its kind"
                raise _misfit(at, node, part, hint)

    def _append(self, keys: Keys, update: _Update) -> None:
        items = self._container(keys)
        items.append(None)
        self._put(items, (*keys, len(items) - 1), update)

    def _put(self, container: Any, keys: Keys, update: _Update) -> None:
        container[keys[-1]] = update.value
        self.edits.append(Written(tuple(map(str, keys)), update.document, update.pointer))

    def node(self, keys: Keys) -> Any:
        """Return the node at `keys`."""
        node: Any = self.tree
        for key in keys:
            node = node[key]
        return node

    def _container(self, keys: Keys) -> Any:
        """Return the mapping or list at `keys` as one that may be changed."""
        node: Any = self.tree
        for key in keys:
            inner = node[key]
            if id(inner) not in self._own:
                inner = node[key] = inner.copy()
                self._own[id(inner)] = inner
            node = inner
        return node


def _weight(value: Any) -> int:
    """Return how many nodes a value has."""
    weight, todo = 0, [value]
    while todo:
        node = todo.pop()
        weight += 1
        todo += node.values() if isinstance(node, dict) else listed(node)
    return weight


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "a plain value")


def _on_a_line(text: str) -> str:
    return text.replace("\n", "\\n")


def _misfit(keys: Keys, node: Any, update: _Update, hint: str) -> SpecError:
    where = f"{_kind(node)} at {_on_a_line(pointer_to(keys))}"
    return _refused(update.pointer, f"{_kind(update.value)} cannot be merged into {where}", hint)


def _refused(pointer: str, message: str, hint: str) -> SpecError:
    return SpecError(Diagnostic(message, pointer, hint))
