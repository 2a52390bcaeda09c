"""Annotations that are misspelt, such as `descripion`: what was meant is plain, and harmless."""

from collections.abc import Collection, Sequence

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.errors import close_matches

# What each may hold: a word that is near to one and holds something else was meant for another.
_ANNOTATIONS: dict[str, type | tuple[type, ...]] = {
    "deprecated": bool,
    "description": str,
    "example": object,
    "examples": (list, dict),
    "externalDocs": dict,
    "readOnly": bool,
    "summary": str,
    "title": str,
    "writeOnly": bool,
}
_NEAR = 0.8
# Words of JSON Schema and of OpenAPI that are near to an annotation and no misspelling of it.
_OTHERS = frozenset({"$comment", "definitions", "$defs", "default", "examples", "items", "if"})


def _may_be(kind: Kind, keys: Collection[str]) -> bool:
    return any(map(_near, keys))


@dialect_pass(Kind.SCHEMA, when=_may_be)
def misspelt_annotations(node: Node, _: Place) -> Change | None:
    """Spell the annotations as the standard does; where the right one is there too, it counts."""
    meant = {key: right for key in node if (right := _meant(key, node[key]))}
    if not meant:
        return None
    changed = {key: value for key, value in node.items() if key not in meant}
    for wrong, right in meant.items():
        changed.setdefault(right, node[wrong])
    messages = (f"`{wrong}` is not a keyword: read as `{right}`" for wrong, right in meant.items())
    return Change(changed, tuple(messages))


def _meant(key: str, value: object) -> str:
    """Return the annotation that a keyword was meant to be, or ""."""
    return next((right for right in _near(key) if isinstance(value, _ANNOTATIONS[right])), "")


def _near(key: str) -> Sequence[str]:
    """Return the annotations that a keyword may have been meant to be."""
    if key in _ANNOTATIONS or key in _OTHERS or key.startswith(("x-", "$")):
        return ()
    return close_matches(key, _ANNOTATIONS, cutoff=_NEAR)
