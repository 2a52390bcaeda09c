"""Statements made at random, of the kinds that templates write."""

from __future__ import annotations

import random
from collections.abc import Callable

_SCALARS = ("str", "int", "bool", "float", "bytes", "Any", "AwareDatetime", "UUID")
_WORDS = ("vcenter", "guest", "namespace", "management", "id", "list", "customization", "type")


class Samples:
    """Statements made at random: the same seed, the same statements.

    Attributes:
        words: How many words a name has at most.
    """

    def __init__(self, seed: object, words: int = 9) -> None:
        self.chance = random.Random(str(seed))
        self.words = words

    def module(self, length: int) -> str:
        """Return a module of some statements."""
        kinds: list[Callable[[], str]] = [
            self.import_,
            self.class_,
            self.function,
            self.alias,
            self.table,
        ]
        return "\n".join(self.chance.choice(kinds)() for _ in range(length))

    def name(self) -> str:
        """Return a name of one or more words."""
        return "_".join(self.chance.choices(_WORDS, k=self.chance.randint(1, self.words)))

    def class_name(self) -> str:
        """Return the name of a class."""
        return self.name().title().replace("_", "")

    def type_(self, depth: int = 0) -> str:
        """Return an annotation."""
        kind = self.chance.randrange(8)
        if kind < 2 or depth > 2:
            return self.chance.choice(_SCALARS)
        if kind < 4:
            return self.chance.choice(("", "_models.")) + self.class_name()
        if kind < 5:
            return f"{self.chance.choice(('', 'builtins.'))}list[{self.type_(depth + 1)}]"
        if kind < 6:
            return f"dict[str, {self.type_(depth + 1)}]"
        return " | ".join(self.type_(depth + 1) for _ in range(self.chance.randint(2, 4)))

    def optional(self) -> str:
        """Return an annotation that takes None, too."""
        return f"{self.type_()} | None"

    def text(self) -> str:
        """Return a literal."""
        text = " ".join(self.chance.choices(_WORDS, k=self.chance.randint(0, 8)))
        return '"' + self.chance.choice(("", "'", "é", "東京")) + text + '"'

    def import_(self) -> str:
        """Return an import of names, sorted as formatters do not care about."""
        count = self.chance.randint(1, 6)
        return f"from .{self.name()} import {', '.join(self.class_name() for _ in range(count))}"

    def alias(self) -> str:
        """Return a name for a type, or a decorated constant."""
        if self.chance.random() < 0.5:
            return f"{self.class_name()} = Call[{self.type_()}]"
        return f"{self.class_name()}: TypeAlias = {self.type_()}"

    def table(self) -> str:
        """Return a list or a mapping, with a line for each item or as it fits."""
        items = [self.text() for _ in range(self.chance.randint(0, 6))]
        end = self.chance.choice(("", ",")) if items else ""
        if self.chance.random() < 0.5:
            return f"{self.name()} = [{', '.join(items)}{end}]"
        pairs = ", ".join(f"{item}: {self.class_name()}" for item in items)
        return f"{self.name()}: dict[str, {self.type_()}] = {{{pairs}{end}}}"

    def class_(self) -> str:
        """Return a class with fields, texts and methods."""
        lines = [f"class {self.class_name()}({self.class_name()}, kw_only=True):"]
        if self.chance.random() < 0.6:
            lines += ['    """What it is."""']
        for _ in range(self.chance.randint(1, 5)):
            lines += [f"    {self.field()}"]
            if self.chance.random() < 0.5:
                lines += ['    """What it says,', "    and more.", '    """', ""]
        for _ in range(self.chance.randint(0, 2)):
            body = self.function("self").splitlines()
            lines += [f"    {line}" for line in body]
        return "\n".join(lines)

    def field(self) -> str:
        """Return a field of a class."""
        kind = self.chance.randrange(5)
        if kind == 0:
            return f"{self.name()}: {self.type_()}"
        if kind == 1:
            return f"{self.name()}: {self.optional()} = None"
        if kind == 2:
            return f"{self.name()}: {self.type_()} = field(name={self.text()})"
        if kind == 3:
            return f"{self.name()}: {self.optional()} = field(name={self.text()}, default=None)"
        return f"{self.name().upper()} = {self.text()}"

    def function(self, *first: str) -> str:
        """Return a function with arguments, whose value is a call."""
        given = [f"{self.name()}: {self.type_()}" for _ in range(self.chance.randint(0, 3))]
        choice = [f"{self.name()}: {self.optional()} = None" for _ in range(3)]
        arguments = [*first, *given, *(["*", *choice] if self.chance.random() < 0.4 else [])]
        arguments = arguments or [f"{self.name()}: {self.type_()}"]
        start = self.chance.choice(("", "async "))
        head = f"{start}def {self.name()}({', '.join(arguments)}) -> {self.type_()}:"
        wait = "await " if start else ""
        value = self.chance.choice((f"{wait}self._send({self.call()})", self.call(",")))
        return f"{head}\n    return {value}"

    def call(self, end: str = "") -> str:
        """Return a call with arguments by name."""
        values = [
            lambda: self.text(),
            lambda: f"[({self.text()}, {self.name()}), ({self.text()}, {self.name()})]",
            lambda: f"{{{self.text()}: {self.name()}}}",
            lambda: f"{{200: Json({self.type_()})}}",
            lambda: f"JsonBody({self.name()}, {self.text()}, {{{self.text()}: {self.text()}}})",
            lambda: f"Styled({self.name()}, Style({self.text()}, explode=True))",
        ]
        given = (f"{self.name()}={self.chance.choice(values)()}" for _ in range(4))
        return f"_{self.name()}({', '.join(given)}{end})"

    def shapes(self) -> list[str]:
        """Return a statement of each kind that the packages of large documents are full of."""
        one, name = self.class_name, self.name
        choice = f"Literal[{', '.join(self.text() for _ in range(self.chance.randint(1, 4)))}]"
        return [
            f"{one()}: TypeAlias = {one()} | {choice}",
            f"{one()} = {one()} | {choice}",
            f"{one()} = {one()}",
            f"{name()}: {one()} | None = None",
            f"{name()}: _models.{one()} | None = None",
            f"{name()}: Accepts[{one()}, {one()}]",
            f"{name()}: Accepts[{one()} | None, {one()}] = NO_VALUE",
            f"class {one()}({one()}, {one()}, kw_only=True):",
            f"return {one()}(self.{name()})",
            f"return await self._send({name()}({name()}({name()})))",
            f"return {name()}({name()}={name()}({name()}, {name()}))",
            f"from .{name()}.{name()} import {one()}, {one()}",
            f"{name()} = (\n    {one()},\n    {one()},\n)",
            f"{name()} = (\n    {one()},\n)",
            f"{name()}: {one()} | UnsetType | None = field(name={self.text()}, default=UNSET)",
            f"{name()}: list[{one()}] | None = field(default=None)",
            f"{name()}: dict[str, {one()}] | {one()} | None = None",
            f"def {name()}(a: str, {name()}: {one()} | list[{one()}] | None = None) -> {one()}:",
            f"async def {name()}(self, {name()}: {one()} | _models.{one()}) -> list[{one()}]:",
            f"return Call(\n    returns={{200: Json({one()})}},\n    raises={{400: {one()}}},\n)",
            f"return Call(\n    returns={{200: Json(list[{one()}]), 204: Json({one()})}},\n)",
            f"def {name()}(self, {name()}: str,) -> Pages[{one()}, {one()}]:",
            f"def {name()}(self, a: Sequence[{one()}] | None = None,) -> {one()}:",
            f"async def {name()}(self,) -> Pages[{one()}, list[{one()}]]:",
            f"{one()} = one_of(\n    lambda: [{one()}, _a.{one()}],\n    lambda: [{one()}],\n)",
            f"{one()} = one_of(\n    lambda: {{\n        {self.text()}: {one()},\n    }},\n)",
            f"return Call(\n    {name()}={name()}({name()}),\n    a=[{name()}({name()})],\n)",
        ]
