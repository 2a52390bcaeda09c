"""Scopes: what a statement takes from outside of itself, by where its names have a value."""

from __future__ import annotations

import ast

import pytest
from vcgen.writing.scopes import mentioned


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("a = b.c[d]", "b d"),
        ("a: b = c", "b c"),
        ("a: 'b' = 'c'", "b"),
        ("a: Literal['b'] | 'c'", "Literal c"),
        ("A: TypeAlias = 'list[b]'", "TypeAlias list b"),
        ("a = cast('b', c)", "cast b c"),
        ("def f(a: b, *c: d, e=f, **g: 'h') -> i: return a + c + e + g + j", "b d f h i j"),
        ("@a\nasync def f():\n    b = c\n    for d in e: b, d, k\n    return b", "a c e k"),
        ("def f():\n    import a, b.c as d\n    from e import g as h\n    return a, d, g, h", "g"),
        ("def f():\n    with a as b: c: d = b\n    return c", "a d"),
        ("def f():\n    try: a\n    except b as c: d(c)\n    del e", "a b d"),
        (
            "def f():\n    def g(a=b): return a + h\n    h = 1\n    class K(L): m = n\n    g, K",
            "L b n",
        ),
        ("def f():\n    if (a := b): return a", "b"),
        ("lambda a, b=c: a + b + d", "c d"),
        ("[a for a, b in c if b and d]", "c d"),
        ("def f():\n    a = 1\n    return {a: b for b in [b for b in a]}", ""),
        ("(a for a in b for c in a if (d := c) or d)", "b"),
        (
            "class A(B, c=D):\n    e: F = G\n    def h(self): return self.e + e\n    i = e",
            "B D F G e",
        ),
        ("@a(b)\nclass C:\n    '''Text of names: d.'''", "a b"),
        ("def f(a):\n    match a:\n        case b.c(): return d", "b d"),
    ],
)
def test_names_are_taken_from_outside(source: str, names: str) -> None:
    assert mentioned(ast.parse(source).body) == {*names.split()}
