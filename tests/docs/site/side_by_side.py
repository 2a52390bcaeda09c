"""Print the page that shows parts of a document beside the code that is generated for them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "specs" / "vcenter-guest-customization.yaml"
PACKAGE = ROOT / "generated" / "vcenter_guest_customization"

HEAD = """\
# Document and code

This page shows parts of a
[document](../specs/vcenter-guest-customization.yaml), each with the
[code](../generated/vcenter_guest_customization) that vcgen generates for it.
A test compares the page with both."""

# A title, what it shows, the keys that lead to a part of the document, and a part of the code.
PAIRS = (
    (
        "An operation",
        "An operation becomes a method. Its parameters become arguments, its descriptions the\n"
        "docstring, and its errors exceptions. `AsyncClient` has the same method to await.",
        ("paths", "/vcenter/vm/{vm}/guest/customization", "get"),
        ("operations", "VmGuestCustomizationOperations", "get"),
    ),
    (
        "What is sent, and what is read",
        "A small function describes the request and its responses for both classes.",
        ("paths", "/vcenter/vm/{vm}/guest/customization", "get", "responses"),
        ("operations", "vm_guest_customization__get", ""),
    ),
    (
        "A schema",
        "A schema becomes a class. An optional property is `None` if it is missing.",
        ("components", "schemas", "Vcenter.Vm.Guest.Customization.Info"),
        ("models", "VmGuestCustomizationInfo", ""),
    ),
    (
        "An enumeration",
        "An enumeration becomes an open enum: an unknown value is kept, and its `is_known` is\n"
        "false.",
        ("components", "schemas", "Vcenter.Vm.Guest.Customization.Info.Status"),
        ("models", "VmGuestCustomizationInfoStatus", ""),
    ),
    (
        "An error",
        "The schema of an error becomes an exception. `error.error` is its decoded body.",
        ("components", "schemas", "Vapi.Std.Errors.NotFound"),
        ("errors", "NotFound", ""),
    ),
)


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    document = DOCUMENT.read_text(encoding="utf-8")
    yield HEAD
    for title, text, keys, (module, name, method) in PAIRS:
        yield from ("", f"## {title}", "", text, "", '<div class="side-by-side" markdown>', "")
        yield from ("```yaml", part_of_document(document, keys), "```", "")
        yield from ("```py", part_of_code(module, name, method), "```", "", "</div>")


def part_of_document(text: str, keys: tuple[str, ...]) -> str:
    """Return the lines of a key of a YAML document, with those that it is in."""
    lines, shown = text.splitlines(), []
    for depth, key in enumerate(keys):
        start = next(at for at, line in enumerate(lines) if line == f"{'  ' * depth}{key}:")
        shown.append(lines[start])
        lines = lines[start + 1 :]
    deep = "  " * len(keys)
    end = next((at for at, line in enumerate(lines) if not line.startswith(deep)), len(lines))
    return "\n".join([*shown, *lines[:end]])


def part_of_code(module: str, name: str, method: str) -> str:
    """Return the source of a function, a class, or a class with one of its methods."""
    source = (PACKAGE / f"{module}.py").read_text(encoding="utf-8")
    node = _named(ast.parse(source).body, name)
    if not method:
        return ast.get_source_segment(source, node) or ""
    assert isinstance(node, ast.ClassDef)
    inside = ast.get_source_segment(source, _named(node.body, method), padded=True)
    return re.sub(r"^ {4}", "", str(inside), flags=re.MULTILINE)


def _named(nodes: list[ast.stmt], name: str) -> ast.stmt:
    return next(one for one in nodes if getattr(one, "name", "") == name)


if __name__ == "__main__":
    print("\n".join(page()))
