#!/usr/bin/env bash
# py-yaml12 0.2.0: what an empty block text (`|` or `>`) says depends on what comes after it. At the
# end of a file it is a line break; before another key, or before a comment, it is the empty text.
# So a `default: |` changes its value if somebody appends a comment. PyYAML has the empty text each
# time, and so has py-yaml12 with `|-`.
#
# Source: YAML 1.2.2, section 8.1.1.2 (if a block scalar has no content, its empty lines are all
# trailing lines, and without `+` none of them belongs to the value).
source "$(dirname "$0")/lib.sh"
install py-yaml12==0.2.0 pyyaml==6.0.4

python - <<'END' | expect "'default: |\n'           PyYAML: ''  py-yaml12: '\n'
'default: >\n'           PyYAML: ''  py-yaml12: '\n'
'default: |\n# the end\n' PyYAML: ''  py-yaml12: ''
'default: |\ntype: x\n'  PyYAML: ''  py-yaml12: ''
'default: |-\n'          PyYAML: ''  py-yaml12: ''"
import yaml
import yaml12

for rest in (" |\n", " >\n", " |\n# the end\n", " |\ntype: x\n", " |-\n"):
    text = f"default:{rest}"
    old, new = yaml.safe_load(text)["default"], yaml12.parse_yaml(text)["default"]
    print(f"{text!r:24} PyYAML: {old!r}  py-yaml12: {new!r}")
END
