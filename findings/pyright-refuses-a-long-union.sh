#!/usr/bin/env bash
# pyright 1.1.414: a union of 300 types that is written with bars is refused, and the same union
# within `Union[...]` is not. Ruff's rule UP007 makes the second the first, so that its own
# correction ends a build that passed. OpenAPI documents have such unions: all errors of an API, or
# all resources of a provider, in one `oneOf`. Brackets around groups of the types help.
#
# Source: PEP 604 (`X | Y` means the same as `Union[X, Y]`), and the documentation of ruff's UP007.
source "$(dirname "$0")/lib.sh"
install 'pyright[nodejs]==1.1.414' ruff==0.17.6

python - >union.py <<'END'
names = [f"T{number}" for number in range(300)]
print("from typing import Union\n")
for name in names:
    print(f"class {name}:\n    pass\n")
print(f"def take(value: Union[{', '.join(names)}]) -> None:\n    print(value)")
END

# Report the first error of pyright, or that there is none.
say() {
    echo "$1: $(pyright union.py 2>/dev/null | grep -o 'error: .*\|0 errors' | head -1)"
}

{
    say "Union[...]"
    ruff check --isolated --quiet --select UP007 --target-version py311 --fix union.py
    say "after ruff"
    python -c "import union; print('Python:', len(union.take.__annotations__['value'].__args__), 'types')"
} | expect "Union[...]: 0 errors
after ruff: error: Maximum parse depth exceeded; break expression into smaller sub-expressions
Python: 300 types"
