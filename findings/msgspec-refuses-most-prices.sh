#!/usr/bin/env bash
# msgspec 0.23.0: of the 10000 prices from 0.00 to 99.99, `multiple_of=0.01` lets 15 pass: 0.01 and
# 0.02 do, 0.03 does not. jsonschema refuses others, 1363 of them. pydantic and jsonschema-rs take
# all. What one side of an API has checked is so refused by the other, and by msgspec nearly always.
#
# Source: JSON Schema 2020-12, Validation, section 6.2.1 (valid is what `multipleOf` divides into an
# integer; 0.03 / 0.01 is 3). jsonschema divides floats, and its issue 810 advises `Decimal`; msgspec
# asks that the remainder be 0, which is exact for floats, and so is 0 for powers of 2 alone.
source "$(dirname "$0")/lib.sh"
install msgspec==0.23.0 jsonschema==4.26.0 pydantic==2.14.4 jsonschema-rs==0.60.3

python - <<'END' | expect "msgspec:        refuses 9985, as 0.03, 0.05, 0.06
jsonschema:     refuses 1363, as 0.07, 0.14, 0.28
jsonschema-rs:  refuses 0
pydantic:       refuses 0"
import json
from typing import Annotated

import jsonschema
import jsonschema_rs
import msgspec
from pydantic import Field, TypeAdapter

SCHEMA = {"type": "number", "multipleOf": 0.01}
prices = [f"{cents // 100}.{cents % 100:02}" for cents in range(10000)]


def show(name, check, refusal=()):
    refused = []
    for price in prices:
        try:
            valid = check(price)
        except refusal:
            valid = False
        if valid is False:
            refused.append(price)
    print(f"{name + ':':15} refuses {len(refused)}" + (", as " if refused else ""), end="")
    print(", ".join(refused[:3]))


decoder = msgspec.json.Decoder(Annotated[float, msgspec.Meta(multiple_of=0.01)])
show("msgspec", decoder.decode, msgspec.ValidationError)
validator = jsonschema.Draft202012Validator(SCHEMA)
show("jsonschema", lambda price: validator.is_valid(json.loads(price)))
other = jsonschema_rs.validator_for(SCHEMA)
show("jsonschema-rs", lambda price: other.is_valid(json.loads(price)))
adapter = TypeAdapter(Annotated[float, Field(multiple_of=0.01)])
show("pydantic", adapter.validate_json, ValueError)
END
