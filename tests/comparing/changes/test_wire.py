"""The judge of what breaks the wire is the new document: the old client talks to its server."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from changes_cases import Case, cases
from changes_server import Server
from corpus_package import Package
from vcgen.comparing.changes import RULES, Kind, rules
from vcgen.comparing.changes.rules import rule_of

EXCHANGES = [case for case in cases() if (case.folder / "exchange.json").exists()]

# What breaks the wire and shows in no single exchange, by the name of the case.
CAUTIOUS: dict[str, str] = {
    "reply_of_another_text": "any text is read, and means something else",
    "request_class_behind_anything": "anything else is accepted in the place of the class",
    "parameter_exchanged_in_the_path": "any text is taken in either place",
    "request_field_filled_in_otherwise": "which tag is right stands in no schema",
    "request_tag_of_any_other": "which type a tag means stands in no schema",
    "security_of_another_scope": "what a token allows is known to the server alone",
    "security_no_longer_optional": "the client has all credentials here",
}

# What goes over the wire, and can be judged there.
ON_THE_WIRE = {
    *(Kind.OPERATION, Kind.PARAMETER, Kind.BODY, Kind.REPLY, Kind.ERROR, Kind.FIELD),
    *(Kind.ALTERNATIVE, Kind.VALUE),
}


def _caller(workspace: Path, case: Case) -> tuple[Package, Callable[[Any], None]]:
    package = Package(workspace, f"before.{case.name}.api")
    return package, importlib.import_module(f"before.{case.name}.caller").use


def _client(package: Package, http: httpx2.Client, host: str, *, strict: bool) -> Any:
    """Return a client of the server that the old document names, if it does, or else of a host."""
    options = {"http": http, "strict": strict, **package.credentials()}
    try:
        return package.module.Client(**options)
    except ValueError:
        return package.module.Client(host, **options)


@pytest.mark.parametrize("strict", [True, False], ids=["strict", "lenient"])
@pytest.mark.parametrize("case", EXCHANGES, ids=lambda case: case.name)
def test_the_old_client_fails_where_the_wire_breaks(
    case: Case, strict: bool, workspace: Path
) -> None:
    package, use = _caller(workspace, case)
    problems: list[str] = []
    is_partial = False
    for answer in json.loads((case.folder / "exchange.json").read_text(encoding="utf-8")):
        server = Server(case.folder / "new.yaml", answer)
        with httpx2.Client(transport=httpx2.MockTransport(server)) as http:
            try:
                use(_client(package, http, server.host, strict=strict))
            except getattr(package.module, "MissingField", ()):
                is_partial = True
            except AssertionError:
                is_partial = True
            except package.module.ClientError as error:
                problems.append(f"{type(error).__name__}: {error}")
        assert server.count, "nothing was sent"
        problems += server.problems
    report = case.report if strict else case.report.of_lenient
    breaking = [one.label for one in report.changes if one.verdict.wire]
    if case.name in CAUTIOUS:
        assert (bool(breaking), problems) == (True, []), "no exception is needed"
    elif breaking:
        assert problems or is_partial, f"nothing seen of {breaking}"
    else:
        assert problems == []
        # Of the body of an error, a part is enough: its exception is raised in any case.
        excused = [
            one.label
            for one in report.changes
            if one.verdict.is_forgiven or any(rules.ERROR in case for case in one.cases)
        ]
        assert excused or not is_partial


def test_every_rule_of_the_wire_has_an_exchange() -> None:
    triggered = {
        rule_of(change.kind, change.what, name)
        for case in EXCHANGES
        for change in case.report.changes
        for name in change.cases or ("",)
    }
    rules = [rule for rule in RULES if rule.kind in ON_THE_WIRE]
    assert [rule for rule in rules if rule not in triggered] == []


def test_exceptions_are_cases() -> None:
    assert CAUTIOUS.keys() <= {case.name for case in EXCHANGES}
