#!/usr/bin/env bash
# msgspec 0.22.0: a date-time with more than six digits of a second is rounded to the nearest
# microsecond, where the standard library cuts the digits off. The last 100 nanoseconds of a day
# are so in the next day for one, and in the same day for the other; servers written in Go or Java
# send nine digits.
#
# Source: RFC 3339, section 5.6 (time-secfrac has any number of digits), and `datetime.fromisoformat`
# in the documentation of Python (excess digits are truncated).
source "$(dirname "$0")/lib.sh"
install msgspec==0.22.0

python - <<'END' | expect "msgspec:          2027-01-01 00:00:00+00:00
standard library: 2026-12-31 23:59:59.999999+00:00"
from datetime import datetime

import msgspec

text = "2026-12-31T23:59:59.999999900Z"
print("msgspec:         ", msgspec.json.decode(f'"{text}"', type=datetime))
print("standard library:", datetime.fromisoformat(text))
END
