"""Bullhorn's errors as classes: a status, a message, sometimes a key; persist errors name properties."""

from collections.abc import Sequence

from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.rest.errors import Errors


class BullhornError(ApiError):
    """An error of the API: ``{"errorMessage", "errorMessageKey", "errorCode"}``; not every one has a key."""

    status = 400
    key: str | None = None

    def __init__(self, message: str, key: str | None = None, *, status: int | None = None) -> None:
        super().__init__(message, status=status)
        self.key = key or self.key


class InvalidField(BullhornError):
    """A name in ``fields``, ``orderBy`` or ``where`` that the entity does not have."""

    def __init__(self, name: str, position: int) -> None:
        super().__init__(f"Invalid field '{name}' at position {position}.")


class AllFieldsNotAllowed(BullhornError):
    """``fields=*``."""

    key = "errors.allFieldsNotAllowed"

    def __init__(self) -> None:
        super().__init__("You are not authorized to request all fields.")


class MissingParameter(BullhornError):
    """A parameter that the call cannot do without. Text unknown, ours is a guess."""

    def __init__(self, names: str) -> None:
        super().__init__(f"Missing required parameter: {names}.")


class BadParameter(BullhornError):
    """A parameter or a body that cannot be read. Text unknown, ours is a guess."""


class BadWhere(BullhornError):
    """A ``where`` that is no condition on the entity. Text unknown, ours is a guess."""

    def __init__(self, why: str) -> None:
        super().__init__(f"Invalid where clause: {why}.")


class QueryIndexed(BullhornError):
    """A query for an entity that can only be searched."""

    key = "errors.queryIndexedEntity"

    def __init__(self, entity: str) -> None:
        super().__init__(f"Query operation not supported for {entity}, please use /search call instead.")


class BadAccessToken(BullhornError):
    """A log-in with an access token that is unknown, expired, or used up."""

    key = "errors.authentication.invalidOAuthToken"

    def __init__(self) -> None:
        super().__init__("Invalid or expired OAuth access token.")


class BadSession(BullhornError):
    """A session that is unknown or over."""

    status = 401
    key = "errors.authentication.invalidRestToken"

    def __init__(self) -> None:
        super().__init__("Bad 'BhRestToken' or timed-out.")


class NoSession(BullhornError):
    """A request without a session. Body unknown, ours is a guess."""

    status = 412
    key = "errors.authentication.missingRestToken"

    def __init__(self) -> None:
        super().__init__("A valid 'BhRestToken' is required.")


class Forbidden(BullhornError):
    """An entitlement is missing. Text unknown, ours is a guess."""

    status = 403
    key = "errors.notEntitled"

    def __init__(self, entity: str) -> None:
        super().__init__(f"You are not entitled to do this to {entity}.")


class EntityNotFound(BullhornError):
    """No entity of that id, or none to be known of. Body unknown, ours is a guess."""

    status = 404
    key = "errors.entityNotFound"

    def __init__(self, entity: str = "Appointment") -> None:
        super().__init__(f"No {entity} of that id was found.")


class Removed(BullhornError):
    """A deleted entity, where a switch has it answered so. Body unknown, ours is a guess."""

    status = 410
    key = "errors.entityDeleted"

    def __init__(self, entity: str) -> None:
        super().__init__(f"The {entity} has been removed.")


class PersistError(BullhornError):
    """A write that was refused: ``wrong`` are properties, each with the type of what is wrong with it."""

    def __init__(self, entity: str, *wrong: tuple[str, str]) -> None:
        super().__init__(f"error persisting an entity of type: {entity}")
        self.entity = entity
        self.wrong: Sequence[tuple[str, str]] = wrong


class RateLimited(BullhornError):
    """Too many calls in this minute. Body unknown, ours is a guess."""

    status = 429
    key = "errors.rateLimitExceeded"

    def __init__(self, retry_after: str | None = None) -> None:
        super().__init__("The rate limit is exceeded. Wait one second, then retry.")
        self.headers = {"Retry-After": retry_after} if retry_after else {}


class OAuthError(ApiError):
    """An error of the authorization server: ``{"error", "error_description"}``."""

    status = 400

    def __init__(self, code: str, description: str, *, status: int = 400) -> None:
        super().__init__(description, status=status)
        self.code = code


ERRORS = Errors(
    make=lambda status, key, message: BullhornError(message, key or None, status=status),
    named={
        400: lambda: PersistError("Appointment", ("subject", "INVALID_VALUE")),
        401: BadSession,
        403: lambda: Forbidden("Appointment"),
        404: EntityNotFound,
        410: lambda: Removed("Appointment"),
        412: NoSession,
        429: RateLimited,
    },
    words={
        405: ("", "The method is not allowed for this resource"),
        406: ("", "Only JSON can be sent"),
        409: ("", "The entity was changed meanwhile"),
        501: ("errors.notSimulated", "This is not simulated"),
        503: ("", "The service is down for maintenance"),
    },
    refusal=("", "The request is refused"),
    failure=("errors.internalError", "An internal error has occurred"),
)
"""Most texts are guesses."""


def refuse(status: int) -> ApiError:
    """Turn a bare HTTP status into Bullhorn's error."""
    words = ERRORS.words.get(status, ERRORS.failure if status >= 500 else ERRORS.refusal)
    return ERRORS.make(status, *words)
