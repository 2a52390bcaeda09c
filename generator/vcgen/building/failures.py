"""Error replies raise exceptions: one a kind where the document has kinds, else one a status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vcgen import ir
from vcgen.building.context import Context, component_of
from vcgen.building.exceptions import Cause, Exceptions
from vcgen.building.located import located_operations
from vcgen.building.openapi import Discriminator, Node, Reference, Schema, extension
from vcgen.building.schemas import Schemas
from vcgen.building.unions import without_null
from vcgen.records import Record, field
from vcgen.text import marks, naming
from vcgen.text.blocks import Block, blocks
from vcgen.text.words import words


class _Family(Record):
    """Errors that a discriminator tells apart.

    Attributes:
        base: The type that they have in common.
        by_pointer: The exception for each schema.
        by_name: The exception for each schema, by its name.
    """

    base: ir.Type
    by_pointer: dict[str, str] = field(default_factory=dict[str, str])
    by_name: dict[str, str] = field(default_factory=dict[str, str])


class Failures:
    """What error replies raise, as operations declare them."""

    def __init__(self, context: Context, schemas: Schemas) -> None:
        self._context = context
        self._schemas = schemas
        self._exceptions = Exceptions(context, schemas.registry)
        self._families: dict[str, _Family] = {}
        # Most error replies are those of other operations, too.
        self._of_components: dict[tuple[int | str, str], ir.Failure] = {}
        self._reasons: dict[tuple[ir.Failure, str | None], list[tuple[str, str]]] = {}

    def failure(
        self, status: int | str, node: Node | None, pointer: str, spec_name: str
    ) -> ir.Failure:
        """Return the exception for an error reply, given the schema of its body, and its name."""
        if not isinstance(node, Reference):
            return self._failure(status, node, pointer, spec_name)
        key = status, node.ref
        if key not in self._of_components:
            self._of_components[key] = self._failure(status, node, pointer, spec_name)
        return self._of_components[key]

    def _failure(
        self, status: int | str, node: Node | None, pointer: str, spec_name: str
    ) -> ir.Failure:
        by_status = ir.ANY_ERROR if status == "default" else naming.status_class(status)
        if node is None:
            return ir.Failure(status, by_status, ir.NONE, ir.NONE)
        family, target = self._family(node, pointer)
        if family and isinstance(node, Reference):
            body = self._schemas.class_of(node, pointer)
        else:
            body = self._schemas.type_in(node, pointer, spec_name)
        body = without_null(body)  # of an error, null says as little as no body
        if family and target in family.by_pointer:
            declared = _known(body) if family.base == ir.NONE else family.base
            return ir.Failure(status, family.by_pointer[target], body, declared, is_kind=True)
        found = ir.Failure(status, by_status, body, _known(body))
        if family is None:
            self._exceptions.add_body(self._root(found.declared))
        if status == "default":
            self._exceptions.add_body(found.declared)
        elif found.declared != ir.NONE:
            self._exceptions.add(_cause_of(found, found.declared))
        return found

    def complete(self, failures: Sequence[ir.Failure]) -> None:
        """Make the exceptions for those error replies of an operation that tell no body.

        They have the bodies of its others, as far as anybody can know.
        """
        declared = dict.fromkeys(one.declared for one in failures)
        bodies = [body for body in declared if body != ir.NONE] or [ir.NONE]
        for failure in failures:
            if failure.declared == ir.NONE and failure.exception != ir.ANY_ERROR:
                for body in bodies:
                    self._exceptions.add(_cause_of(failure, body))

    def reasons(self, failure: ir.Failure, text: str | None) -> Iterable[tuple[str, str]]:
        """Return each exception that an error reply may be, and when it is.

        Where a reply is of several kinds, a paragraph of its description begins with each.
        """
        key = failure, text
        if key not in self._reasons:
            self._reasons[key] = list(self._told(failure, text))
        return self._reasons[key]

    def _told(self, failure: ir.Failure, text: str | None) -> Iterator[tuple[str, str]]:
        names: dict[str, str] = {}
        for family in self._families.values():
            names |= family.by_name if family.base == failure.declared else {}
        groups: list[tuple[str, list[Block]]] = []
        for block in blocks(text):
            first, _, rest = block.text.partition(" ")
            kind = names.get(first.rstrip(":"), "") if rest else ""
            is_part = bool(block.marker or block.indent or block.is_fixed)
            if kind:
                groups.append((kind, [Block(rest)]))
            elif groups and (is_part or groups[-1][0] == failure.exception):
                groups[-1][1].append(block)
            else:
                groups.append((failure.exception, [block]))
        for name, said in groups:
            yield name, self._context.docs.of_entry(said)

    def errors(self, definitions: Iterable[ir.Definition]) -> ir.Errors:
        """Return the hierarchy of exceptions, given the classes of the package in their order."""
        operations = (one.operation for one in located_operations(self._context))
        stated = (extension(one, marks.ERROR_ENVELOPE) for one in operations)
        mark = next(filter(None, stated), None)
        envelope = ir.ErrorEnvelope(mark["kind"], mark["value"]) if mark else None
        return self._exceptions.hierarchy(definitions, envelope)

    def _family(self, node: Node, pointer: str) -> tuple[_Family | None, str]:
        """Return the family of errors that a schema belongs to, and the schema's own pointer."""
        if not isinstance(node, Reference):
            return None, pointer
        schema: Schema
        schema, target = self._context.resolve(node, pointer)
        pointer = target
        seen: set[str] = set()
        while schema.discriminator is None:
            parents = [part for part in schema.allOf or [] if isinstance(part, Reference)]
            if len(parents) != 1 or pointer in seen:
                return None, target
            seen.add(pointer)
            schema, pointer = self._context.resolve(parents[0], pointer)
        if not schema.discriminator.mapping:
            return None, target
        if pointer not in self._families:
            self._families[pointer] = self._make_family(schema.discriminator, pointer)
            self._reasons.clear()  # a paragraph may begin with the name of a kind from now on
        return self._families[pointer], target

    def _make_family(self, discriminator: Discriminator, pointer: str) -> _Family:
        """Make an exception of every kind of a family."""
        self._exceptions.add_discriminator(discriminator.propertyName)
        family = _Family(self._class(pointer))
        mapping = discriminator.mapping or {}
        targets = {kind: self._context.pointer_of(target) for kind, target in mapping.items()}
        alone = list(targets.values()).count(pointer) == 1
        for kind, child in targets.items():
            spec_name = component_of(child)[1]
            if child == pointer and (alone or _is_named(spec_name, kind)):
                self._exceptions.add_base_kind(kind, spec_name)
                self._exceptions.add_body(family.base)
                continue
            cause = self._cause_of_kind(kind, child, spec_name)
            self._exceptions.add(cause)
            # Where nothing is said of the base, the kinds have no more in common than any error.
            is_alike = family.base != ir.NONE and self._is_of(cause.body, family.base)
            self._exceptions.add_body(family.base if is_alike else cause.body)
            family.by_pointer[child] = family.by_name[spec_name] = cause.exception
        # The base itself says nothing of the kind: its replies are told apart by their bodies.
        family.by_pointer[pointer] = family.by_name[component_of(pointer)[1]] = ir.ANY_ERROR
        return family

    def _cause_of_kind(self, kind: str, pointer: str, spec_name: str) -> Cause:
        name = naming.kind_exception(kind, spec_name, self._context.options.roots)
        if name == self._schemas.class_name(spec_name, pointer):
            name += "Exception"
        description = (self._context.components.schemas or {})[spec_name].description
        usual = f"The server responded with the error {kind}."
        doc = self._context.docs.of_class(description) or usual
        return Cause(name, doc, self._class(pointer), kind, spec_name)

    def _class(self, pointer: str) -> ir.Type:
        return _known(self._schemas.class_of(self._context.reference(pointer), pointer))

    def _is_of(self, body: ir.Type, base: ir.Type) -> bool:
        """Tell whether a kind is one of the base: a mapping of a discriminator leads anywhere."""
        registry = self._schemas.registry
        struct = registry.struct(body)
        if struct is None:
            return body.kind is ir.TypeKind.CLASS  # it is not made yet
        is_object = registry.struct(base) is not None  # else it is a union of the kinds
        return not is_object or base.name in (one.name for one in registry.lineage(struct))

    def _root(self, body: ir.Type) -> ir.Type:
        struct = self._schemas.registry.struct(body)
        if struct is None:
            return body
        return ir.Type(ir.TypeKind.CLASS, self._schemas.registry.lineage(struct)[-1].name)


def _is_named(spec_name: str, kind: str) -> bool:
    """Tell whether a schema is called like a kind: `Vapi.Std.Errors.Error` is an `ERROR`."""
    wanted = [word.lower() for word in words(kind)]
    return [word.lower() for word in words(spec_name)][-len(wanted) :] == wanted


def _cause_of(failure: ir.Failure, body: ir.Type) -> Cause:
    """Return the cause that a status is."""
    return Cause(failure.exception, f"The server responded with status {failure.status}.", body)


def _known(type_: ir.Type) -> ir.Type:
    """Return what a type says of a body that is there, None if that is nothing."""
    return ir.NONE if type_ == ir.ANY else without_null(type_)
