"""The intermediate representation: the Python package to be written, every name final.

All nodes are frozen. Where a node stands for something of the document it keeps both names:
`name` is the Python one, `spec_name` the document's. Text of the document is kept as it came
(`doc`, `spec_name`, values): the templates' filters make it a docstring or a literal.
"""

from generator.ir.client import Client, SecurityScheme, Session
from generator.ir.docs import Documented
from generator.ir.errors import BASE_ERRORS, ErrorClass, Errors, Message
from generator.ir.models import (
    MODEL,
    OPEN_MODEL,
    Definition,
    EnumClass,
    Field,
    Member,
    Struct,
    Tag,
    UnionClass,
)
from generator.ir.modules import Base, ModelModule, OperationModule
from generator.ir.operations import (
    Answer,
    Body,
    Encoding,
    Failure,
    FixedQuery,
    Operation,
    Parameter,
    Raise,
    Resource,
    Style,
)
from generator.ir.order import natural
from generator.ir.package import ASYNC, SYNC, Flavour, Package
from generator.ir.types import ANY, NONE, Type, TypeKind, names_of

__all__ = [
    "ANY",
    "ASYNC",
    "BASE_ERRORS",
    "MODEL",
    "NONE",
    "OPEN_MODEL",
    "SYNC",
    "Answer",
    "Base",
    "Body",
    "Client",
    "Definition",
    "Documented",
    "EnumClass",
    "ErrorClass",
    "Errors",
    "Encoding",
    "Failure",
    "Field",
    "FixedQuery",
    "Flavour",
    "Member",
    "Message",
    "ModelModule",
    "Operation",
    "OperationModule",
    "Package",
    "Parameter",
    "Raise",
    "Resource",
    "SecurityScheme",
    "Session",
    "Struct",
    "Style",
    "Tag",
    "Type",
    "TypeKind",
    "UnionClass",
    "names_of",
    "natural",
]
