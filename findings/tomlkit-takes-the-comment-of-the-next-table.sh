#!/usr/bin/env bash
# tomlkit 0.15.2: a comment above the header of a table belongs to the table before it. A key that
# is added to that one is written below the comment, which then stands above another thing than its
# author wrote it for; and the table that it is about can be removed, and leaves it behind.
#
# Source: TOML 1.0.0 gives comments no place in the data; tomlkit's purpose is to keep the layout.
source "$(dirname "$0")/lib.sh"
install tomlkit==0.15.2

python - <<'END' | expect "[one]
a = 1

# About two.
b = 2
[two]
---
[one]
a = 1

# About two."
import tomlkit

TEXT = "[one]\na = 1\n\n# About two.\n[two]\n"
document = tomlkit.parse(TEXT)
document["one"]["b"] = 2
print(document.as_string() + "---")
document = tomlkit.parse(TEXT)
del document["two"]
print(document.as_string())
END
