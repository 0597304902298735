"""Clio's errors as classes: API errors have a type and a message, token errors the OAuth shape."""

from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.rest.errors import Errors


class ClioError(ApiError):
    """An error of the API proper: ``{"error": {"type", "message"}}``."""

    status = 500
    type = "InternalServerError"


class NotFoundError(ClioError):
    """No such record, or none that this user may know of."""

    status = 404
    type = "NotFoundError"

    def __init__(self) -> None:
        super().__init__("Not Found")


class ForbiddenError(ClioError):
    """The user, or the app's permissions, do not allow it."""

    status = 403
    type = "ForbiddenError"

    def __init__(self) -> None:
        super().__init__("User is forbidden from taking that action")


class ArgumentError(ClioError):
    """A value that makes no sense for its key."""

    status = 422
    type = "ArgumentError"

    def __init__(self, what: str) -> None:
        super().__init__(f"An invalid argument was supplied: {what}")


class InvalidFields(ClioError):
    """The ``fields`` parameter names something that does not exist."""

    status = 400
    type = "InvalidFields"


class BadRequest(ClioError):
    """A body or a parameter that cannot be read. Type name unknown, ours is a guess."""

    status = 400
    type = "BadRequest"


class PreconditionFailed(ClioError):
    """An ``If-Match`` that does not match. Body unknown, ours is a guess."""

    status = 412
    type = "PreconditionFailed"

    def __init__(self) -> None:
        super().__init__("The record has changed since it was read")


class UnknownVersion(ClioError):
    """An API version that does not exist or was retired. Body unknown, ours is a guess."""

    status = 410
    type = "Gone"

    def __init__(self, version: str) -> None:
        super().__init__(f"API version {version} is not supported")


class RateLimited(ClioError):
    """More requests in this minute than the limit."""

    status = 429
    type = "RateLimited"

    def __init__(self, limit: int, seconds: int) -> None:
        super().__init__(
            f"Rate limit of {limit} exceeded. Retry in {seconds} seconds.", headers={"Retry-After": str(seconds)}
        )


class OAuthError(ApiError):
    """An error of the OAuth endpoints and of tokens: ``{"error", "error_description"}``."""

    status = 400

    def __init__(
        self, code: str, description: str, *, status: int = 400, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(description, status=status, headers=headers)
        self.code = code


class InvalidToken(OAuthError):
    """A token that is expired, revoked, unknown or of another region."""

    def __init__(self) -> None:
        text = "The access token provided is expired, revoked, malformed or invalid for other reasons."
        challenge = f'Bearer realm="Clio", error="invalid_token", error_description="{text}"'
        super().__init__("invalid_token", text, status=401, headers={"WWW-Authenticate": challenge})


class FrontEndError(ApiError):
    """What Clio's front end answers before the API is reached: an HTML page."""


def _other(status: int, kind: str, message: str) -> ApiError:
    error = ClioError(message, status=status)
    error.type = kind
    return error


ERRORS = Errors(
    make=_other,
    named={
        400: lambda: BadRequest("The request is not valid"),
        401: InvalidToken,
        403: ForbiddenError,
        404: NotFoundError,
        410: lambda: UnknownVersion("4.0.0"),
        412: PreconditionFailed,
        422: lambda: ArgumentError("the entry cannot be changed"),
        429: lambda: RateLimited(50, 30),
    },
    words={
        405: ("MethodNotAllowed", "The method is not allowed"),
        409: ("Conflict", "The record is being changed by another request"),
        413: ("PayloadTooLarge", "The request is too large"),
        415: ("UnsupportedMediaType", "The media type cannot be read"),
        423: ("Locked", "The record is locked"),
        428: ("PreconditionRequired", "The request must be conditional"),
        451: ("UnavailableForLegalReasons", "The record is under a legal hold"),
        501: ("NotSimulated", "This is not simulated"),
        502: ("BadGateway", "The server received an invalid response"),
        503: ("ServiceUnavailable", "The service is unavailable at the moment"),
        504: ("GatewayTimeout", "The server did not answer in time"),
    },
    refusal=("BadRequest", "The request is not valid"),
    failure=("InternalServerError", "Something went wrong"),
)
"""What the ledger does not name is a guess."""


def refuse(status: int) -> ApiError:
    """Turn a bare HTTP status into Clio's error. Verbs without a route get 404 (seen live for OPTIONS)."""
    return NotFoundError() if status in (404, 405) else FrontEndError(status=status)
