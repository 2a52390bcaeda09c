#!/usr/bin/env bash
# black 26.10.1 and ruff 0.17.6: a `type` statement (PEP 695) that is too long is broken by black at
# the brackets of the last subscript, and by `ruff format` in brackets that it puts around the whole;
# as black does for an annotated alias (`X: TypeAlias = ...`). Each changes what the other has
# written, except where the brackets are there to begin with: black keeps them, and ruff does too.
#
# Source: `LineGenerator.__post_init__` of black's linegen.py gives invisible brackets to the value of
# `expr_stmt` and of others, and not to that of `type_stmt`; of ruff, seen here.
source "$(dirname "$0")/lib.sh"
install ruff==0.17.6 black==26.10.1

printf 'type Named = First | Second["a", "b"]\n' > alias.py
cp alias.py other.py
black --fast --quiet --target-version py312 --line-length 30 alias.py
cat alias.py | expect 'type Named = First | Second[
    "a", "b"
]'
ruff format --isolated --quiet --target-version py312 --line-length 30 other.py
cat other.py | expect 'type Named = (
    First | Second["a", "b"]
)'
black --fast --quiet --target-version py312 --line-length 30 other.py
cat other.py | expect 'type Named = (
    First | Second["a", "b"]
)'
ruff format --isolated --quiet --target-version py312 --line-length 30 alias.py
cat alias.py | expect 'type Named = (
    First | Second["a", "b"]
)'
