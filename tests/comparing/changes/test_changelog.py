"""What to write instead is code, and each change that breaks callers has some or is a removal."""

from __future__ import annotations

import pytest
from changes_cases import Case, cases
from vcgen.comparing.changes import What
from vcgen.comparing.reporting.instead import instead

# The rest of a statement that is shown by its first line.
_WHOLE = {"if ": "{}\n    pass", "except": "try:\n    pass\n{}\n    pass"}
BREAKING = [case for case in cases() if any(one.verdict.callers for one in case.report.changes)]


@pytest.mark.parametrize("case", BREAKING, ids=lambda case: case.name)
def test_what_breaks_callers_has_new_code(case: Case) -> None:
    for change in case.report.changes:
        code = instead(change, case.report.comparison)
        if not change.verdict.callers:
            assert code == ""
        elif not code:
            assert change.what is What.REMOVED
        else:
            start = next((start for start in _WHOLE if code.startswith(start)), "")
            compile(_WHOLE.get(start, "{}").format(code), "<instead>", "exec")
