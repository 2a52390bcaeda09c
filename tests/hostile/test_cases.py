"""The cases of `../shared/cases/hostile`: each is a package that works, or a clear refusal."""

from __future__ import annotations

import importlib
from pathlib import Path

import httpx2
import pytest
from support import importable, run

CASES = Path(__file__).parents[3] / "shared" / "cases" / "hostile"
# What each must end with; those that are not here are packages that can be imported.
REFUSED = {
    "03-log-forging": 'there is no schema "X\\n::error file=secrets.py::forged by the document\\n"',
    "10-silent-exit-3": "#/components/securitySchemes/k/type: a list is not valid here",
}


def cases() -> list[Path]:
    return sorted(one for one in CASES.glob("[0-9]*") if one.suffix in {".json", ".yaml"})


@pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not at hand")
def test_the_cases_are_there() -> None:
    assert len(cases()) >= 8
    assert {path.stem for path in cases()} >= REFUSED.keys()


@pytest.mark.parametrize("path", cases(), ids=lambda path: path.stem)
def test_case_ends_in_a_package_or_in_a_refusal(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(["generate", "--spec", path, "-O", "*", "--output", "client_of_it"], capsys)
    if path.stem in REFUSED:
        assert outcome.code == 3
        assert REFUSED[path.stem] in outcome.err
        assert not any(line.startswith("::") for line in outcome.err.splitlines())
        return
    assert (outcome.code, outcome.err) == (0, "")
    with importable(tmp_path):
        package = importlib.import_module("client_of_it")
    package.Client(base_url="http://h.test")


def test_property_called_like_the_field_for_all_others_is_a_property(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(
        """
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /a:
    put:
      operationId: put
      tags: [things]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/S"}}}}
      responses:
        "200": {description: d, content: {application/json: {schema: {$ref: "#/components/schemas/S"}}}}
components:
  schemas:
    S:
      type: object
      properties: {additional_properties: {type: integer}}
      additionalProperties: {type: string}
""",  # noqa: E501
        encoding="utf-8",
    )
    arguments = ["generate", "--spec", "spec.yaml", "-O", "*", "--output", "client_of_it"]
    assert run(arguments, capsys).code == 0

    def echo(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=request.content)

    with importable(tmp_path):
        package = importlib.import_module("client_of_it")
        http = httpx2.Client(transport=httpx2.MockTransport(echo))
        sent = package.S(additional_properties_=3, additional_properties={"x": "y"})
        client = package.Client("h.test", http=http)
        assert client.things.put(body=sent) == sent
