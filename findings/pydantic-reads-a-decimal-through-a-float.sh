#!/usr/bin/env bash
# pydantic 2.14.4: a number of JSON becomes a float before it becomes a `Decimal`, so that it has 17
# digits at most, even with `validate_json`, which sees the text. The rest is lost, and nothing is
# said; a number without a point keeps all of them. msgspec keeps them in both. A `Decimal` is what
# one takes for such numbers: amounts of Ethereum have 18 digits behind the point.
#
# Source: RFC 8259, section 6 (no limit is set for the digits of a number); pydantic's issue 9180 and
# pydantic-core's 1688 have it, and it is called a limit of how JSON is read there.
source "$(dirname "$0")/lib.sh"
install pydantic==2.14.4 msgspec==0.23.0

python - <<'END' | expect "JSON:     1.123456789012345678
msgspec:  1.123456789012345678
pydantic: 1.1234567890123457
JSON:     1123456789012345678
msgspec:  1123456789012345678
pydantic: 1123456789012345678"
from decimal import Decimal

import msgspec
from pydantic import TypeAdapter

for text in ("1.123456789012345678", "1123456789012345678"):
    print("JSON:    ", text)
    print("msgspec: ", msgspec.json.decode(text, type=Decimal))
    print("pydantic:", TypeAdapter(Decimal).validate_json(text))
END
