#!/usr/bin/env bash
# msgspec 0.23.0: two structs whose class has `eq=False` and an `__eq__` of its own are equal and
# unequal at once: `!=` ignores the method and compares identities. Without `eq=False`, `!=` is the
# opposite of `==`, as it is for any class of Python. The issue that reported this is closed as mended.
#
# Source: the data model of Python (by default, `__ne__` inverts what `__eq__` returns), and issue 585
# of msgspec.
source "$(dirname "$0")/lib.sh"
install msgspec==0.23.0

python - <<'END' | expect "eq=False: == True, != True
eq=True:  == True, != False"
from msgspec import Struct


class Without(Struct, eq=False):
    name: str
    note: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Without) and self.name == other.name


class With(Struct):
    name: str
    note: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, With) and self.name == other.name


for title, kind in (("eq=False:", Without), ("eq=True: ", With)):
    first, second = kind("disk", "old"), kind("disk", "new")
    print(f"{title} == {first == second}, != {first != second}")
END
