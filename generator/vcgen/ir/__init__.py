"""The intermediate representation: the Python package to be written, every name final.

All nodes are frozen. Where a node stands for something of the document it keeps both names:
`name` is the Python one, `spec_name` the document's. Text of the document is kept as it came
(`doc`, `spec_name`, values): the templates' filters make it a docstring or a literal.
"""

from vcgen.ir.client import Client, Grant, SecurityScheme, Session
from vcgen.ir.docs import Documented, Section
from vcgen.ir.errors import ANY_ERROR, BASE_ERRORS, ErrorClass, ErrorEnvelope, Errors, Message
from vcgen.ir.fakes import Fake, Limit, Together
from vcgen.ir.models import (
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
from vcgen.ir.modules import ModelModule, OperationModule
from vcgen.ir.operations import (
    Body,
    Encoding,
    Fixed,
    FixedQuery,
    Operation,
    Parameter,
    PartHeader,
    Style,
    route_of,
)
from vcgen.ir.order import natural
from vcgen.ir.package import ASYNC, FLAVOURS, SYNC, Package, Recording
from vcgen.ir.pages import Pages
from vcgen.ir.replies import Answer, Failure, Raise
from vcgen.ir.resources import Resource
from vcgen.ir.servers import OwnServer, Server, ServerVariable, UrlPart, joined, shown
from vcgen.ir.spec_names import spec_names
from vcgen.ir.tasks import Task
from vcgen.ir.types import ANY, ANY_MAP, NONE, STR, UNCHANGED, Type, TypeKind, names_of
from vcgen.ir.waiters import Fact, Match, Value, Waiter

__all__ = [
    "ANY",
    "ANY_ERROR",
    "ANY_MAP",
    "ASYNC",
    "BASE_ERRORS",
    "FLAVOURS",
    "MODEL",
    "NONE",
    "STR",
    "OPEN_MODEL",
    "SYNC",
    "UNCHANGED",
    "Answer",
    "Body",
    "Client",
    "Definition",
    "Documented",
    "Encoding",
    "EnumClass",
    "ErrorClass",
    "ErrorEnvelope",
    "Errors",
    "Fact",
    "Fake",
    "Failure",
    "Field",
    "Fixed",
    "FixedQuery",
    "Grant",
    "Limit",
    "Match",
    "Member",
    "Message",
    "ModelModule",
    "Operation",
    "OperationModule",
    "Package",
    "Recording",
    "Pages",
    "Parameter",
    "PartHeader",
    "Raise",
    "Resource",
    "Section",
    "SecurityScheme",
    "OwnServer",
    "Server",
    "ServerVariable",
    "Session",
    "Struct",
    "Style",
    "Tag",
    "Task",
    "Together",
    "Type",
    "TypeKind",
    "UnionClass",
    "UrlPart",
    "Value",
    "Waiter",
    "joined",
    "shown",
    "names_of",
    "route_of",
    "natural",
    "spec_names",
]
