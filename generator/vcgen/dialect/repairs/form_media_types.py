"""Media types of forms, misspelt: `application/form-data` is none that a server knows."""

from __future__ import annotations

import re
from functools import lru_cache

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

_PARTS = "multipart/form-data"
_FIELDS = "application/x-www-form-urlencoded"
_MISSPELT = (
    (_PARTS, re.compile(r"(application/)?(x-)?(multipart[-/])?form-?data|multipart/form")),
    (_FIELDS, re.compile(r"(application/)?(x-)?(www-)?form-?url-?encoded?")),
)


@dialect_pass(Kind.REQUEST_BODY, fields={"content"})
def form_media_types(node: Node, _: Place) -> Change | None:
    """Write the media type of a form as it is registered, unless that is there, too."""
    content = node["content"]
    if not isinstance(content, dict):
        return None
    names = {key: _meant(str(key)) for key in content}
    wrong = {key: name for key, name in names.items() if name and name not in content}
    if not wrong:
        return None
    messages = (f"{key} is no media type: read as {name}" for key, name in wrong.items())
    renamed = {wrong.get(key, key): media for key, media in content.items()}
    return Change({**node, "content": renamed}, tuple(messages))


@lru_cache(maxsize=64)  # a document has a few
def _meant(media_type: str) -> str:
    """Return the media type that a misspelt one stands for, "" if it is not one of these."""
    bare = media_type.partition(";")[0].strip().lower()
    found = (name for name, spelling in _MISSPELT if spelling.fullmatch(bare))
    meant = next(found, "")
    return meant if meant != bare else ""
