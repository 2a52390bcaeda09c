"""Operations: what is sent, and what is answered."""

from __future__ import annotations

from vcgen.ir.docs import Documented, Section
from vcgen.ir.errors import ANY_ERROR
from vcgen.ir.models import Member
from vcgen.ir.replies import Answer, Failure, Raise
from vcgen.ir.types import ANY, NONE, Type
from vcgen.records import Record, replace


class Style(Record):
    """How arrays and objects are written outside of JSON.

    Attributes:
        name: As the specification has it, or `json`.
        explode: Whether each item of an array, or property of an object, stands alone.
        safe: The characters that are not escaped, beside those that never are.
    """

    name: str
    explode: bool = False
    safe: str = ""


class Parameter(Documented, Record):
    """An argument of an operation, and where it goes.

    Attributes:
        location: `path`, `query`, `header`, `cookie` or `body`.
        style: How it is written where that is not as usual there, or None.
        fixed: Its one value, which it has where the caller gives none.
        is_unset: Whether its absence is not None, for None means null.
        is_secret: Whether no frame of ours may hold its value for long.
        default: The JSON text of what the server takes for its absence, or None.
        constraints: The keywords that limit its values, and those inside them as
            `items.maxLength`; always in the same order.
        accepts: The type of what callers may give where that is more than its own, or None.
    """

    name: str
    spec_name: str
    type: Type
    required: bool
    doc: str
    location: str
    style: Style | None = None
    fixed: Member | None = None
    is_unset: bool = False
    is_secret: bool = False
    deprecated: bool = False
    default: str | None = None
    constraints: tuple[tuple[str, object], ...] = ()
    accepts: Type | None = None

    gap = " "
    is_body = False
    is_fixed = False

    @property
    def is_always(self) -> bool:
        """Whether each request has it, by the document, be it filled in."""
        return self.required or self.fixed is not None

    @property
    def absent(self) -> str:
        """What it is where the caller does not give it."""
        return "UNSET" if self.is_unset else "None"

    @property
    def given(self) -> Type:
        """The type of what callers give."""
        return self.accepts or self.type

    @property
    def annotation(self) -> str:
        """The type of what callers give, with what it is where they do not."""
        return self.given.or_unset if self.is_unset else self.given.annotation

    def beside(self, names: frozenset[str]) -> Parameter:
        """Return the argument for a place where `names` mean something else."""
        accepts = self.accepts and self.accepts.beside(names)
        return replace(self, type=self.type.beside(names), accepts=accepts)

    @property
    def carrier(self) -> str:
        """What carries it: `InQuery`, or `StyledQuery` where it has a style."""
        if self.is_idempotency_key:
            return "IdempotencyKey"
        if self.style and self.style.name == "cookie":
            return "RawCookie"
        return f"{'Styled' if self.style else 'In'}{self.location.capitalize()}"

    @property
    def is_idempotency_key(self) -> bool:
        """Whether the server knows by it which requests are the same one, sent again."""
        names = {"idempotency-key", "x-idempotency-key"}
        return self.location == "header" and self.spec_name.lower() in names and not self.style


class FixedQuery(Record):
    """A query parameter that the path key prescribes."""

    name: str
    value: str


class Fixed(Record):
    """What a request carries whoever sends it.

    Attributes:
        carrier: `InQuery` or `InHeader`.
    """

    carrier: str
    spec_name: str
    value: str

    is_body = False
    is_fixed = True


class PartHeader(Record):
    """A header that a part of a form must have.

    Attributes:
        value: Its one value, which it has where the caller gives none, or None.
    """

    spec_name: str
    value: str | None


class Encoding(Record):
    """How a field of a form is written where that is not as usual.

    Attributes:
        media_types: Those that it may have, the usual one first.
        headers: The headers that its part must have.
    """

    spec_name: str
    style: Style | None = None
    media_types: tuple[str, ...] = ()
    headers: tuple[PartHeader, ...] = ()

    @property
    def media_type(self) -> str:
        """The usual media type, or ""."""
        return next(iter(self.media_types), "")

    @property
    def is_several(self) -> bool:
        """Whether it may have several media types, or any of a range."""
        return len(self.media_types) > 1 or "*" in self.media_type

    @property
    def is_typed(self) -> bool:
        """Whether there is something to say beside headers."""
        return self.style is not None or bool(self.media_types)


class Body(Record):
    """What a request carries.

    Attributes:
        argument: The argument that holds it.
        encoder: `JsonBody`, `LinesBody`, `FormBody`, `MultipartBody`, `RawBody` or
            `UploadBody`.
        media_type: The media type that is sent along.
        encodings: How the fields of a form are written.
        charset: That of a text where it is not UTF-8, or "".
        offered: The media types that the document offers, and a digest of the schema of each.
        choices: The media types that an upload may have, where the document leaves it open.
    """

    argument: Parameter
    encoder: str
    media_type: str
    encodings: tuple[Encoding, ...] = ()
    charset: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()

    is_body = True

    @property
    def takes_null(self) -> bool:
        """Whether null is a value of it, and not only its absence."""
        is_needed, types = self.argument.required, self.argument.type.alternatives
        return self.argument.is_unset or (is_needed and (NONE in types or ANY in types))

    @property
    def is_multipart(self) -> bool:
        """Whether it is a form of parts."""
        return self.encoder == "MultipartBody"

    @property
    def carrier(self) -> str:
        """What carries it: the encoder, or one that does more."""
        if self.charset:
            return "TextBody"
        if self.choices:
            return "TypedUploadBody"
        if self.encoder == "JsonBody" and self.takes_null:
            return "NullableJsonBody"
        names = {"FormBody": "StyledFormBody", "MultipartBody": "EncodedMultipartBody"}
        return names[self.encoder] if self.encodings else self.encoder


def route_of(path: str) -> str:
    """Return a path as it is sent: without what tells the operations of one address apart.

    `/tags/{id}#delete` is such a key; a query behind the fragment would be lost with it. With more
    of a route behind it, `#` is a character of the path.
    """
    plain, _, fragment = path.partition("#")
    return path.replace("#", "%23") if "/" in fragment or "{" in fragment else plain


class Operation(Documented, Record):
    """An operation of the document, which becomes a function and two methods.

    Attributes:
        doc: What the document says of it, "" where that is nothing.
        key: What the configuration calls it: `GET /path`, as the document has it.
        operation_id: Its operationId, or "".
        function: The function that describes the call.
        is_brief: Whether its docstring says no more than must be said.
        scopes: What each alternative of `security` needs to be allowed, as `scheme scope`.
        server: The URL of a server of its own, or "".
        offered: The URLs of all servers of its own.
        since: The release that added it, as the document calls it, or "".
    """

    name: str
    key: str
    operation_id: str
    function: str
    method: str
    path: str
    parameters: tuple[Parameter, ...]
    fixed_query: tuple[FixedQuery, ...]
    body: Body | None
    security: tuple[tuple[str, ...], ...]
    returns: tuple[Answer, ...]
    failures: tuple[Failure, ...]
    result: Type
    doc: str
    raises_doc: tuple[Raise, ...]
    deprecated: bool = False
    is_brief: bool = False
    scopes: tuple[tuple[str, ...], ...] = ()
    server: str = ""
    offered: tuple[str, ...] = ()
    since: str = ""

    @property
    def route(self) -> str:
        """The path as it is sent."""
        return route_of(self.path)

    @property
    def address(self) -> str:
        """What its requests have in common: the method, the path and the fixed query."""
        fixed = "&".join(f"{one.name}={one.value}" for one in self.fixed_query)
        return f"{self.method} {self.route}{'?' if fixed else ''}{fixed}"

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """All arguments, in the order of the signature: path, body, what else is required."""
        order = ("path", "body", "query", "header", "cookie")
        given = (*self.parameters, *([self.body.argument] if self.body else []))
        return tuple(sorted(given, key=lambda one: (not one.required, order.index(one.location))))

    @property
    def required(self) -> tuple[Parameter, ...]:
        """The arguments that a caller must give."""
        return tuple(argument for argument in self.arguments if argument.required)

    @property
    def optional(self) -> tuple[Parameter, ...]:
        """The arguments that a caller may give, by keyword."""
        return tuple(argument for argument in self.arguments if not argument.required)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The arguments that no frame may show."""
        return tuple(argument.name for argument in self.arguments if argument.is_secret)

    def local(self, name: str) -> str:
        """Return the name of a variable of a method, which no argument of it has."""
        while any(argument.name == name for argument in self.arguments):
            name += "_"
        return name

    @property
    def path_parameters(self) -> tuple[Parameter, ...]:
        """The parameters in the path."""
        return self._at("path")

    @property
    def sends(self) -> tuple[Parameter | Fixed | Body, ...]:
        """What the request carries."""
        fixed = [Fixed("InQuery", one.name, one.value) for one in self.fixed_query]
        accept = [Fixed("InHeader", "Accept", self.accept)] if self.accept else []
        body = [self.body] if self.body else []
        queries, headers, cookies = map(self._at, ("query", "header", "cookie"))
        return (*self.path_parameters, *fixed, *queries, *accept, *headers, *cookies, *body)

    @property
    def raises(self) -> tuple[Failure, ...]:
        """The failures that have an exception of their own."""
        return tuple(one for one in self.failures if one.exception != ANY_ERROR)

    @property
    def declares(self) -> tuple[Failure, ...]:
        """The failures whose bodies have a type; where it is one for all, then for any status."""
        found = tuple(one for one in self.failures if one.declared != NONE)
        is_same = len({one.declared for one in found}) == 1
        return (replace(found[0], status="default"),) if is_same else found

    @property
    def accept(self) -> str:
        """The media types that are asked for, "" where it is JSON alone, which errors are, too."""
        first = {one.media_type.partition(";")[0].strip() for one in self.returns} - {""}
        also = {name.partition(";")[0].strip() for one in self.returns for name in one.also}
        others = [name for name in sorted(first) if name != "application/json"]
        if "application/json" in first:
            others.append("application/json")
        # What is read alike comes second; JSON comes last, for errors are JSON.
        others += [f"{name};q=0.9" for name in sorted(also - first)]
        if "application/json" not in first | also:
            others.append("application/json;q=0.5")
        return "" if others == ["application/json"] or not first else ", ".join(others)

    @property
    def is_stream(self) -> bool:
        """Whether each success is a stream."""
        return all(one.is_stream for one in self.returns) and bool(self.returns)

    @property
    def types(self) -> tuple[Type, ...]:
        """The types of the signature."""
        return (self.result, *(argument.given for argument in self.arguments))

    @property
    def docstring(self) -> str:
        """What is said of it, and its method and path."""
        if not self.doc:
            return "\n\n".join([f"Call {self.key}.", *["Deprecated."] * self.deprecated])
        is_said = self.is_brief or self.key in self.doc
        return "\n\n".join([super().docstring, *[f"`{self.key}`"] * (not is_said)])

    @property
    def sections(self) -> tuple[Section, ...]:
        """What is said of the arguments, and of the exceptions."""
        arguments = tuple((one.name, one.docstring) for one in self.arguments if one.docstring)
        raised = tuple((one.exception, one.doc) for one in self.raises_doc)
        found = (Section("Args", arguments), Section("Raises", raised))
        return tuple(section for section in found if section.entries)

    def beside(self, names: frozenset[str]) -> Operation:
        """Return the operation as a method beside others, which are called `names`."""
        body = self.body and replace(self.body, argument=self.body.argument.beside(names))
        parameters = tuple(one.beside(names) for one in self.parameters)
        return replace(self, parameters=parameters, body=body, result=self.result.beside(names))

    def _at(self, location: str) -> tuple[Parameter, ...]:
        return tuple(one for one in self.parameters if one.location == location)
