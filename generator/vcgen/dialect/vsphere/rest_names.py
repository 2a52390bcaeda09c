"""What is of the older API is called so: `/rest` and `/api` share their tags and schema names.

The two are different types (a map in one is a list of pairs in the other), and one client may hold
both. A name depends on itself alone, so all that is of `/rest` is told apart, clash or not.
"""

from __future__ import annotations

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.vsphere.rest import is_rest
from vcgen.text import marks

PREFIX = "Rest"

# `/rest` has `vcenter.VM.info` where `/api` has `VcenterVMInfo`, or, later, `Vcenter.VM.Info`.
_DOTTED = re.compile(r"[a-z]\w*(?:\.\w+)+", re.ASCII)


def schema_prefix(name: str) -> str:
    """Return what the class for a schema begins with: "Rest", or "" if it is of `/api`."""
    return PREFIX if _DOTTED.fullmatch(name) else ""


@dialect_pass(Kind.OPERATION)
def rest_resource(node: Node, place: Place) -> Change | None:
    """Mark the operations under `/rest` with the name of a resource of their own."""
    tags = node.get("tags")
    tag = next((tag for tag in tags if isinstance(tag, str)), "") if isinstance(tags, list) else ""
    if marks.RESOURCE in node or not tag or not is_rest(place):
        return None
    return Change({**node, marks.RESOURCE: f"{PREFIX.lower()}/{tag}"})
