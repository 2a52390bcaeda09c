"""Every class and method of a whole-document client is used, and the document judges what it does.

For each operation of each document, arguments are made from the document's own schemas by a sampler
that knows nothing of the generator; the generated method is called over `httpx2.MockTransport`; and
what went over the wire is validated against the document, and compared with what was meant. Then
each declared reply is answered with a sample body, which must come out of the client whole.

The Swagger 2.0 documents are judged by themselves, not by what vcgen converts them to: see
`corpus_operations._read_2`. What the documents have wrong is read as the comments in `corpus_files`
and `corpus_operations` say.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from corpus_clients import generated, imported
from corpus_files import REFUSED, SPECS, corpus, document, name_of
from corpus_smoke import Findings, Smoke
from vcgen.errors import SpecError

_MOST_SHOWN = 25

pytestmark = pytest.mark.slow
# What no published document at hand has, and others do.
_OWN = [
    Path(__file__).resolve().parents[1] / "golden" / name / "spec.yaml"
    for name in ("additional_properties_sent", "additional_properties_typed", "durations")
]
# What is known to be wrong: alternatives that differ only by the value of a constant.
_WRONG = {
    "others/iceberg.yaml": {
        "test_what_is_sent_is_what_the_document_says_and_what_was_meant",
        "test_every_class_is_used",
    }
}
# A document of hundreds of operations takes minutes: CI makes do with those that take seconds.
_LARGE = 320_000
every_document = pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            path,
            id=name_of(path),
            marks=pytest.mark.exhaustive if path.stat().st_size > _LARGE else pytest.mark.slow,
        )
        for path in corpus()
    ]
    + [pytest.param(path, id=path.parent.name) for path in _OWN]
    + [pytest.param(SPECS, marks=pytest.mark.skip("../shared/specs is not here"))] * (not corpus()),
)


@pytest.fixture(autouse=True)
def _known_to_be_wrong(request: pytest.FixtureRequest) -> None:
    path = request.node.callspec.params["path"]
    if request.function.__name__ in _WRONG.get(name_of(path), set()):
        reason = "alternatives that differ only by the value of a constant"
        request.node.add_marker(pytest.mark.xfail(reason=reason, strict=True))


@cache
def _findings(path: Path) -> Findings:
    return Smoke(document(path), imported(path), REFUSED.get(name_of(path), ())).run()


def _explained(findings: Findings, *aspects: str) -> str:
    found = [one for aspect in aspects for one in findings.of(aspect)]
    lines = [str(one) for one in found[:_MOST_SHOWN]]
    rest = len(found) - len(lines)
    return "\n".join([f"{len(found)} mismatches", *lines, *([f"and {rest} more"] if rest else [])])


@every_document
def test_every_operation_has_a_method_and_every_method_an_operation(path: Path) -> None:
    findings = _findings(path)
    assert findings.calls > 0
    assert not findings.of("operations"), _explained(findings, "operations")


@every_document
def test_the_document_accepts_what_it_is_judged_with(path: Path) -> None:
    findings = _findings(path)
    assert not findings.of("samples"), _explained(findings, "samples")


@every_document
def test_what_is_sent_is_what_the_document_says_and_what_was_meant(path: Path) -> None:
    findings = _findings(path)
    problems = [*findings.of("calls"), *findings.of("requests")]
    assert not problems, _explained(findings, "calls", "requests")


@every_document
def test_a_reply_loses_nothing(path: Path) -> None:
    findings = _findings(path)
    assert not findings.of("replies"), _explained(findings, "replies")


@every_document
def test_every_declared_error_is_an_exception_with_its_body(path: Path) -> None:
    findings = _findings(path)
    assert not findings.of("failures"), _explained(findings, "failures")


@every_document
def test_what_the_document_describes_has_a_class(path: Path) -> None:
    findings = _findings(path)
    assert not findings.of("types"), _explained(findings, "types")


@every_document
def test_every_class_is_used(path: Path) -> None:
    assert _findings(path).unused == []


@pytest.mark.parametrize(
    ("path", "name"),
    [(path, name) for path in corpus() for name in REFUSED.get(name_of(path), ())],
    ids=str,
)
def test_what_cannot_be_generated_is_refused_with_its_place(path: Path, name: str) -> None:
    with pytest.raises(SpecError) as refusal:
        generated(path, (name,))
    assert all(one.file and one.line and one.pointer for one in refusal.value.diagnostics)
