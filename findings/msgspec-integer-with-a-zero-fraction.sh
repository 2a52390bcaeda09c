#!/usr/bin/env bash
# msgspec 0.22.0: the number `1.0` is no integer to it, though JSON Schema says that it is one, and
# the validator of JSON Schema and pydantic take it. `strict=False` takes it, but with it the text
# "1" is an integer too: there is no mode that takes what the standard does, and no more.
#
# Source: JSON Schema 2020-12, Validation, section 6.1.1 ("integer" matches any number with a zero
# fractional part), which OpenAPI 3.1 refers to.
source "$(dirname "$0")/lib.sh"
install msgspec==0.22.0 jsonschema==4.26.0 pydantic==2.14.4

python - <<'END' | expect "jsonschema: valid
pydantic: 1
msgspec: Expected \`int\`, got \`float\`
msgspec, not strict: 1, and 1 for a text"
import json

import jsonschema
import msgspec
from pydantic import TypeAdapter

jsonschema.Draft202012Validator({"type": "integer"}).validate(json.loads("1.0"))
print("jsonschema: valid")
print("pydantic:", TypeAdapter(int).validate_json("1.0"))
try:
    print("msgspec:", msgspec.json.decode("1.0", type=int))
except msgspec.ValidationError as error:
    print("msgspec:", error)
number, text = (msgspec.json.decode(one, type=int, strict=False) for one in ("1.0", '"1"'))
print(f"msgspec, not strict: {number}, and {text} for a text")
END
