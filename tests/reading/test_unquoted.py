"""Texts without quotes that YAML reads as numbers and booleans."""

from __future__ import annotations

import pytest
import yaml12
from vcgen.dialect import Repair
from vcgen.reading.unquoted import may_be_in
from vcgen.reading.yaml_text import parse


def _parsed(text: str) -> tuple[object, list[Repair]]:
    tree, repairs = parse(text)
    return tree, list(repairs)


@pytest.mark.parametrize(
    "text",
    [
        "type: string\nenum: [01, 02, 10]\n",
        "enum: [01, 02, 10]\ntype: string\n",
        "{type: string, enum: [ 01,02, 10 ]}",
        '{"type": "string", "enum": [01, 02, 10],}',
        "type: string\nenum: # the months\n- 01\n- 02\n- 10\n",
        "type: string\r\nenum:\r\n  - 01\r\n  - 02 # the second\r\n  - 10\r\n",
        "type: string\nenum:\n# the months\n  - 10\n  - 02\n  - 01",
        "type: [string, 'null']\nenum: [01, 02, 10]\n",
        "x: &x {type: string}\n<<: *x\nenum: [01, 02, 10]\n",
    ],
)
def test_listed_texts_are_as_they_are_written(text: str) -> None:
    tree, repairs = _parsed(text)
    assert isinstance(tree, dict)
    assert sorted(tree["enum"]) == ["01", "02", "10"]
    [told] = [one for one in repairs if "quotes" in one.message]
    value = "02" if text.find("02") < text.find("01") else "01"
    message = f'{value} has no quotes: read as the text "{value}"'
    assert told == Repair("yaml", "#", message)


@pytest.mark.parametrize(
    "value",
    [
        *("007", "1.10", "1.00", "1.", ".5", "1e3", "+49", "-01", "0x1F", "0o17"),
        *("True", "TRUE", "False", "FALSE"),
    ],
)
@pytest.mark.parametrize("keyword", ["const", "default"])
def test_single_texts_are_as_they_are_written(keyword: str, value: str) -> None:
    tree, repairs = _parsed(f"a/b:\n  {keyword}: {value}\n  type: string\n")
    assert tree == {"a/b": {keyword: value, "type": "string"}}
    message = f'{value} has no quotes: read as the text "{value}"'
    assert repairs == [Repair("yaml", "#/a~1b", message)]


@pytest.mark.parametrize("value", ["0", "7", "-3", "10", "0.5", "1.0", "7.25", "true", "false"])
def test_what_is_written_as_usual_is_left_to_the_repairs(value: str) -> None:
    text = f"type: string\ndefault: {value}\nenum: [{value}, a]\n"
    assert not may_be_in(text)
    assert _parsed(text) == (yaml12.parse_yaml(text), [])


@pytest.mark.parametrize(
    "text",
    [
        "type: integer\nenum: [01, 02]\ndefault: 0x10\n",
        "type: [string, number]\nenum: [1.10]\n",
        "enum: [01]\n",
        "type: string\nexample: 01\nminLength: 01\n",
        "type: string\nenum: ['01', 02:50:56, 1.2.0, 1.10.3, 12e, truex]\n",
        "type: string\ndefault: 02:50:56:56:44:52\n",
    ],
)
def test_what_is_no_text_or_no_number_is_as_yaml_has_it(text: str) -> None:
    assert _parsed(text) == (yaml12.parse_yaml(text), [])


def test_each_schema_is_told_once() -> None:
    schema = "{type: string, enum: [01, 02], default: 01}"
    tree, repairs = _parsed(f"a: {schema}\nb:\n- {schema}\n- &c {schema}\n- *c\n")
    assert str(tree).count("'01'") == 8
    assert [one.pointer for one in repairs] == ["#/a", "#/b/0", "#/b/1"]
