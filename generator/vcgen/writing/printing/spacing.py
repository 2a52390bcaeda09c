"""Spacing: how many empty lines stand between two statements."""

from __future__ import annotations

from collections.abc import Sequence

from vcgen.records import State, field
from vcgen.writing.printing.statements import Statement

# What continues a block that a statement of the same depth began.
_CONTINUED = ("else:", "elif ", "except", "finally:")


def spaced(statements: Sequence[Statement]) -> list[int]:
    """Return how many empty lines stand before each statement: what black puts there."""
    spacing = _Spacing()
    for statement in statements:
        spacing.add(statement)
    return spacing.blanks


class _Spacing(State):
    """The empty lines of a module, as far as it was read.

    Attributes:
        blanks: How many stand before each statement.
        previous: The statement before the next one.
        after: How many must stand after it.
        definitions: The functions and classes that are open.
        comment: The place of the comment that belongs to what follows, or None.
    """

    blanks: list[int] = field(default_factory=list)
    previous: Statement | None = None
    after: int = 0
    definitions: list[Statement] = field(default_factory=list)
    comment: int | None = None
    owner: Statement | None = None

    def add(self, statement: Statement) -> None:
        """Put the next statement where it belongs."""
        before, after = self._around(statement)
        if self._is_behind_module_text(statement):
            before = 1
        blank = max(before, self.after)
        self._note_comment(statement, blank)
        self.blanks.append(blank)
        self.previous, self.after = statement, after

    def _note_comment(self, statement: Statement, before: int) -> None:
        previous = self.previous
        if statement.is_comment:
            leads = previous is None or not previous.is_decorator
            leads = leads and (previous is None or not previous.is_comment or before > 0)
            if leads and (self.comment is None or before):
                self.comment, self.owner = len(self.blanks), previous
        elif not statement.is_decorator or before:
            self.comment = None

    def _is_behind_module_text(self, statement: Statement) -> bool:
        previous = self.previous
        if previous is None or not previous.text.startswith('"""') or previous.depth:
            return False
        is_first = len(self.blanks) == 1 or (len(self.blanks) == 2 and self.owner is None)
        return is_first and not statement.is_definition

    def _around(self, statement: Statement) -> tuple[int, int]:
        """Return how many empty lines must stand before and after a statement."""
        before = min(statement.blank, 1 if statement.depth else 2)
        had_some = before > 0
        closed: Statement | None = None
        while self.definitions and self.definitions[-1].depth >= statement.depth:
            closed = self.definitions.pop()
        is_definition = statement.is_definition
        if is_definition:
            self.definitions.append(statement)
        previous = self.previous
        if previous is None:
            return 0, 0
        if statement.text.startswith('"""') and previous.opens_block:
            if previous.is_class:
                return 0, 1
            if previous.is_function:
                return 0, 0
        if closed is not None:
            is_continued = closed.depth and not statement.depth
            is_continued = is_continued and statement.text.startswith(_CONTINUED)
            before = 1 if statement.depth or is_continued else 2
        if is_definition or statement.is_decorator:
            return self._before_definition(statement, previous, before, had_some), 0
        if previous.is_import and not statement.is_import and previous.depth == statement.depth:
            return (before or 1) if statement.depth else 1, 0
        return before, 0

    def _before_definition(
        self, statement: Statement, previous: Statement, before: int, had_some: bool
    ) -> int:
        if previous.is_decorator:
            return 0
        if previous.depth < statement.depth and previous.is_definition:
            return int(had_some)
        needed = 1 if statement.depth else 2
        if previous.is_function and previous.text.endswith(": ...") and not had_some:
            needed = 0
        if previous.is_comment and previous.depth == statement.depth and not before:
            owner = self.owner
            if self.comment is None or owner is None or owner.opens_block:
                return 0
            if self.blanks[self.comment] <= 1:
                self.blanks[self.comment] = max(self.blanks[self.comment], needed)
            return 0
        return needed
