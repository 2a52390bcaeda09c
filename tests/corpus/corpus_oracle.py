"""The document as the judge: whether a value is what one of its schemas says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from corpus_files import Node, tree_at
from jsonschema.validators import extend
from openapi_schema_validator import (
    OAS30ReadValidator,
    OAS30WriteValidator,
    OAS31Validator,
    oas30_format_checker,
    oas31_format_checker,
)
from referencing import Registry, Resource

REQUEST, REPLY = "request", "reply"

_REGISTRY: Registry[Any] = Registry(retrieve=lambda uri: Resource.opaque(tree_at(uri)))


def is_of_python(pattern: str) -> bool:
    """Tell whether a pattern is one: those with `\\p{L}` or `\\z` are of other languages."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _pattern(validator: Any, pattern: str, value: object, schema: Any) -> Iterable[Any]:
    judge = OAS31Validator.VALIDATORS["pattern"]
    return judge(validator, pattern, value, schema) or () if is_of_python(pattern) else ()


# That a property is not to be sent is said of properties alone: a schema that says so of itself and
# stands in a list or behind a reference says nothing (OpenAPI 3.0, section 4.7.24.2).
_IN_30 = {
    REQUEST: extend(OAS30WriteValidator, {"readOnly": lambda *_: (), "pattern": _pattern}),
    REPLY: extend(OAS30ReadValidator, {"writeOnly": lambda *_: (), "pattern": _pattern}),
}
_IN_31 = extend(OAS31Validator, {"pattern": _pattern})
_FORMATS_30 = deepcopy(oas30_format_checker)
_FORMATS_31 = deepcopy(oas31_format_checker)
_TIME = re.compile(r"\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.IGNORECASE)


@_FORMATS_30.checks("time")
@_FORMATS_31.checks("time")
def _is_time(value: object) -> bool:
    """Take a time of RFC 3339, and one without an offset: servers written in Java send these."""
    return not isinstance(value, str) or _TIME.fullmatch(value) is not None


class Oracle:
    """Judges values by the schemas of a document: 3.0, 3.1, or Swagger 2.0 read as 3.0."""

    def __init__(self, document: Node) -> None:
        self._is_31 = str(document.get("openapi") or "3.0") >= "3.1"

    def problems(self, schema: Node, value: Any, direction: str) -> list[str]:
        """Return what is wrong with a value, and where."""
        kind = _IN_31 if self._is_31 else _IN_30[direction]
        formats = _FORMATS_31 if self._is_31 else _FORMATS_30
        checker = kind({"$ref": schema.uri}, registry=_REGISTRY, format_checker=formats)
        return [
            f"{'/'.join(map(str, error.absolute_path)) or '.'}: {error.message[:200]}"
            for error in checker.iter_errors(value)
        ]
