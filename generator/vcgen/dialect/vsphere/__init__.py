"""What is peculiar to VMware's documents of vSphere: enums told in prose, sessions, two APIs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vcgen.dialect.vsphere.empty_reply import empty_reply
from vcgen.dialect.vsphere.enum_values import enum_values
from vcgen.dialect.vsphere.error_family import error_family
from vcgen.dialect.vsphere.optional_by_text import optional_by_text
from vcgen.dialect.vsphere.optional_error_type import optional_error_type
from vcgen.dialect.vsphere.orphan_enums import orphan_enums
from vcgen.dialect.vsphere.rest_envelope import rest_envelope
from vcgen.dialect.vsphere.rest_errors import rest_errors
from vcgen.dialect.vsphere.rest_names import PREFIX, rest_resource, schema_prefix
from vcgen.dialect.vsphere.secret_names import secret_names
from vcgen.dialect.vsphere.session import HEADER, session, sessions
from vcgen.dialect.vsphere.session_security import add_security, session_security
from vcgen.dialect.vsphere.tasks import tasks
from vcgen.text.nodes import mapping

__all__ = [
    "DOCUMENT_PASSES",
    "OWN_PASSES",
    "PASSES",
    "QUALIFIERS",
    "ROOTS",
    "schema_prefix",
    "sessions",
    "speaks",
]

# What a document does not say of itself; then, what takes all that there is.
OWN_PASSES = (add_security,)
DOCUMENT_PASSES = (error_family,)

PASSES = (
    optional_by_text,
    optional_error_type,
    orphan_enums,
    enum_values,
    empty_reply,
    rest_envelope,
    rest_errors,
    rest_resource,
    secret_names,
    session_security,
    session,
    tasks,
)

# Leading words of the names that say no more than "this is vSphere".
ROOTS = ("Vcenter", "Vapi", "Cis")

# Those that say only which of two APIs a class is of.
QUALIFIERS = (PREFIX,)

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
