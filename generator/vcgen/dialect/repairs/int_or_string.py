"""Strings of the format `int-or-string`, as Kubernetes has them: ports are numbers or names."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

_FORMAT = "int-or-string"
_MARK = "x-kubernetes-int-or-string"
_ALTERNATIVES = frozenset({"allOf", "anyOf", "oneOf", "enum", "$ref"})


@dialect_pass(Kind.SCHEMA, fields={"format", _MARK})
def int_or_string(node: Node, _: Place) -> Change | None:
    """Write out that a value is an integer or a string."""
    if node.get("format") != _FORMAT and node.get(_MARK) is not True:
        return None
    if not _ALTERNATIVES.isdisjoint(node):
        return None
    rest = {key: value for key, value in node.items() if key not in ("type", "format", _MARK)}
    either = [{"type": "integer"}, {"type": "string"}]
    return Change({**rest, "anyOf": either}, (f"{_FORMAT}: read as an integer or a text",))
