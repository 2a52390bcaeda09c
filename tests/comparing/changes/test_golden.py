"""Golden cases of changes: two documents each, and what `vcgen diff` says of them.

A case is a folder with `old.yaml`, `new.yaml`, perhaps `vcgen.toml`, and `caller.py`: code against
the old client as a user would write it. `report.txt` is what `vcgen diff --verbose` prints, and
`changes.json` holds the changes, a line each. `pytest --update-golden` accepts what comes out.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from changes_cases import Case, cases
from support import difference
from vcgen.cli import main
from vcgen.comparing.changes import RULES
from vcgen.comparing.changes.rules import rule_of

DOCS = Path(__file__).parents[3] / "docs" / "breaking-changes.md"
BEGIN, END = "<!-- rules -->\n", "<!-- /rules -->"
_WHOM = ("wire", "strict_wire", "callers")


def _run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as exit_:
        main(["diff", "old.yaml", "new.yaml", *arguments])
    said = capsys.readouterr()
    assert (exit_.value.code, said.err) == (0, "")
    return said.out


def _compact(text: str) -> str:
    """Return the changes of a report as JSON, a line each."""
    (client,) = json.loads(text)["clients"]
    lines = []
    for one in client["changes"]:
        one["breaks"]["strict_wire"] ^= one["breaks"]["wire"]
        facts = {
            "change": f"{one['kind']} {one['what']}",
            "cases": one["cases"],
            "where": one["where"],
            "spec_name": one["spec_name"],
            "old": one["old"],
            "new": one["new"],
            "breaks": [whom for whom in _WHOM if one["breaks"][whom]],
        }
        kept = {key: value for key, value in facts.items() if value or key == "breaks"}
        lines.append(json.dumps(kept, ensure_ascii=False))
    return "[\n  " + ",\n  ".join(lines) + "\n]\n" if lines else "[]\n"


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    update_golden: bool,
) -> None:
    folder = shutil.copytree(case.folder, tmp_path / case.name)
    monkeypatch.chdir(folder)
    found = {
        "report.txt": _run("--verbose", capsys=capsys),
        "changes.json": _compact(_run("--format", "json", capsys=capsys)),
    }
    for name, text in found.items():
        file = case.folder / name
        if update_golden:
            file.write_text(text, encoding="utf-8")
        wanted = file.read_text(encoding="utf-8") if file.exists() else ""
        assert text == wanted, "\n" + difference({name: wanted}, {name: text})


def test_every_rule_has_a_case() -> None:
    triggered = {
        rule_of(change.kind, change.what, name)
        for case in cases()
        for change in case.report.changes
        for name in change.cases or ("",)
    }
    assert [rule for rule in RULES if rule not in triggered] == []


def rules_as_markdown() -> str:
    """Return the table of the rules, as docs/breaking-changes.md shows it."""
    marks = {True: "breaks", False: "", None: "by type"}
    rows = [
        (
            str(rule.kind or "any"),
            rule.what.value,
            rule.case,
            marks[rule.lenient],
            marks[rule.wire],
            marks[rule.callers],
            rule.why,
        )
        for rule in RULES
    ]
    head = ("of", "what", "when", "wire", "wire, strict client", "callers", "why")
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ("---",) * 7, *rows]) + "\n"


def test_the_documentation_shows_the_rules(update_golden: bool) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1, "the page has no place for the rules"
    before, _, rest = text.partition(BEGIN)
    table, _, after = rest.partition(END)
    wanted = "\n" + rules_as_markdown() + "\n"
    if update_golden:
        DOCS.write_text(before + BEGIN + wanted + END + after, encoding="utf-8")
        table = wanted
    assert table == wanted
