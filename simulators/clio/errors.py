"""Clio's errors as classes: API errors have a type and a message, token errors the OAuth shape."""

from greenroom.simulators.core.errors import ApiError


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
    """The body cannot be read, or lacks its ``data`` wrapper. Type name unknown, ours is a guess."""

    status = 400
    type = "BadRequest"


class RateLimited(ClioError):
    """More requests in this minute than the limit."""

    status = 429
    type = "RateLimited"

    def __init__(self, limit: int, seconds: int) -> None:
        super().__init__(
            f"Rate limit of {limit} exceeded. Retry in {seconds} seconds.", headers={"Retry-After": str(seconds)}
        )


class InvalidToken(ApiError):
    """A token that is expired, revoked, unknown or of another region: the OAuth shape."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "The access token provided is expired, revoked, malformed or invalid for other reasons.",
            headers={"WWW-Authenticate": 'Bearer realm="Clio", error="invalid_token"'},
        )


_TYPES = {400: "BadRequest", 404: "NotFoundError", 413: "PayloadTooLarge", 414: "URITooLong", 500: "ServerError"}


def refuse(status: int, why: str) -> ApiError:
    """Turn a bare HTTP status into Clio's error. Verbs without a route get 404 (seen live for OPTIONS)."""
    if status in (404, 405):
        return NotFoundError()
    error = ClioError(why or "Request refused", status=status)
    error.type = _TYPES.get(status, "BadRequest" if status < 500 else "ServerError")
    return error
