#!/usr/bin/env bash
# ruff 0.17.6 and black 26.10.1: what black leaves as it is, ruff changes, and not into what black
# would write: texts side by side become one text where it fits on the line. Code that both shall
# leave alone has no such texts.
#
# Source: "Known deviations from Black" in the documentation of ruff.
source "$(dirname "$0")/lib.sh"
install ruff==0.17.6 black==26.10.1

printf 'x = "one " "and two"\n' > module.py
black --quiet module.py
cat module.py | expect 'x = "one " "and two"'
ruff format --isolated --quiet module.py
cat module.py | expect 'x = "one and two"'
