"""Names that no document can have: Python, or the generated code itself, needs them."""

from __future__ import annotations

# Names that annotations and class bodies of the generated code rely on: a field called `str`
# would change what the annotation of the field after it means.
ANNOTATION_NAMES = frozenset(
    {"Any", "bool", "bytes", "date", "dict", "field", "float", "int", "list", "str", "time"}
    | {"filled_in", "tuple", "None"}
)

# Names that linters reject because they look like digits (pycodestyle E741).
AMBIGUOUS_NAMES = frozenset({"l", "I", "O"})

# The field of an object for the properties that have none of their own.
MODEL_NAMES = frozenset({"additional_properties"})

# Attributes that the bases of the generated classes have already.
ENUM_NAMES = frozenset(
    {name for name in dir(str) if not name.startswith("__")} | {"is_known", "mro", "name", "value"}
)
CLIENT_NAMES = frozenset({"aclose", "close", "login", "logout", "with_options", "with_response"})

# The other arguments of the client's constructor, and what its body refers to.
CLIENT_ARGUMENTS = frozenset(
    {"base_url", "cls", "headers", "host", "http", "max_error", "max_response", "options"}
    | {"password", "retries", "self", "servers", "strict", "timeout", "total_timeout"}
    | {"username", "verify"}
)
CLIENT_GLOBALS = frozenset(
    {"Any", "Choice", "Connection", "Http", "Literal", "Self", "Session", "SessionConnection"}
    | {"asyncio", "basic_credential", "bearer_credential", "bool", "cookie_credential", "float"}
    | {
        "header_credential",
        "hidden",
        "httpx2",
        "joined_url",
        "locate",
        "placed",
        "query_credential",
        "ssl",
    }
    | {"str", "threading", "tuple"}
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

# Classes of the generated package that no document names, where classes of a document are, too.
FIXED_CLASSES = frozenset(
    {"Accepting", "Accepts", "Annotated", "Any", "ApiError", "AsyncClient", "AsyncSend"}
    | {"AwareDatetime", "Binary"}
    | {"Call", "CallOptions", "Callable", "ClassVar", "Client", "ClientError", "Decimal"}
    | {"DeclaringCall", "Deviation", "Download", "EncodedMultipartBody", "Enveloped", "File"}
    | {"FormBody", "Generic", "IdempotencyKey", "InCookie", "InHeader", "InPath", "InQuery"}
    | {"IntEnum", "IsoDuration", "Json", "JsonBody", "JsonText", "LinesBody"}
    | {
        "Meta",
        "MissingField",
        "Model",
        "ModelT",
        "MultipartBody",
        "NoContent",
        "None",
        "OpenEnum",
        "OpenIntEnum",
        "OpenModel",
    }
    | {"EventItems", "ItemStream", "LineItems", "SequenceItems", "WholeEventItems"}
    | {"PartHeaders", "PartTypes", "UploadBody", "Uploadable"}
    | {"PartStyle", "PartType", "PlacedCall", "PlacedDeclaringCall", "RawBody", "RawCookie"}
    | {"Literal", "Mapping", "NullableJsonBody", "Self", "Sequence", "UnsetType"}
    | {"Send", "StandIn", "StrEnum", "Struct", "Style", "StyledCookie", "StyledFormBody"}
    | {"StyledHeader", "StyledPath", "StyledQuery", "Text", "TextBody", "TransportError"}
    | {"TypeAlias", "TypedUploadBody", "UUID", "UnexpectedResponse", "Untyped", "ValidationError"}
    | {"AsyncFollow", "Follow", "WaitError", "WaitFailed", "WaitMatch"}
    | {"WaitTimedOut", "Waiter"}
    | {"AsyncPages", "ByCursor", "ByLink", "ByNumber", "ByOffset", "ByUrl", "Pages", "Paging"}
    | {"Anything", "AsyncTaskHandle", "ById", "ByLocation", "TaskHandle", "TaskState"}
    # What the modules of models and of exceptions define and import themselves.
    | {"ContextVar", "Enum", "EnumType", "GenericAlias", "GivenT", "Raw", "ReadT", "TypeVar"}
    | {"UNSET", "Union", "UnionType", "Unpack"}
    | {"DISCRIMINATORS", "EMPTY", "ENVELOPE", "KINDS", "OTHERS", "SECRETS", "SINCE", "STATUSES"}
    | {"TEXTS"}
    | BUILTIN_CLASSES
)

# Any server may answer with these, whether its document says so or not.
WELL_KNOWN_STATUSES = (
    *(400, 401, 403, 404, 405, 409, 410, 412, 415, 422, 429),
    *(500, 502, 503, 504),
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
