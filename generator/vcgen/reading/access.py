"""Which files a document may lead to: what `$ref` names is read from disk, and never fetched."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vcgen.records import Record, field


class Access(Record):
    """Where the files of a document may be.

    Attributes:
        outside: Whether files outside the folder of the document may be read.
        references: Folders that hold what is below a URL, by the beginning of the URL.
    """

    outside: bool = False
    references: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def path_of(self, url: str) -> str | None:
        """Return the path of what a URL names, or None if no folder stands for it."""
        fitting = [prefix for prefix in self.references if url.startswith(prefix)]
        if not fitting:
            return None
        prefix = max(fitting, key=len)
        return f"{self.references[prefix].rstrip('/')}/{url[len(prefix):].lstrip('/')}"


NOWHERE_ELSE = Access()
