"""Views: a package with what is looked up in it to compare it with another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from vcgen import ir
from vcgen.records import Record, replace
from vcgen.text import templates

# No property is called so, but by somebody who wants to be confused.
OTHERS = "(additionalProperties)"


def address(method: str, path: str, server: str) -> str:
    """Return what identifies an operation over versions of a document.

    Args:
        method: The HTTP method.
        path: The path with its variables, and perhaps a query.
        server: The base URL, with or without a host.
    """
    base = re.sub(r"^[A-Za-z][\w+.-]*://[^/]*|^//[^/]*", "", server).rstrip("/")
    plain, query = templates.split(path)
    # What a variable is called is nobody's affair but the document's.
    plain = re.sub(r"\{[^{}]*\}", "{}", f"{base}/{plain.lstrip('/')}")
    fixed = urlencode(sorted(parse_qsl(query, keep_blank_values=True)))
    return f"{method.upper()} {plain}" + (f"?{fixed}" if fixed else "")


def origin(url: str) -> tuple[str, str]:
    """Return the scheme and the host of a URL, without the port that the scheme has by default."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].lower()
    return scheme, host.removesuffix(_PORTS.get(scheme, ""))


_PORTS = {"http": ":80", "https": ":443"}


def own_address(operation: ir.Operation) -> str:
    """Return what identifies an operation below its server."""
    return address(operation.method, _whole_path(operation), "")


def _whole_path(operation: ir.Operation) -> str:
    query = urlencode([(item.name, item.value) for item in operation.fixed_query])
    return f"{operation.path}?{query}" if query else operation.path


def shown(type_: ir.Type) -> str:
    """Return a type as its users write it: without the names of modules."""

    def plain(one: ir.Type) -> ir.Type:
        arguments = tuple(map(plain, one.arguments))
        return replace(one, arguments=arguments, prefix="", hidden=frozenset())

    return plain(type_).annotation


def distinct(addresses: Mapping[str, str]) -> dict[str, str]:
    """Return operations by their addresses, given these by operation.

    Those of one address, which no document should have, are told apart by themselves.
    """
    count = Counter(addresses.values())
    return {
        place if count[place] == 1 else f"{place} {name}": name for name, place in addresses.items()
    }


class Method(Record):
    """An operation as callers know it.

    Attributes:
        resource: The resource that it belongs to.
        operation: The operation itself.
    """

    resource: ir.Resource
    operation: ir.Operation

    @property
    def name(self) -> str:
        """The method of the client: `vm.get`."""
        return f"{self.resource.attribute}.{self.operation.name}"


class View:
    """A package with what is looked up in it."""

    def __init__(self, package: ir.Package) -> None:
        self.package = package
        self.methods = tuple(
            Method(resource, operation)
            for resource in package.resources
            for operation in resource.operations
        )
        self.classes = {node.name: node for node in package.definitions}

    def address(self, method: Method) -> str:
        """Return what identifies an operation over versions of a document."""
        operation = method.operation
        return address(operation.method, _whole_path(operation), self.package.client.server.url)

    def own_address(self, method: Method) -> tuple[object, str]:
        """Return the origin of the server that an operation has for itself, and its address there.

        A server that is only a path is on the host of the document.
        """
        operation = method.operation
        default = self.package.client.server.default_url
        if not operation.server:
            return origin(default), self.address(method)
        path = _whole_path(operation)
        url = default if operation.server.startswith("/") else operation.server
        return origin(url), address(operation.method, path, operation.server)

    def whole_path(self, method: Method) -> str:
        """Return the path of an operation with that of the server in front."""
        return f"{self.base_path}{method.operation.path}"

    @property
    def base_path(self) -> str:
        """The path in the URL that callers pass."""
        return ir.shown(self.package.client.server.path)

    @cached_property
    def by_address(self) -> Mapping[object, Method]:
        """The operations by what identifies them over versions of a document."""
        keys = {method.operation.key: method for method in self.methods}
        places = distinct({key: self.address(method) for key, method in keys.items()})
        return {place: keys[key] for place, key in places.items()}

    @cached_property
    def modules(self) -> Mapping[str, str]:
        """The module that each class is imported from, where there is a choice."""
        if not self.package.is_split:
            return {}
        modules = self.package.model_modules
        return {node.name: module.path for module in modules for node in module.definitions}

    def given(self, type_: ir.Type) -> ir.Type:
        """Return what callers give for a type: any value for an enumeration that takes any.

        Lists and maps of enumerations are looked at alone, and may be of their plain values.
        """
        node = self.classes.get(type_.name)
        if isinstance(node, ir.EnumClass) and type_.takes_any:
            return ir.Type(ir.TypeKind.UNION, arguments=(type_, node.scalar))
        inner = tuple(map(self.given, type_.arguments))
        if type_.kind is ir.TypeKind.UNION:
            parts = (part for one in inner for part in one.alternatives)
            return replace(type_, arguments=tuple(dict.fromkeys(parts)))
        has_enum = any(isinstance(self.classes.get(name), ir.EnumClass) for name in type_.names)
        name = (ir.UNCHANGED.get(type_.kind) if has_enum else None) or type_.name
        is_same = (name, inner) == (type_.name, type_.arguments)
        return type_ if is_same else replace(type_, name=name, arguments=inner)

    def lineage(self, name: str) -> tuple[str, ...]:
        """Return a class and all that it extends, its own base first."""
        found = [name]
        while isinstance(node := self.classes.get(found[-1]), ir.Struct):
            found.append(node.base)
        return tuple(found)

    def bases(self, name: str) -> tuple[str, ...]:
        """Return the classes of the document that a class extends."""
        return tuple(base for base in self.lineage(name)[1:] if base in self.classes)

    def fields(self, struct: ir.Struct) -> dict[str, ir.Field]:
        """Return the fields of an object with those that it inherits, by their property."""
        found: dict[str, ir.Field] = {}
        for name in reversed(self.lineage(struct.name)):
            node = self.classes.get(name)
            own = node.fields if isinstance(node, ir.Struct) else ()
            found.update((field.spec_name, field) for field in own)
        if struct.others:
            found[_OTHERS.spec_name] = _other_properties(struct.others)
        return found


def _other_properties(type_: ir.Type) -> ir.Field:
    """Return the field that holds the properties which have none of their own."""
    return replace(_OTHERS, type=ir.Type(ir.TypeKind.MAP, arguments=(type_,)))


_OTHERS = ir.Field("additional_properties", OTHERS, ir.ANY, False, "")


def nature(node: ir.Definition) -> str:
    """Return of which kind a class is: what it is made and used like."""
    if isinstance(node, ir.Struct):
        return "an object"
    if isinstance(node, ir.UnionClass):
        return "alternatives"
    return f"an enumeration of {'numbers' if node.is_integer else 'texts'}"
