"""The report for a program: JSON, whose shape `report.schema.json` describes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vcgen.comparing.changes import Change, Comparison
from vcgen.comparing.report import Report
from vcgen.comparing.reporting.bump import bump
from vcgen.comparing.reporting.instead import instead
from vcgen.records import asdict

_FORMAT = 2


def as_json(reports: Mapping[str, Report]) -> str:
    """Return reports for a program, by the client that each is about."""
    clients = [_facts(name, report) for name, report in reports.items()]
    return json.dumps({"format": _FORMAT, "clients": clients}, indent=2, ensure_ascii=False) + "\n"


def _facts(name: str, report: Report) -> dict[str, Any]:
    old, new = report.documents
    return {
        "client": name,
        "old": old,
        "new": new,
        "operations": len(report.comparison.methods),
        "breaks": {
            "wire": any(one.verdict.wire for one in report.changes),
            "strict_wire": any(one.verdict.of_strict for one in report.changes),
            "callers": any(one.verdict.callers for one in report.changes),
        },
        "bump": bump(report),
        "changes": [_change(one, report.comparison) for one in report.changes],
        "kept": [asdict(one) for one in report.kept],
        "others": asdict(report.others),
        "uncompared": [
            {
                "operation": gap.operation,
                "document": gap.side,
                "reasons": [one._replace(operations=(), detail="").text for one in gap.problems],
            }
            for gap in report.uncompared
        ],
    }


def _change(change: Change, both: Comparison) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "what": change.what.value,
        "cases": list(change.cases),
        "where": change.label,
        "place": change.place,
        "name": change.name,
        "spec_name": change.spec_name,
        "old": change.old,
        "new": change.new,
        "breaks": {
            "wire": change.verdict.wire,
            "strict_wire": change.verdict.of_strict,
            "callers": change.verdict.callers,
        },
        "why": change.verdict.why,
        "instead": instead(change, both),
        "operations": list(change.users),
    }
