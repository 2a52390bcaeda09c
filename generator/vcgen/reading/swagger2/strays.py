"""References between schemas that lead to no definition: into a path, a response, an extension."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.reading.swagger2.schemas import Schemas
from vcgen.text.pointers import pointer_keys, pointer_to


class Strays:
    """Leads them to where their targets are now."""

    def __init__(
        self, source: DocumentView, tree: dict[str, Any], origins: Mapping[str, str]
    ) -> None:
        self._source = source
        self._tree = DocumentView(tree)
        self._targets: dict[str, list[str]] = {}
        for target, origin in origins.items():
            self._targets.setdefault(origin, []).append(target)
        self._converted: set[tuple[str, ...]] = set()

    def settle(self, schemas: Schemas) -> None:
        """Rewrite the references in place; those that lead nowhere stay."""
        for node in schemas.strays:  # which grows on the way
            keys = pointer_keys(node["$ref"])
            if keys and keys[0].startswith("x-"):
                self._convert_there(keys, schemas)
            else:
                node["$ref"] = self._moved(keys) or node["$ref"]

    def _moved(self, keys: tuple[str, ...]) -> str | None:
        """Return where the node that `keys` lead to is now, if it is anywhere."""
        above, tail = pointer_to(keys), list[str]()
        while True:
            for target in self._targets.get(above, ()):
                pointer = "/".join([target, *reversed(tail)])
                if self._exists(pointer):
                    return pointer
            if "/" not in above:
                break
            above, _, key = above.rpartition("/")
            tail.append(key)
        pointer = pointer_to(keys)
        return pointer if self._exists(pointer) else None

    def _exists(self, pointer: str) -> bool:
        try:
            return isinstance(self._tree.at(pointer_keys(pointer)), Mapping)
        except LookupError:
            return False

    def _convert_there(self, keys: tuple[str, ...], schemas: Schemas) -> None:
        """Convert a schema that an extension holds; the containers on the way are copied."""
        if any(keys[:length] in self._converted for length in range(1, len(keys) + 1)):
            return
        try:
            schema = self._source.at(keys)
        except LookupError:
            return
        self._converted.add(keys)
        node: Any = self._tree.tree
        for key in keys[:-1]:
            step = int(key) if isinstance(node, list) else key
            node[step] = node[step].copy()
            node = node[step]
        node[int(keys[-1]) if isinstance(node, list) else keys[-1]] = schemas.convert(schema)
