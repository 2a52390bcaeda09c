"""References between schemas that lead to no definition: into a path, a response, an extension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.reading.swagger2.schemas import Schemas
from vcgen.text.pointers import Keys, pointer_keys, pointer_to


class Strays:
    """Leads them to where their targets are now."""

    def __init__(
        self, source: DocumentView, tree: dict[str, Any], origins: Mapping[str, str]
    ) -> None:
        self._source = source
        self._tree = DocumentView(tree)
        self._origins = origins
        self._converted: set[Keys] = set()

    @cached_property
    def _targets(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for target, origin in self._origins.items():
            found.setdefault(origin, []).append(target)
        return found

    def settle(self, schemas: Schemas) -> None:
        """Rewrite the references in place; those that lead nowhere stay."""
        for node in schemas.strays:  # which grows on the way
            keys = pointer_keys(node["$ref"])
            if keys and keys[0].startswith("x-"):
                self._convert_there(keys, schemas)
            else:
                node["$ref"] = self._moved(keys) or node["$ref"]

    def _moved(self, keys: Keys) -> str | None:
        """Return where the node that `keys` lead to is now, if it is anywhere."""
        for length in range(len(keys), -1, -1):
            for target in self._targets.get(pointer_to(keys[:length]), ()):
                if found := self._below(pointer_keys(target), keys, length):
                    return found
        return self._below((), keys, 0)

    def _below(self, found: Keys, keys: Keys, start: int) -> str | None:
        """Return where `keys` lead to, which lead to `found` up to `start`: to a mapping, if any.

        Between them is what `Converted.origin` leaves out.
        """
        is_known = self._source.leads(keys)
        for key in keys[start:]:
            ways = self._ways(found, key) if is_known else [(*found, key)]
            found = next(filter(self._tree.leads, ways), ())
            if not found:
                return None
        schema = (*found, "schema")
        is_value = is_known and start < len(keys) and not self._source.leads((*keys, "schema"))
        if is_value and self._tree.leads(schema):
            found = schema
        is_there = self._tree.leads(found) and isinstance(self._tree.at(found), Mapping)
        return pointer_to(found) if is_there else None

    def _ways(self, above: Keys, key: str) -> Iterator[Keys]:
        """Yield where it may be now what `key` held in the node that is at `above` now."""
        yield (*above, key)
        yield (*above, "schema", key)
        content = (*above, "content")
        if key == "schema" and self._tree.leads(content):
            yield from ((*content, str(one), key) for one in self._tree.at(content))

    def _convert_there(self, keys: Keys, schemas: Schemas) -> None:
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
