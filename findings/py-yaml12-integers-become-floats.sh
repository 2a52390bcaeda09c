#!/usr/bin/env bash
# py-yaml12 0.2.0: an integer that does not fit in 64 bits with a sign becomes a float, and loses
# its last digits. That is most of what `uint64` can hold: its greatest value, as documents give it
# for `maximum`, is another number when it has been read. JSON and PyYAML keep it.
#
# Source: YAML 1.2.2, section 10.3.2 (what matches [-+]?[0-9]+ is an integer; no size is set);
# the registry of OpenAPI formats, `uint64`.
source "$(dirname "$0")/lib.sh"
install py-yaml12==0.2.0 pyyaml==6.0.4

python - <<'END' | expect "PyYAML:    [9223372036854775807, 9223372036854775808, 18446744073709551615]
py-yaml12: [9223372036854775807, 9.223372036854776e+18, 1.8446744073709552e+19]"
import yaml
import yaml12

text = "[9223372036854775807, 9223372036854775808, 18446744073709551615]"
print("PyYAML:   ", yaml.safe_load(text))
print("py-yaml12:", yaml12.parse_yaml(text))
END
