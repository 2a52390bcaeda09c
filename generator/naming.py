"""Names: every identifier of the generated code is decided here, from its own spec name alone."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterable
from http import HTTPStatus
from unicodedata import combining, normalize

# Names that annotations and class bodies of the generated code rely on: a field called `str`
# would change what the annotation of the field after it means.
ANNOTATION_NAMES = frozenset(
    {"Any", "bool", "bytes", "date", "dict", "field", "float", "int", "list", "str", "time"}
    | {"timedelta", "tuple", "None"}
)

# Names that linters reject because they look like digits (pycodestyle E741).
AMBIGUOUS_NAMES = frozenset({"l", "I", "O"})

# Attributes that the bases of the generated classes have already.
ENUM_NAMES = frozenset(
    {name for name in dir(str) if not name.startswith("__")} | {"is_known", "mro", "name", "value"}
)
CLIENT_NAMES = frozenset({"close", "login", "logout"})

# Classes of the generated package that no document names.
FIXED_CLASSES = frozenset(
    {"Annotated", "Any", "ApiError", "AsyncClient", "AsyncSend", "AwareDatetime", "Call", "Client"}
    | {"ClientError", "Generic", "Json", "Meta", "Model", "NoContent", "None", "OpenEnum", "Self"}
    | {"Send", "StrEnum", "Struct", "TransportError", "UnexpectedResponse", "ClassVar"}
    | {name for name in dir(builtins) if name[0].isupper()}
)

_SEPARATORS = re.compile(r"[^0-9A-Za-z]+")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+")


def words(name: str) -> list[str]:
    """Split a name into its words: at separators, and at capitals where it has none."""
    parts = [part for part in _SEPARATORS.split(_ascii(name)) if part]
    if len(parts) > 1 and "_" in name:
        return parts
    return [word for part in parts for word in _CAMEL.findall(part)]


def snake(name: str) -> str:
    """Return `name` in snake case, or "" where nothing of it can stand in an identifier."""
    return "_".join(word.lower() for word in words(name))


def pascal(name: str) -> str:
    """Return `name` in Pascal case; capitals inside a part stay as the vendor wrote them."""
    parts = [part for part in _SEPARATORS.split(_ascii(name)) if part]
    return "".join(part[0].upper() + part[1:] for part in parts)


def without_root(name: str, roots: Iterable[str]) -> str:
    """Return `name` without a leading root word (`Vcenter.Vm` and `VcenterVm` lose `Vcenter`)."""
    for root in roots:
        head, rest = name[: len(root)], name[len(root) :]
        if head.lower() != root.lower() or not rest:
            continue
        if rest[0] in "._/-":
            return rest[1:] or name
        if head == root and rest[0].isupper():
            return rest
    return name


def class_name(spec_name: str, roots: Iterable[str] = ()) -> str:
    """Return the class for the schema `spec_name`."""
    name = _leading_letter(pascal(without_root(spec_name, roots)), "Model")
    return f"{name}Model" if name in FIXED_CLASSES | STATUS_CLASSES else name


def exception_name(spec_name: str, roots: Iterable[str] = ()) -> str:
    """Return the exception for the error schema `spec_name`: its last part."""
    last = re.split(r"[./]", without_root(spec_name, roots))[-1]
    name = _leading_letter(pascal(last), "Error")
    return f"{name}Error" if name in FIXED_CLASSES else name


def status_class(status: int) -> str:
    """Return the exception for an HTTP status: its phrase in RFC 9110, or `Status499`."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        return f"Status{status}"
    return pascal(phrase.replace("'", ""))


def resource_class(tag: str, roots: Iterable[str] = ()) -> str:
    """Return the class that holds the operations of `tag`."""
    return _leading_letter(pascal(without_root(tag, roots)), "Tag") + "Resource"


def resource_attribute(tag: str, roots: Iterable[str] = ()) -> str:
    """Return the attribute of the client that holds the operations of `tag`."""
    return _variable(snake(without_root(tag, roots)), "tag", CLIENT_NAMES)


def method_name(operation_id: str, tag: str) -> str:
    """Return the method for an operation: its operationId without its tag."""
    head = f"{tag}_"
    own = operation_id[len(head) :] if operation_id.startswith(head) else operation_id
    return _variable(snake(own), "operation")


def method_name_of_path(method: str, path: str) -> str:
    """Return the method for an operation without operationId: `get_vm_by_id`."""
    parts = re.sub(r"\{([^}]*)\}", r"by-\1", path)
    return _variable(snake(f"{method.lower()}-{parts}".replace("_", "-")), "operation")


def field_name(spec_name: str) -> str:
    """Return the field for a property."""
    return _variable(snake(spec_name), "field", ANNOTATION_NAMES)


def argument_name(spec_name: str) -> str:
    """Return the argument for a parameter."""
    return _variable(snake(spec_name), "argument", frozenset({"body", "self"}))


def member_name(value: str) -> str:
    """Return the member of an enumeration for one of its values."""
    name = "_".join(words(value)).upper() if value else "EMPTY"
    name = name or "VALUE_" + "_".join(f"{ord(character):X}" for character in value)
    name = f"VALUE_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in ENUM_NAMES | AMBIGUOUS_NAMES else name


def package_variable(spec_name: str) -> str:
    """Return the argument of the client for a security scheme."""
    taken = frozenset({"self", "host", "base_url", "timeout", "verify", "http", "cls"})
    return _variable(snake(spec_name), "credential", taken)


def is_identifier(name: str) -> bool:
    """Tell whether `name` may be used as it is in generated code."""
    return name.isidentifier() and name.isascii() and not keyword.iskeyword(name)


def _variable(name: str, fallback: str, taken: frozenset[str] = frozenset()) -> str:
    name = name or fallback
    name = f"{fallback}_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in taken | AMBIGUOUS_NAMES else name


def _leading_letter(name: str, fallback: str) -> str:
    name = name if name[:1].isalpha() else f"{fallback}{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def _ascii(name: str) -> str:
    name = "".join(c for c in normalize("NFKD", name) if not combining(c))
    return "".join(c if c.isascii() else f"_u{ord(c):x}_" for c in name)


STATUS_CLASSES = frozenset(status_class(status) for status in range(400, 600))
