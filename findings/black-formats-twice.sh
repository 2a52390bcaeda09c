#!/usr/bin/env bash
# black 26.10.1: `format_str` formats a text that it changes a second time, and the result of the
# second time is what it returns. There is no mode that leaves it out: it is no part of the check
# for stability, which `black` the command does besides. Who generates code, and so has text that
# is never formatted yet, pays twice.
#
# Source: `format_str` in src/black/__init__.py, whose comment gives the reason: magic trailing
# commas that appear in the first pass decide about optional parentheses in the second.
#
# Built from source, as the compiled wheel cannot be watched from outside.
source "$(dirname "$0")/lib.sh"
install --no-binary=black black==26.10.1

python - <<'END' | expect "formatted already: 1 pass
not formatted: 2 passes"
import black

passes = []
once = black._format_str_once
black._format_str_once = lambda *given, **named: passes.append(1) or once(*given, **named)

black.format_str("x = 1\n", mode=black.Mode())
print(f"formatted already: {len(passes)} pass")
passes.clear()
black.format_str("x=1\n", mode=black.Mode())
print(f"not formatted: {len(passes)} passes")
END
