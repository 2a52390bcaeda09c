"""JSONPath that ends: a query passes only so many nodes, and its patterns take only so long.

An overlay may be the vendor's. A pattern can be one that takes for ever (`(a|a)*$`), and each
segment of a query can multiply what it passes, though it selects nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Any

import regex
from iregexp_check import check
from jsonpath_rfc9535 import JSONPathEnvironment
from jsonpath_rfc9535.filter_expressions import Expression, FilterQuery
from jsonpath_rfc9535.function_extensions import ExpressionType, FilterFunction
from jsonpath_rfc9535.node import JSONPathNode
from jsonpath_rfc9535.parse import Parser
from jsonpath_rfc9535.query import JSONPathQuery
from jsonpath_rfc9535.tokens import TokenStream

from vcgen.reading.refusals import MAX_DEPTH

# The largest published documents have some 150,000 nodes; a filter may pass each once for each of
# those that it is in.
MOST_PASSED = 10_000_000
# Seconds for all patterns of a query.
LONGEST = 5.0


class Exhausted(Exception):
    """A query has taken more than it may."""


class Budget:
    """What is left to a query, and to those within it.

    Attributes:
        nodes: How many nodes it may still pass.
        seconds: How long its patterns may still take.
    """

    def __init__(self) -> None:
        self.fill()

    def fill(self) -> None:
        """Begin again."""
        self.nodes = MOST_PASSED
        self.seconds = LONGEST

    def passed(self) -> None:
        """Note that a node was passed.

        Raises:
            Exhausted: There were too many.
        """
        self.nodes -= 1
        if self.nodes < 0:
            raise Exhausted(f"passes more than {MOST_PASSED:,} nodes")

    def is_match(self, pattern: str, text: str, *, is_whole: bool) -> bool:
        """Tell whether a text matches a pattern, or a part of it does.

        Raises:
            Exhausted: It takes too long.
        """
        begun = monotonic()
        try:
            find = regex.fullmatch if is_whole else regex.search
            return bool(find(pattern, text, timeout=self.seconds))
        except TimeoutError:
            raise Exhausted(f"has a pattern that takes more than {LONGEST:g} seconds") from None
        finally:
            self.seconds = max(self.seconds - (monotonic() - begun), 0.001)


class _Node(JSONPathNode):
    """A node whose children are counted."""

    __slots__ = ("budget",)

    def __init__(self, budget: Budget, **given: Any) -> None:
        super().__init__(**given)
        self.budget = budget

    def new_child(self, value: object, key: int | str, parent: JSONPathNode | None) -> JSONPathNode:
        """Return a child."""
        self.budget.passed()
        location = (*self.location, key)
        return _Node(self.budget, value=value, location=location, parent=parent, root=self.root)


class _Query(JSONPathQuery):
    """A query, or one in a filter, that counts what it passes."""

    env: Environment

    def finditer(self, value: Any) -> Iterable[JSONPathNode]:
        """Return what it selects."""
        root = _Node(self.env.budget, value=value, location=(), parent=None, root=value)
        nodes: Iterable[JSONPathNode] = [root]
        for segment in self.segments:
            nodes = segment.resolve(nodes)
        return nodes


class _Parser(Parser):
    """Makes queries in filters that count, too."""

    def parse_root_query(self, stream: TokenStream) -> Expression:
        """Return a query from the root."""
        return _counting(super().parse_root_query(stream))

    def parse_relative_query(self, stream: TokenStream) -> Expression:
        """Return a query from the node that a filter is about."""
        return _counting(super().parse_relative_query(stream))


def _counting(expression: Expression) -> Expression:
    if isinstance(expression, FilterQuery):
        expression.query = _Query(env=expression.query.env, segments=expression.query.segments)
    return expression


class _Matching(FilterFunction):
    """`match` or `search`."""

    arg_types = [ExpressionType.VALUE, ExpressionType.VALUE]  # noqa: RUF012 -- as the base has it
    return_type = ExpressionType.LOGICAL

    def __init__(self, budget: Budget, *, is_whole: bool) -> None:
        self._budget = budget
        self._is_whole = is_whole

    def __call__(self, text: object, pattern: object) -> bool:
        """Tell whether a text matches; what is no text, or no pattern (RFC 9485), does not."""
        if not isinstance(text, str) or not isinstance(pattern, str) or not check(pattern):
            return False
        try:
            return self._budget.is_match(_python(pattern), text, is_whole=self._is_whole)
        except regex.error:
            return False


def _python(pattern: str) -> str:
    """Return a pattern of RFC 9485 as Python has it: there, a dot is no end of a line."""
    parts: list[str] = []
    is_class = is_escaped = False
    for one in pattern:
        parts.append("[^\\n\\r]" if one == "." and not is_class and not is_escaped else one)
        if not is_escaped and one in "[]":
            is_class = one == "["
        is_escaped = one == "\\" and not is_escaped
    return "".join(parts)


class Environment(JSONPathEnvironment):
    """What a query is compiled and followed in: one for each.

    Attributes:
        budget: What is left to it.
    """

    parser_class = _Parser
    max_recursion_depth = MAX_DEPTH + 1

    def __init__(self) -> None:
        self.budget = Budget()
        super().__init__()

    def setup_function_extensions(self) -> None:
        """Add the functions of filters."""
        super().setup_function_extensions()
        for name, is_whole in (("match", True), ("search", False)):
            self.function_extensions[name] = _Matching(self.budget, is_whole=is_whole)

    def compile(self, query: str) -> JSONPathQuery:
        """Return a query that counts what it passes."""
        return _Query(env=self, segments=super().compile(query).segments)
