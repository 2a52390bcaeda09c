#!/usr/bin/env bash
# PyYAML 6.0.4 and py-yaml12 0.2.0: some texts that PyYAML writes are numbers to readers of YAML
# 1.2. It quotes a text only if YAML 1.1 would take it for something else, and there `08` and `09`
# are no octal numbers, `1e3` has no point, and `0o17` means nothing. A document that a tool of
# YAML 1.1 has written loses such codes (of units, of currencies, of months) in the next one:
# `08` is 8 then, and its neighbours `01` to `07`, which PyYAML does quote, are still texts.
#
# Source: YAML 1.2.2, section 10.3.2 (tag resolution of the core schema); the language-independent
# type `int` of YAML 1.1.
source "$(dirname "$0")/lib.sh"
install pyyaml==6.0.4 py-yaml12==0.2.0

python - <<'END' | expect "PyYAML writes:   ['07', 08, 09, 1e3, 0o17]
PyYAML reads:    ['07', '08', '09', '1e3', '0o17']
py-yaml12 reads: ['07', 8, 9, 1000.0, 15]"
import yaml
import yaml12

text = yaml.safe_dump(["07", "08", "09", "1e3", "0o17"], default_flow_style=True)
print("PyYAML writes:  ", text.strip())
print("PyYAML reads:   ", yaml.safe_load(text))
print("py-yaml12 reads:", yaml12.parse_yaml(text))
END
