"""A read-only look at the whole document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from vcgen.dialect.namesakes import Namesakes
from vcgen.text.path_items import operations_of
from vcgen.text.pointers import component_at, pointer_keys

_BETWEEN = re.compile(r"[\s_.,:;/()'-]+")
# "FinancialStatistics" is "Financial Statistics" without what is between the words.
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_VERSION = re.compile(r"(\d+)(?:\.(\d+)(\..+)?)?")
# What only describes beside a `$ref`, and does no harm where it is read nevertheless.
_DESCRIBING = frozenset(
    {"$ref", "default", "deprecated", "description", "example", "examples", "externalDocs"}
    | {"nullable", "readOnly", "summary", "title", "writeOnly", "xml"}
)


def beside_reference(keys: Iterable[str]) -> list[str]:
    """Return the keys beside a `$ref` that say what a value is, as an `allOf` would."""
    return [key for key in keys if key not in _DESCRIBING and not key.startswith("x-")]


def mapped_by(discriminator: object) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what a discriminator refers to, and the keys that lead to it.

    It is the name of a schema, or a reference: for a value each, and by default (OpenAPI 3.2).
    """
    found = discriminator if isinstance(discriminator, dict) else {}
    if usual := found.get("defaultMapping"):
        yield ("defaultMapping",), usual
    if isinstance(values := found.get("mapping"), dict):
        yield from ((("mapping", str(key)), one) for key, one in values.items())


def remapped(
    discriminator: Mapping[str, Any], meant: Mapping[tuple[str, ...], str]
) -> Mapping[str, Any]:
    """Return a discriminator that refers to other schemas, by the keys that `mapped_by` yields."""
    if not meant:
        return discriminator
    values = {way[1]: one for way, one in meant.items() if len(way) > 1}
    changed = {**discriminator, **{way[0]: one for way, one in meant.items() if len(way) == 1}}
    return {**changed, "mapping": {**changed["mapping"], **values}} if values else changed


def _folded(name: str) -> str:
    """Return a name without regard to capitals, and to what is between its words."""
    return " ".join(_BETWEEN.split(name.casefold())).strip()


@lru_cache(maxsize=1024)  # operations share their tags
def _foldings(name: str) -> tuple[str, ...]:
    return _folded(name), _folded(_HUMP.sub(" ", name))


def _spelt(name: str, spellings: Mapping[str, str]) -> str:
    """Return a name as it is spelt first, whether its words are run together or apart."""
    return next((spellings[one] for one in _foldings(name) if one in spellings), name)


class DocumentView:
    """The document as it came, to look things up in."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self.tree = tree
        self._ends: dict[str, Mapping[str, Any]] = {}

    @cached_property
    def version(self) -> tuple[int, int]:
        """The version of OpenAPI, as (3, 1), or (0, 0) where the document states none."""
        stated = self.tree.get("openapi")
        match = _VERSION.fullmatch(str(stated)) if isinstance(stated, str | float | int) else None
        return (int(match[1]), int(match[2] or 0)) if match else (0, 0)

    @cached_property
    def operation_ids(self) -> Mapping[tuple[str, str], Namesakes]:
        """The operations that have a first tag and operationId."""
        found: dict[tuple[str, str], Namesakes] = defaultdict(Namesakes)
        for place, operation in self._operations():
            tags, name = operation.get("tags"), operation.get("operationId")
            if isinstance(name, str):
                tag = str(tags[0] if isinstance(tags, list) and tags else None)
                found[tag, name].add(place)
        return found

    def tag(self, name: str) -> str:
        """Return a tag as it is spelt where the document first has it."""
        return _spelt(name, self._spellings)

    @cached_property
    def _spellings(self) -> Mapping[str, str]:
        declared = self.tree.get("tags")
        listed = declared if isinstance(declared, list) else []
        tags: list[Any] = [self.resolve(tag).get("name") for tag in listed]
        for _, operation in self._operations():
            used = operation.get("tags")
            tags += used if isinstance(used, list) else []
        found: dict[str, str] = {}
        for tag in tags:
            if isinstance(tag, str):
                found |= dict.fromkeys(_foldings(tag), _spelt(tag, found))
        return found

    def _operations(self) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
        for path, item in self.paths.items():
            if not str(path).startswith("x-"):
                for keys, one in operations_of(self.resolve(item)):
                    yield (str(path), keys[-1]), self.resolve(one)

    @cached_property
    def subtypes(self) -> Mapping[str, list[str]]:
        """The schemas that extend a schema, by the name of that schema."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, schema in self.components("schemas").items():
            for reference in self.bases_of(schema) if isinstance(schema, dict) else ():
                keys = pointer_keys(reference)
                if keys[:2] == ("components", "schemas") and len(keys) == 3:
                    found[keys[2]].append(name)
        return found

    def subtypes_of(self, name: str) -> tuple[str, ...]:
        """Return the schemas that extend the schema `name`, directly or not."""
        found = dict.fromkeys([name])
        waiting = [name]
        while waiting:
            new = [one for one in self.subtypes.get(waiting.pop(), ()) if one not in found]
            found.update(dict.fromkeys(new))
            waiting += new
        return tuple(found)[1:]

    @cached_property
    def extensions(self) -> Mapping[tuple[str, ...], list[tuple[str, Mapping[str, Any]]]]:
        """What extends a schema, by the keys that lead to that: in `allOf`, or beside a `$ref`.

        Each with its name, which is "" where it is no component. It takes a walk through all of
        the document: ask where few do.
        """
        found: dict[tuple[str, ...], list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        schemas = self.components("schemas")
        waiting: list[tuple[str, Any]] = [*schemas.items(), ("", self.tree)]
        while waiting:
            name, node = waiting.pop()
            if isinstance(node, dict):
                for reference in self.bases_of(node):
                    found[tuple(pointer_keys(reference))].append((name, node))
                waiting += [("", one) for one in node.values() if one is not schemas]
            elif isinstance(node, list):
                waiting += [("", one) for one in node]
        return found

    def bases_of(self, node: Mapping[str, Any]) -> Iterator[str]:
        """Yield what a schema refers to in its `allOf`, and from 3.1 on beside what it says."""
        parts = node.get("allOf")
        for part in (*(parts if isinstance(parts, list) else ()), node):
            reference = part.get("$ref") if isinstance(part, dict) else None
            if isinstance(reference, str) and (part is not node or self._extends(node)):
                yield reference

    def _extends(self, node: Mapping[str, Any]) -> bool:
        """Tell whether a schema with a `$ref` says more of a value than what that leads to."""
        return self.version >= (3, 1) and bool(beside_reference(node))

    @property
    def paths(self) -> Mapping[str, Any]:
        """The path items by their keys; none where the document has no paths."""
        found = self.tree.get("paths")
        return found if isinstance(found, dict) else {}

    def components(self, section: str) -> Mapping[str, Any]:
        """Return the components of one section, such as `schemas`, by name."""
        components = self.tree.get("components")
        found = components.get(section) if isinstance(components, dict) else None
        return found if isinstance(found, dict) else {}

    def has(self, section: str, reference: object) -> bool:
        """Tell whether a reference is to a component of a section, and this is there."""
        found = component_at(reference)
        return found is not None and found[0] == section and found[1] in self.components(section)

    def at(self, keys: Sequence[str]) -> Any:
        """Return what `keys` lead to from the root.

        Raises:
            LookupError: There is no such place.
        """
        node: Any = self.tree
        for key in keys:
            if isinstance(node, dict):
                node = node[key]
            elif isinstance(node, list) and re.fullmatch(r"0|[1-9]\d{0,8}", key, re.ASCII):
                node = node[int(key)]
            else:
                raise LookupError(key)
        return node

    def leads(self, keys: Sequence[str]) -> bool:
        """Tell whether `keys` lead anywhere from the root; null is something, too."""
        try:
            self.at(keys)
        except LookupError:
            return False
        return True

    def resolve(self, value: object) -> Mapping[str, Any]:
        """Return the mapping that `value` is or refers to, or an empty one if there is none."""
        passed: dict[str, None] = {}
        found: Mapping[str, Any] = {}
        while isinstance(value, dict):
            reference = value.get("$ref")
            if not isinstance(reference, str):
                found = value
                break
            if reference in self._ends:
                found = self._ends[reference]
                break
            if reference in passed or not reference.startswith("#/"):
                break
            passed[reference] = None
            try:
                value = self.at(pointer_keys(reference))
            except LookupError:
                break
        # Each link of a chain is taken once, however many references begin in it.
        self._ends |= dict.fromkeys(passed, found)
        return found

    def declared(self, *schemas: object) -> dict[str, Any]:
        """Return the properties of schemas and of all their bases; a newer one replaces an older.

        What stands beside a `$ref` is read, too.
        """
        found = self.declarations(*schemas)
        return {name: schema for one in found for name, schema in one.items()}

    def declarations(self, *schemas: object) -> list[Mapping[str, Any]]:
        """Return the `properties` of schemas and of all their bases, the oldest first."""
        waiting: list[Any] = [*schemas]
        seen: set[int] = set()
        found: list[Any] = []
        while waiting:
            one = waiting.pop()
            if not isinstance(one, dict) or id(one) in seen:
                continue
            seen.add(id(one))
            found.append(one.get("properties"))
            parts = one.get("allOf")
            waiting += parts if isinstance(parts, list) else ()
            waiting += [self.resolve(one)] if "$ref" in one else ()
        return [one for one in reversed(found) if isinstance(one, dict)]
