"""Operations: what is sent, what is answered, and the resources that they belong to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.ir.types import NONE, Type


@dataclass(frozen=True)
class Parameter:
    """An argument of an operation, and where it goes."""

    name: str
    spec_name: str
    type: Type
    required: bool
    doc: str


@dataclass(frozen=True)
class FixedQuery:
    """A query parameter that the path key prescribes."""

    name: str
    value: str


@dataclass(frozen=True)
class Answer:
    """A status that means success, and how its body is read: `Json`, or `NoContent`."""

    status: int
    reader: str
    type: Type

    @property
    def has_body(self) -> bool:
        """Whether the reader is told a type."""
        return self.type != NONE


@dataclass(frozen=True)
class Failure:
    """A status that means failure, and the exception for it."""

    status: int
    exception: str


@dataclass(frozen=True)
class Raise:
    """A line of the `Raises:` section."""

    exception: str
    doc: str


@dataclass(frozen=True)
class Operation:
    """An operation of the document, which becomes a function and two methods."""

    name: str
    spec_name: str
    function: str
    method: str
    path: str
    path_parameters: tuple[Parameter, ...]
    query_parameters: tuple[Parameter, ...]
    fixed_query: tuple[FixedQuery, ...]
    body: Parameter | None
    security: tuple[tuple[str, ...], ...]
    returns: tuple[Answer, ...]
    raises: tuple[Failure, ...]
    result: Type
    doc: str
    raises_doc: tuple[Raise, ...]

    @property
    def required(self) -> tuple[Parameter, ...]:
        """The arguments that a caller must give, in the order of the signature."""
        given = (*self.path_parameters, *self._body, *self.query_parameters)
        return tuple(parameter for parameter in given if parameter.required)

    @property
    def optional(self) -> tuple[Parameter, ...]:
        """The arguments that a caller may give, by keyword."""
        given = (*self._body, *self.query_parameters)
        return tuple(parameter for parameter in given if not parameter.required)

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """All arguments, in the order of the signature."""
        return self.required + self.optional

    @property
    def types(self) -> tuple[Type, ...]:
        """The types of the signature."""
        return (self.result, *(argument.type for argument in self.arguments))

    @property
    def documented(self) -> tuple[Parameter, ...]:
        """The arguments that the document says something about."""
        return tuple(argument for argument in self.arguments if argument.doc)

    @property
    def has_query(self) -> bool:
        """Whether anything goes into the query."""
        return bool(self.fixed_query or self.query_parameters)

    def beside(self, names: frozenset[str]) -> Operation:
        """Return the operation as a method beside others, which are called `names`."""

        def moved(parameters: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
            return tuple(replace(one, type=one.type.beside(names)) for one in parameters)

        return replace(
            self,
            path_parameters=moved(self.path_parameters),
            query_parameters=moved(self.query_parameters),
            body=moved(self._body)[0] if self.body else None,
            result=self.result.beside(names),
        )

    @property
    def _body(self) -> tuple[Parameter, ...]:
        return (self.body,) if self.body else ()


@dataclass(frozen=True)
class Resource:
    """The operations of one tag."""

    name: str
    spec_name: str
    attribute: str
    doc: str
    operations: tuple[Operation, ...]

    @property
    def methods(self) -> tuple[Operation, ...]:
        """The operations, typed for a class body in which their names hide built-in ones."""
        names = frozenset(operation.name for operation in self.operations) & _BUILTINS
        return tuple(operation.beside(names) for operation in self.operations)

    @property
    def hides_builtins(self) -> bool:
        """Whether an annotation in the class needs the full name of a built-in type."""
        return any("builtins." in t.annotation for one in self.methods for t in one.types)


_BUILTINS = frozenset({"bool", "bytes", "dict", "float", "int", "list", "str"})
