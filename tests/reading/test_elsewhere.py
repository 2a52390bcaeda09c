"""Documents that need other files, told by their texts."""

from __future__ import annotations

import pytest
from vcgen.reading.elsewhere import may_refer_to_files


@pytest.mark.parametrize(
    "text",
    [
        '{"mapping": {"cat": "Cat.json"}}',
        "{'kind': 1, mapping: {cat: Cat.json}}",
        "discriminator:\n  mapping:\n    cat: Cat.yaml\n",
        "discriminator:\r  mapping :\r    cat: Cat.yml\r",
        "discriminator:\n  ? mapping\n  : cat: Cat.yml\n",
        "discriminator: {propertyName: kind, &these mapping: {cat: Cat.yaml}}",
        f"discriminator:\n{' ' * 300}mapping:\n{' ' * 301}cat: Cat.yaml\n",
        '{"$ref": "Cat.json"}',
    ],
)
def test_a_mapping_or_a_reference_may_lead_to_a_file(text: str) -> None:
    assert may_refer_to_files(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"description": "The mapping of names in hosts.json."}',
        "description: The file hosts.yaml has a mapping: of names.\n",
        "description: See hosts.yaml.\nmappings: {cat: Cat}\n",
        '{"mapping": {"cat": "#/components/schemas/Cat"}}',
    ],
)
def test_a_description_leads_nowhere(text: str) -> None:
    assert not may_refer_to_files(text)
