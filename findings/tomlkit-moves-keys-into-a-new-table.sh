#!/usr/bin/env bash
# tomlkit 0.15.2: a table that is put where a dotted key had a value is written at that place, with a
# header of its own, and the keys below it become keys of that table. Within a table the header lacks
# the name of the outer one, besides. The document in memory says otherwise, and no error is raised:
# only who reads the file again sees that `retries` has moved. A list of tables does the same, an
# inline table does not.
#
# Source: TOML 1.0.0, "Keys" (dotted keys) and "Table" (a table has all keys up to the next header);
# issue 513 of tomlkit is a similar case (an emptied table), mended before this version.
source "$(dirname "$0")/lib.sh"
install tomlkit==0.15.2

python - <<'END' | expect "[client]

[output.types]
lines = 80
retries = 3

tomlkit: {'client': {'output': {'types': {'lines': 80}}, 'retries': 3}}
tomllib: {'client': {}, 'output': {'types': {'lines': 80, 'retries': 3}}}"
import tomllib

import tomlkit

document = tomlkit.parse('[client]\noutput.types = "types.py"\nretries = 3\n')
document["client"]["output"]["types"] = {"lines": 80}
print(document.as_string())
print("tomlkit:", document.unwrap())
print("tomllib:", tomllib.loads(document.as_string()))
END
