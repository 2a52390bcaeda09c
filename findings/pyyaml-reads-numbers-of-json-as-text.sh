#!/usr/bin/env bash
# PyYAML 6.0.4: a document of JSON is not read as JSON would be. `1e3` and `1E+2`, which are
# numbers of JSON and of YAML 1.2, become texts, and only with a point and a sign (`1.0e+3`) they
# are numbers. A `maximum` or an example of a JSON document that is opened as YAML changes its type.
#
# Source: RFC 8259, section 6 (frac is optional, and so is the sign of exp); YAML 1.2.2, section
# 10.2.2 (the core of JSON's numbers); PyYAML implements the float of YAML 1.1.
source "$(dirname "$0")/lib.sh"
install pyyaml==6.0.4

python - <<'END' | expect "JSON:   {'a': 1000.0, 'b': 100.0, 'c': 1500.0, 'd': 1500.0}
PyYAML: {'a': '1e3', 'b': '1E+2', 'c': '1.5e3', 'd': 1500.0}"
import json

import yaml

text = '{"a": 1e3, "b": 1E+2, "c": 1.5e3, "d": 1.5e+3}'
print("JSON:  ", json.loads(text))
print("PyYAML:", yaml.safe_load(text))
END
