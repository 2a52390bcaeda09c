"""Names: every identifier of the generated code is decided here, from its own spec name alone."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from unicodedata import combining, normalize

# Names that annotations and class bodies of the generated code rely on: a field called `str`
# would change what the annotation of the field after it means.
ANNOTATION_NAMES = frozenset(
    {"Any", "bool", "bytes", "date", "dict", "field", "float", "int", "list", "str", "time"}
    | {"tuple", "None"}
)

# Names that linters reject because they look like digits (pycodestyle E741).
AMBIGUOUS_NAMES = frozenset({"l", "I", "O"})

# The field of an object for the properties that have none of their own.
MODEL_NAMES = frozenset({"additional_properties"})

# Attributes that the bases of the generated classes have already.
ENUM_NAMES = frozenset(
    {name for name in dir(str) if not name.startswith("__")} | {"is_known", "mro", "name", "value"}
)
CLIENT_NAMES = frozenset({"aclose", "close", "login", "logout"})

# The other arguments of the client's constructor, and what its body refers to.
CLIENT_ARGUMENTS = frozenset({"base_url", "cls", "host", "http", "self", "timeout", "verify"})
CLIENT_GLOBALS = frozenset(
    {"api_key", "asyncio", "basic", "bearer", "httpx2", "locate", "ssl", "threading"}
)

# The built-in classes, written out: which there are depends on Python's version and the platform.
BUILTIN_CLASSES = frozenset(
    {"ArithmeticError", "AssertionError", "AttributeError", "BaseException", "BaseExceptionGroup"}
    | {"BlockingIOError", "BrokenPipeError", "BufferError", "BytesWarning", "ChildProcessError"}
    | {"ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError"}
    | {"ConnectionResetError", "DeprecationWarning", "EOFError", "Ellipsis", "EncodingWarning"}
    | {"EnvironmentError", "Exception", "ExceptionGroup", "False", "FileExistsError"}
    | {"FileNotFoundError", "FloatingPointError", "FutureWarning", "GeneratorExit", "IOError"}
    | {"ImportError", "ImportWarning", "IndentationError", "IndexError", "InterruptedError"}
    | {"IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError"}
    | {"ModuleNotFoundError", "NameError", "None", "NotADirectoryError", "NotImplemented"}
    | {"NotImplementedError", "OSError", "OverflowError", "PendingDeprecationWarning"}
    | {"PermissionError", "ProcessLookupError", "PythonFinalizationError", "RecursionError"}
    | {"ReferenceError", "ResourceWarning", "RuntimeError", "RuntimeWarning", "StopAsyncIteration"}
    | {"StopIteration", "SyntaxError", "SyntaxWarning", "SystemError", "SystemExit", "TabError"}
    | {"TimeoutError", "True", "TypeError", "UnboundLocalError", "UnicodeDecodeError"}
    | {"UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError", "UnicodeWarning"}
    | {"UserWarning", "ValueError", "Warning", "WindowsError", "ZeroDivisionError"}
)

# Classes of the generated package that no document names.
FIXED_CLASSES = frozenset(
    {"Annotated", "Any", "ApiError", "AsyncClient", "AsyncSend", "AwareDatetime", "Call", "Client"}
    | {"ClientError", "Generic", "Json", "Meta", "Model", "NoContent", "None", "OpenEnum", "Self"}
    | {"Send", "StrEnum", "Struct", "TransportError", "UUID", "UnexpectedResponse", "ClassVar"}
    | {
        "Binary",
        "Callable",
        "Decimal",
        "Download",
        "Enveloped",
        "File",
        "FormBody",
        "IntEnum",
        "IsoDuration",
    }
    | {
        "JsonBody",
        "MultipartBody",
        "OpenIntEnum",
        "OpenModel",
        "RawBody",
        "Style",
        "Styled",
        "Text",
    }
    | {"TypeAlias", "ValidationError"}
    | BUILTIN_CLASSES
)

# Names of the statuses in the registry of IANA, written out: Python's differ between its versions.
STATUS_NAMES = {
    400: "BadRequest",
    401: "Unauthorized",
    402: "PaymentRequired",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    406: "NotAcceptable",
    407: "ProxyAuthenticationRequired",
    408: "RequestTimeout",
    409: "Conflict",
    410: "Gone",
    411: "LengthRequired",
    412: "PreconditionFailed",
    413: "ContentTooLarge",
    414: "URITooLong",
    415: "UnsupportedMediaType",
    416: "RangeNotSatisfiable",
    417: "ExpectationFailed",
    418: "ImATeapot",
    421: "MisdirectedRequest",
    422: "UnprocessableContent",
    423: "Locked",
    424: "FailedDependency",
    425: "TooEarly",
    426: "UpgradeRequired",
    428: "PreconditionRequired",
    429: "TooManyRequests",
    431: "RequestHeaderFieldsTooLarge",
    451: "UnavailableForLegalReasons",
    500: "InternalServerError",
    501: "NotImplementedByServer",  # its name alone is a built-in one
    502: "BadGateway",
    503: "ServiceUnavailable",
    504: "GatewayTimeout",
    505: "HTTPVersionNotSupported",
    506: "VariantAlsoNegotiates",
    507: "InsufficientStorage",
    508: "LoopDetected",
    510: "NotExtended",
    511: "NetworkAuthenticationRequired",
}

# Signs that tell names apart which are alike without them: `+1` and `-1`, `created>=`.
_SIGNS = re.compile(r"^[+-](?=[0-9])|(?<=[0-9A-Za-z])(?:[<>]=?|!=)$")
_NAMES_OF_SIGNS = {
    "+": "plus_",
    "-": "minus_",
    "<": "_lt",
    "<=": "_lte",
    ">": "_gt",
    ">=": "_gte",
    "!=": "_ne",
}
_SEPARATORS = re.compile(r"[^0-9A-Za-z]+")
_CAMEL = re.compile(
    r"IPv[46]|[KMGTP](?:iB|B?ps|bps|Hz)(?![a-z])"  # IPv4, MiB, Mbps, GHz
    r"|[A-Z]{2,}s(?![a-z])"  # VMs
    r"|[iv](?:[A-Z]+(?![a-z])|[A-Z][a-z]+)[0-9]*"  # iSCSI, vCenter
    r"|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+[a-z]*"
)


def words(name: str) -> list[str]:
    """Split a name into its words: at separators, and at capitals inside mixed case."""
    return [
        word
        for part in _SEPARATORS.split(_ascii(name))
        for word in ([part] if part.isupper() else _CAMEL.findall(part))
    ]


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
    is_taken = name in FIXED_CLASSES or name in STATUS_NAMES.values()
    return f"{name}Model" if is_taken or name.endswith("Operations") else name


def exception_name(spec_name: str, roots: Iterable[str] = ()) -> str:
    """Return the exception for the error schema `spec_name`: its last part."""
    last = re.split(r"[./]", without_root(spec_name, roots))[-1]
    name = _leading_letter(pascal(last), "Error")
    return f"{name}Exception" if name in FIXED_CLASSES else name


def kind_exception(kind: str, spec_name: str, roots: Iterable[str] = ()) -> str:
    """Return the exception for a kind of error: `NOT_FOUND` is `NotFound`, else as its schema."""
    if re.fullmatch(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*", kind):
        spec_name = "".join(word.capitalize() for word in kind.split("_"))
    return exception_name(spec_name, roots)


def status_class(status: int | str) -> str:
    """Return the exception for an HTTP status: its registered name, or `Status499`."""
    number = int(status) if str(status).isdigit() else 0
    return STATUS_NAMES.get(number, f"Status{status}")


def resource_class(tag: str, roots: Iterable[str] = ()) -> str:
    """Return the class that holds the operations of `tag`."""
    return _leading_letter(pascal(without_root(tag, roots)), "Tag") + "Operations"


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


def model_module(class_name: str) -> str:
    """Return the module for a class in a package of many: the first word of its name.

    `Rest` says nothing but which of two APIs a class is of: there, it is the first two.
    """
    first, *others = (word.lower() for word in words(class_name))
    name = f"{first}_{others[0]}" if first == "rest" and others else first
    return _variable(name, "model", frozenset({"models"}))


def field_name(spec_name: str) -> str:
    """Return the field for a property."""
    return _variable(snake(_spelt(spec_name)), "field", ANNOTATION_NAMES | MODEL_NAMES)


def argument_name(spec_name: str) -> str:
    """Return the argument for a parameter."""
    return _variable(snake(_spelt(spec_name)), "argument", frozenset({"body", "self"}))


def member_name(value: str) -> str:
    """Return the member of an enumeration for one of its values."""
    name = "_".join(words(value)).upper() if value else "EMPTY"
    name = name or "VALUE_" + "_".join(f"{ord(character):X}" for character in value)
    name = f"VALUE_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in ENUM_NAMES | AMBIGUOUS_NAMES else name


def exact_member_name(value: str) -> str:
    """Return a member whose name no other value has: case kept, other characters by code."""
    spelt = "".join(c if c.isascii() and c.isalnum() else f"_x{ord(c):x}_" for c in value)
    name = spelt if spelt[:1].isalpha() else f"VALUE_{spelt}"
    return f"{name}_" if keyword.iskeyword(name) or name in ENUM_NAMES | AMBIGUOUS_NAMES else name


def package_variable(spec_name: str) -> str:
    """Return the argument of the client for a security scheme."""
    return _variable(snake(spec_name), "credential", CLIENT_ARGUMENTS | CLIENT_GLOBALS)


def is_identifier(name: str) -> bool:
    """Tell whether `name` may be used as it is in generated code."""
    return name.isidentifier() and name.isascii() and not keyword.iskeyword(name)


def _variable(name: str, fallback: str, taken: frozenset[str] = frozenset()) -> str:
    name = name or fallback
    name = f"{fallback}_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in taken | AMBIGUOUS_NAMES else name


def _spelt(name: str) -> str:
    """Return a name with a sign before a number, or a comparison at its end, as words."""
    if "<" in name and name.endswith(">"):  # brackets: `Page<Item>`
        return name
    return _SIGNS.sub(lambda sign: _NAMES_OF_SIGNS[sign[0]], name)


def _leading_letter(name: str, fallback: str) -> str:
    name = name if name[:1].isalpha() else f"{fallback}{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def _ascii(name: str) -> str:
    return "".join(_ascii_of(c) for c in normalize("NFC", name))


def _ascii_of(character: str) -> str:
    """Return the letters without their accents, else the number of the character as it is read."""
    plain = "".join(c for c in normalize("NFKD", character) if not combining(c))
    return plain if plain.isascii() else f"_U{ord(character):X}_"
