"""Adopting: a client that another version generated keeps the names that its callers use."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from vcgen import __version__, ir, pipeline, publishing
from vcgen.comparing.changes import Comparison
from vcgen.comparing.changes.view import Method, View
from vcgen.comparing.report import Name
from vcgen.config import ClientConfig
from vcgen.records import State, field
from vcgen.updating.earlier import Call, Earlier, name_of, read
from vcgen.updating.names import with_names


def adopted(
    client: ClientConfig, root: Path, manifest: publishing.Manifest | None
) -> tuple[ClientConfig, tuple[Name, ...], tuple[Name, ...]]:
    """Return a client with the names of its package, those that it keeps, and those that are lost.

    Args:
        client: The configuration of the client.
        root: The folder of the configuration.
        manifest: The manifest of its package, if there is one.

    Raises:
        SpecError: The document that its package was generated from has a problem.
    """
    if manifest is None or manifest.vcgen == __version__:
        return client, (), ()
    earlier = read(root / client.output)
    kept: list[Name] = []
    lost: list[Name] = []
    if not earlier.calls:
        return client, (), ()
    whole = pipeline.open_whole(client, root)
    # What is named after a resource or an operation follows it, so it is looked at later.
    for offer in (_tags, _operations, _rest):
        package = pipeline.build(pipeline.possible(client, whole))
        both = Comparison(package, package)
        # What the configuration says already, somebody has chosen since.
        offered = [
            one
            for one in offer(both.new, earlier)
            if one.spec_name not in getattr(client.renames, one.table)
        ]
        found, others = _possible(offered, both.new)
        client = with_names(client, found, both)
        kept += found
        lost += others
    return client, tuple(kept), tuple(lost)


def _possible(names: list[Name], view: View) -> tuple[list[Name], list[Name]]:
    """Return the names that can be kept, and those that something else has."""
    given = {
        "schemas": {node.name for node in view.package.definitions},
        "tags": {resource.attribute for resource in view.package.resources},
    }
    going = {(one.table, one.afresh) for one in names}
    kept: list[Name] = []
    lost: list[Name] = []
    taken: set[tuple[str, str]] = set()
    for one in names:
        place = one.table, one.kept
        is_free = place in going or one.kept not in given.get(one.table, ())
        is_one_of_many = one.table in given and place in taken
        (kept if is_free and not is_one_of_many else lost).append(one)
        taken.add(place)
    return kept, lost


def _matched(view: View, earlier: Earlier) -> Iterator[tuple[Method, Call]]:
    for method in view.methods:
        one = method.operation
        fixed = frozenset((item.name, item.value) for item in one.fixed_query)
        if call := earlier.calls.get((one.method, one.path, fixed)):
            yield method, call


def _tags(view: View, earlier: Earlier) -> Iterator[Name]:
    homes: dict[str, Counter[str]] = {}
    for method, call in _matched(view, earlier):
        homes.setdefault(method.resource.spec_name, Counter())[call.attribute] += 1
    for resource in view.package.resources:
        for attribute, _ in homes.get(resource.spec_name, Counter()).most_common(1):
            if attribute != resource.attribute:
                yield Name("tags", resource.spec_name, attribute, resource.attribute)


def _operations(view: View, earlier: Earlier) -> Iterator[Name]:
    for method, call in _matched(view, earlier):
        names = call.name, method.operation.name
        if call.attribute != method.resource.attribute:
            names = f"{call.attribute}.{call.name}", method.name
        if names[0] != names[1]:
            yield Name("operations", method.operation.key, *names)


def _rest(view: View, earlier: Earlier) -> Iterator[Name]:
    """Yield the names of classes, of their fields, and of arguments."""
    pairs = _Pairs(view, earlier)
    arguments: dict[tuple[str, str], Counter[str]] = {}
    for method, call in _matched(view, earlier):
        for one in method.operation.parameters:
            before = call.arguments.get((one.location, one.spec_name))
            if before is not None:
                place = f"{one.location}.{one.spec_name}", one.name
                arguments.setdefault(place, Counter())[before] += 1
                pairs.add(call.types.get(before), one.type)
        if body := method.operation.body:
            pairs.add(call.types.get("body"), body.argument.type)
        pairs.add(call.returns, method.operation.result)
        for failure in method.operation.failures:
            pairs.add(call.errors.get(str(failure.status)), failure.declared)
    yield from pairs.names()
    for (key, afresh), counted in arguments.items():
        if len(counted) == 1 and afresh not in counted:
            yield Name("parameters", key, next(iter(counted)), afresh)


class _Pairs(State):
    """Classes that are one, in the package as it is and as it would be."""

    view: View
    earlier: Earlier
    found: dict[tuple[str, str], None] = field(default_factory=dict)

    def add(self, old: ast.expr | None, new: ir.Type) -> None:
        """Note the classes in an annotation and in a type, and all that they contain."""
        waiting = [(old, new)]
        while waiting:
            one, other = waiting.pop()
            waiting += self._inside(one, other) if one is not None else ()

    def names(self) -> Iterator[Name]:
        """Yield the names of classes and fields that are other ones."""
        seen: set[str] = set()
        for old, new in self.found:
            if new in seen:
                continue
            seen.add(new)
            node = self.view.classes[new]
            if old != new:
                yield Name("schemas", node.spec_name, old, new)
            own = node.fields if isinstance(node, ir.Struct) else ()
            known = self._fields(old)
            for one in own:
                before, _ = known.get(one.spec_name, (one.name, None))
                if before != one.name:
                    key = f"{node.spec_name}.{one.spec_name}"
                    yield Name("properties", key, before, one.name)

    def _inside(self, old: ast.expr, new: ir.Type) -> Iterator[tuple[ast.expr, ir.Type]]:
        olds = [one for one in _alternatives(old) if not _is_none(one)]
        news = [one for one in new.alternatives if one != ir.NONE]
        if len(olds) != len(news):
            return
        if len(olds) > 1:
            yield from zip(olds, news, strict=True)
        elif olds:
            [before], [after] = olds, news
            if isinstance(before, ast.Subscript) and after.arguments:
                last = before.slice.elts[-1] if isinstance(before.slice, ast.Tuple) else None
                yield last or before.slice, after.arguments[-1]
            elif after.kind is ir.TypeKind.CLASS and after.name in self.view.classes:
                yield from self._classes(self._own(name_of(before)), after.name)

    def _own(self, name: str) -> str:
        """Return the class that a name stands for: `StateLike` is a `State`, or a text for one."""
        alias = self.earlier.aliases.get(name)
        match alias and _alternatives(alias):
            case [ast.Name(own), ast.Subscript(ast.Name("Literal"))]:
                return own
        return name

    def _classes(self, old: str, new: str) -> Iterator[tuple[ast.expr, ir.Type]]:
        is_known = old in self.earlier.classes or old in self.earlier.aliases
        if not is_known or (old, new) in self.found:
            return
        self.found[old, new] = None
        node = self.view.classes[new]
        if isinstance(node, ir.UnionClass) and old in self.earlier.aliases:
            olds = _alternatives(self.earlier.aliases[old])
            yield from zip(olds, node.types, strict=False)
        elif isinstance(node, ir.Struct) and old in self.earlier.classes:
            bases = [one for one in self.earlier.classes[old].bases if one in self.earlier.classes]
            if bases and node.base in self.view.classes:
                yield from self._classes(bases[-1], node.base)
            known = self._fields(old)
            for one in node.fields:
                if one.spec_name in known:
                    yield known[one.spec_name][1], one.type

    def _fields(self, name: str) -> dict[str, tuple[str, ast.expr]]:
        """Return the fields of a class with those that it inherits."""
        node = self.earlier.classes.get(name)
        if node is None:
            return {}
        above: dict[str, tuple[str, ast.expr]] = {}
        for base in node.bases:
            above |= self._fields(base) if base != name else {}
        return above | dict(node.fields)


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.Subscript) and name_of(node.value) == "Accepts":
        # What is read, and what may be given in its place.
        return _alternatives(node.slice.elts[0]) if isinstance(node.slice, ast.Tuple) else [node]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [node]


def _is_none(node: ast.expr) -> bool:
    is_constant = isinstance(node, ast.Constant) and node.value is None
    return is_constant or name_of(node) == "UnsetType"
