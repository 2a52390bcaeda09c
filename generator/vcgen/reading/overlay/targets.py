"""The targets of actions: JSONPath (RFC 9535)."""

from __future__ import annotations

from typing import Any

from jsonpath_rfc9535 import JSONPathError

from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.overlay.bounded import Environment, Exhausted

# The largest published documents have some 150,000 nodes; a query may pass each several times.
MOST_SELECTED = 500_000

# Keys of mappings and indices of lists, from the root.
Keys = tuple[str | int, ...]


class Target:
    """A query that selects nodes of a document.

    Attributes:
        text: The query as it is written.
    """

    def __init__(self, text: str) -> None:
        """Compile a query.

        Raises:
            SpecError: It is no JSONPath.
        """
        self.text = text
        self._environment = Environment()
        try:
            self._query = self._environment.compile(text)
        except (JSONPathError, RecursionError, ValueError, ArithmeticError) as error:
            raise _malformed(_reason(error)) from None

    def select(self, tree: dict[str, Any]) -> list[Keys]:
        """Return where the nodes are that it selects, each once, in the order of the query.

        Raises:
            SpecError: There are too many, or it takes too much to find them.
        """
        found: dict[Keys, None] = {}
        self._environment.budget.fill()
        try:
            for count, node in enumerate(self._query.finditer(tree), start=1):
                if count > MOST_SELECTED:
                    raise _too_much(f"selects more than {MOST_SELECTED:,} nodes")
                found[node.location] = None
        except Exhausted as error:
            raise _too_much(str(error)) from None
        except (JSONPathError, RecursionError) as error:
            raise _too_much(f"cannot be followed: {_reason(error)}") from None
        return list(found)


def _malformed(what: str) -> SpecError:
    hint = "write it as in $.paths['/vm/{vm}'].get.parameters[?@.name=='vm'] (RFC 9535)"
    return SpecError(Diagnostic(f"this is not a JSONPath: {what}", hint=hint))


def _too_much(what: str) -> SpecError:
    return SpecError(Diagnostic(f"the target {what}", hint="write a target that is more precise"))


def _reason(error: Exception) -> str:
    if not isinstance(error, JSONPathError):
        # Python says what happened inside; all that matters is that nobody writes such a query.
        return "it is too long, or contains a number that is too large"
    column = f" (column {error.token.index + 1})" if error.token is not None else ""
    return f"{error.args[0]}{column}"
