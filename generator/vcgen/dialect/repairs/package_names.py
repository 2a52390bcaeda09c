"""References to a schema by a longer name than it has: gRPC-Gateway puts packages in front."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text
from vcgen.text.pointers import component_at, pointer_to

_SCHEMAS = "#/components/schemas/"
# The version of a package, and what is in it: `apiCommonV1Link`.
_VERSIONED = re.compile(r"V\d\w*[A-Z]\w*")


@dialect_pass(Kind.SCHEMA, fields={"$ref"})
def package_names(node: Node, place: Place) -> Change | None:
    """Refer to the schema that the name of the missing one ends with, the longest that there is."""
    reference, known = text(node.get("$ref")), place.document.components("schemas")
    # Most schemas are there, which is seen without a look at the keys.
    if reference.removeprefix(_SCHEMAS) in known:
        return None
    section, name = component_at(reference) or ("", "")
    if section != "schemas" or name in known:
        return None
    meant = next((one for one in _shorter(name, known) if one in known), None)
    if meant is None:
        return None
    message = f'there is no schema "{name}": read as "{meant}"'
    return Change({**node, "$ref": pointer_to(("components", "schemas", meant))}, (message,))


def _shorter(name: str, known: Collection[str]) -> Iterator[str]:
    """Yield a name without more and more of its packages.

    What has no package left is meant only if no other package has its like.
    """
    packages = name.split(".")
    last = packages[-1]
    yield from (".".join(packages[at:]) for at in range(1, len(packages) - 1))
    if len(packages) > 1 and not any(one.endswith(f".{last}") for one in known):
        yield last
    for at in range(1, len(name)):
        if name[at].isupper() and _VERSIONED.search(name, at):
            yield name[at].lower() + name[at + 1 :]
