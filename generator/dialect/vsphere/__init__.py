"""What is peculiar to VMware's documents of vSphere: enums told in prose, sessions, loose texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.dialect.protocol import mapping
from generator.dialect.vsphere.enum_values import enum_values
from generator.dialect.vsphere.optional_by_text import optional_by_text
from generator.dialect.vsphere.orphan_enums import orphan_enums
from generator.dialect.vsphere.session import HEADER, session

PASSES = (optional_by_text, orphan_enums, enum_values, session)

# Leading words of the names that say no more than "this is vSphere".
ROOTS = ("Vcenter", "Vapi", "Cis")

_SCHEMA_NAME = re.compile(r"Vapi\.Std\.|VapiStd[A-Z]|vapi\.std\.")
_PATH_QUERY = re.compile(r"\?(.*&)?(~action|vmw-task)=")


def speaks(tree: Mapping[str, Any]) -> bool:
    """Return whether a document, OpenAPI or Swagger 2.0, is one of vSphere's."""
    components = mapping(tree.get("components"))
    for schemas in (components.get("schemas"), tree.get("definitions")):
        if any(_SCHEMA_NAME.match(str(name)) for name in mapping(schemas)):
            return True
    for schemes in (components.get("securitySchemes"), tree.get("securityDefinitions")):
        if any(mapping(s).get("name") == HEADER for s in mapping(schemes).values()):
            return True
    return any(_PATH_QUERY.search(str(path)) for path in mapping(tree.get("paths")))
