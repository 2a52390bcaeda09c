"""Media types of JSON and of forms, misspelt: no server knows `application/form-data`."""

from __future__ import annotations

import re
from functools import lru_cache

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.media_types import FORM, JSON, MULTIPART

_MISSPELT = (
    # What has no name is JSON, as what has no media type is.
    (JSON, re.compile(r"(application)?json|")),
    (
        MULTIPART,
        re.compile(r"(application/)?(x-)?(multipart[-/])?form-?data|multipart/form"),
    ),
    (
        FORM,
        re.compile(r"(application/)?(x-)?(www-)?form-?url-?encoded?"),
    ),
)
# A comma in front of a parameter.
_COMMA = re.compile(r"^([^;,]*),(?=\s*[\w-]+=)")


@dialect_pass(Kind.REQUEST_BODY, Kind.RESPONSE, fields={"content"})
def media_types(node: Node, _: Place) -> Change | None:
    """Write a media type as it is registered, unless that is there, too."""
    content = node["content"]
    if not isinstance(content, dict):
        return None
    names = {key: _meant(str(key)) for key in content}
    wrong = {key: name for key, name in names.items() if name and name not in content}
    if not wrong:
        return None
    messages = (f'"{key}" is not a media type: read as {name}' for key, name in wrong.items())
    renamed = {wrong.get(key, key): media for key, media in content.items()}
    return Change({**node, "content": renamed}, tuple(messages))


@lru_cache(maxsize=64)  # a document has a few
def _meant(media_type: str) -> str:
    """Return the media type that a misspelt one stands for, "" if it is not one of these.

    Its parameters stay: they may tell which version of an API is meant.
    """
    written = _COMMA.sub(r"\1;", media_type)
    bare, semicolon, parameters = written.partition(";")
    name = bare.strip().lower()
    found = (known for known, spelling in _MISSPELT if spelling.fullmatch(name))
    meant = next(found, name)
    is_right = meant == name and written == media_type
    return "" if is_right else f"{meant}{semicolon}{parameters}"
