"""Exceptions for statuses that any server may send, declared or not.

Their names are those of RFC 9110, section 15, and of RFC 6585, section 4.
"""

from __future__ import annotations

from vcgen.runtime.errors import ApiError


class BadRequest(ApiError):
    """The server responded with status 400."""


class Unauthorized(ApiError):
    """The server responded with status 401."""


class Forbidden(ApiError):
    """The server responded with status 403."""


class NotFound(ApiError):
    """The server responded with status 404."""


class MethodNotAllowed(ApiError):
    """The server responded with status 405."""


class Conflict(ApiError):
    """The server responded with status 409."""


class Gone(ApiError):
    """The server responded with status 410."""


class PreconditionFailed(ApiError):
    """The server responded with status 412."""


class UnsupportedMediaType(ApiError):
    """The server responded with status 415."""


class UnprocessableContent(ApiError):
    """The server responded with status 422."""


class TooManyRequests(ApiError):
    """The server responded with status 429."""


class InternalServerError(ApiError):
    """The server responded with status 500."""


class BadGateway(ApiError):
    """The server responded with status 502."""


class ServiceUnavailable(ApiError):
    """The server responded with status 503."""


class GatewayTimeout(ApiError):
    """The server responded with status 504."""


STATUSES: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    405: MethodNotAllowed,
    409: Conflict,
    410: Gone,
    412: PreconditionFailed,
    415: UnsupportedMediaType,
    422: UnprocessableContent,
    429: TooManyRequests,
    500: InternalServerError,
    502: BadGateway,
    503: ServiceUnavailable,
    504: GatewayTimeout,
}
"""The exceptions for statuses, whether an operation declares them or not."""
