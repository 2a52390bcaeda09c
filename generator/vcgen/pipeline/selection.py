"""Selections: what a client is generated from, and the facts that decide what is generated."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vcgen import __version__, slicing
from vcgen.config import ClientConfig
from vcgen.dialect import Dialect, Repair
from vcgen.errors import Diagnostic
from vcgen.publishing.manifest import Manifest
from vcgen.reading.opened import Opened
from vcgen.records import Record, asdict, replace
from vcgen.text import marks
from vcgen.text.pointers import pointer_to

if TYPE_CHECKING:
    from vcgen import ir


class Refused(Record):
    """An operation that cannot be generated.

    Attributes:
        operation: Its name; a path where nothing is known of its operations.
        problems: Why.
    """

    operation: str
    problems: tuple[Diagnostic, ...]


class Selection(Record, dict=True):
    """What a client is generated from.

    Attributes:
        client: Its part of the configuration.
        document: The whole document.
        roots: Leading words that names go without.
        dialect: The habits of its vendor.
        slice: The part of the document that the operations reach.
        prefixes: What the classes of some schemas begin with, by the names of the schemas.
        repairs: The defects of the document that were repaired on the way.
        refused: What was asked for and cannot be generated, where the rest is all the same.
        package: What the files say, if that had to be known already.
    """

    client: ClientConfig
    document: Opened
    roots: tuple[str, ...]
    dialect: Dialect
    slice: slicing.Slice
    prefixes: Mapping[str, str]
    repairs: tuple[Repair, ...]
    refused: tuple[Refused, ...] = ()
    package: ir.Package | None = None

    def with_package(self, package: ir.Package) -> Selection:
        """Return the same with the package that was built of it."""
        return replace(self, package=package)

    def places(self) -> Iterator[str]:
        """Yield where in the document the operations and the components stand that it needs.

        What cannot be generated belongs to it, too: the next document may have it right.
        """
        names = {one.operation for one in self.refused}
        every = slicing.operations(self.document.tree) if names else ()
        refused = (operation for operation in every if operation.name in names)
        for operation in (*refused, *self.slice.operations):
            yield self.document.origin(operation.pointer)
        for section, components in self.slice.tree.get("components", {}).items():
            for name in components:
                yield self.document.origin(pointer_to(["components", section, name]))

    @property
    def lacks_session(self) -> bool:
        """Whether its operations need a session, and none of them opens one."""
        schemes = self.slice.tree.get("components", {}).get("securitySchemes", {})
        items = self.slice.tree["paths"].values()
        marked = any(marks.SESSION in (one or ()) for item in items for one in item.values())
        needed = any(one.get(marks.NAME) == "session_id" for one in schemes.values())
        return needed and not marked

    @cached_property  # it is asked for before a package is generated, and after
    def manifest(self) -> Manifest:
        """The facts that decide what is generated: the same facts, the same files."""
        info, renames = self.slice.tree["info"], self.client.renames._asdict()
        return Manifest(
            vcgen=__version__,
            source={
                "title": str(info.get("title", "")),
                "version": str(info.get("version", "")),
                "slice": _slice_digest(self.slice.tree),
                **self._overlays,
            },
            options={
                "package": self.client.package_name,
                "roots": list(self.roots),
                "layout": self.client.layout,
                # How its clients read a reply that differs, unless they are told to be strict.
                "reading": "lenient",
                "flavours": list(self.client.flavours),
                "media_types": list(self.client.media_types),
                "docs": self.client.docs,
                "line_length": self.client.line_length,
                "python": self.client.python,
                "opaque": list(self.client.opaque),
                **({} if self.client.base_path is None else {"base_path": self.client.base_path}),
                **({"modules": list(self.client.modules)} if self.client.modules else {}),
                **{one: True for one in ("recording", "testing") if getattr(self.client, one)},
                **self._declared,
                "rename": {kind: dict(names) for kind, names in renames.items() if names},
            },
            operations=[operation.name for operation in self.slice.operations],
            repairs=[asdict(repair) for repair in self.repairs],
            refused=[
                {"operation": one.operation, "reasons": [each.message for each in one.problems]}
                for one in self.refused
            ],
        )

    @property
    def _declared(self) -> dict[str, list[Mapping[str, Any]]]:
        """What the configuration declares of operations, for those who have any."""
        kinds = {one: getattr(self.client, one) for one in ("waiters", "pages", "media_choices")}
        return {kind: [one.table for one in found] for kind, found in kinds.items() if found}

    @property
    def _overlays(self) -> dict[str, list[dict[str, str]]]:
        """The corrections that took part, for those who have any."""
        if not self.document.overlays:
            return {}
        applied = zip(self.client.overlays, self.document.overlays, strict=True)
        return {
            "overlays": [
                {"file": file, "title": one.title, "actions": _digest(one.document.tree["actions"])}
                for file, one in applied
            ]
        }


def _slice_digest(tree: Mapping[str, Any]) -> str:
    """Return the digest of a slice; title and version do not count, for no code depends on them."""
    return _digest({**tree, "info": {**tree["info"], "version": ""}})


def _digest(value: object) -> str:
    return "sha256:" + hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()
