"""Secrets that are told by their names alone: `format: password` is missing."""

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping

_NAME = re.compile(
    r"(.+_)?password|client_secret|private_key|session_id|(saml_|(access|refresh|actor|subject)_)token"
)


@dialect_pass(Kind.SCHEMA, fields={"properties"})
def secret_names(node: Node, _: Place) -> Change | None:
    """Give the texts that are called like passwords and tokens the format of passwords."""
    properties = mapping(node.get("properties"))
    secret = {
        name: {**one, "format": "password"}
        for name, one in properties.items()
        if _NAME.fullmatch(str(name))
        and mapping(one).get("type") == "string"
        and one.keys().isdisjoint({"format", "enum"})
    }
    return Change({**node, "properties": {**properties, **secret}}) if secret else None
