"""NetSuite's errors as classes: a status, an ``o:errorCode``, a detail, sometimes a path."""

from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.rest.errors import Errors

ACCESS = "Error while accessing a resource."
AUDIT_TRAIL = "X-Greenroom-Login-Audit-Trail"
"""A header of refused log-ins: why, as somebody could see in NetSuite's own pages."""
_ATTEMPT = 'error_description="Invalid login attempt."'


class NetSuiteError(ApiError):
    """An error of the REST services; ``where`` adds ``o:errorPath``, ``o:errorUrl`` and the like."""

    status = 400
    code = "INVALID_REQUEST"
    title: str | None = None

    def __init__(self, message: str = "", *, where: dict[str, str] | None = None, status: int | None = None) -> None:
        super().__init__(message, status=status)
        self.where = where or {}


class InvalidLogin(NetSuiteError):
    """The token is missing, expired, revoked, unknown or of another account."""

    status = 401
    code = "INVALID_LOGIN"

    def __init__(self, account: str) -> None:
        super().__init__(
            "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > "
            "Users/Roles > User Management > View Login Audit Trail."
        )
        self.headers = {"WWW-Authenticate": f'Bearer realm="{account}", error="invalid_token", {_ATTEMPT}'}


class SignedLoginRefused(InvalidLogin):
    """A signed request (OAuth 1.0) was refused: ``why``, in words that NetSuite keeps to its Login Audit Trail."""

    def __init__(self, account: str, why: str) -> None:
        super().__init__(account)
        refused = f'OAuth realm="{account}", error="token_rejected", {_ATTEMPT}'
        self.headers = {"WWW-Authenticate": refused, AUDIT_TRAIL: why}


class MalformedLogin(NetSuiteError):
    """A bearer header without a token."""

    def __init__(self, account: str) -> None:
        super().__init__("The request could not be understood: the bearer token is missing.")
        self.headers = {"WWW-Authenticate": f'Bearer realm="{account}", error="invalid_request"'}


class NonexistentId(NetSuiteError):
    """No record instance of that id."""

    status = 404
    code = "NONEXISTENT_ID"

    def __init__(self, external: str | None = None) -> None:
        which = f" with the external ID '{external}'" if external else ""
        super().__init__(f"{ACCESS} The record instance{which} does not exist. Provide a valid record instance ID.")


class UnknownType(NetSuiteError):
    """No record type of that name. The code is unknown: tests must not rely on it."""

    status = 404
    code = "NONEXISTENT_TYPE"

    def __init__(self, name: str) -> None:
        super().__init__(f"Record type '{name}' does not exist.")


class InvalidId(NetSuiteError):
    """An id that cannot be one."""

    code = "INVALID_ID"

    def __init__(self, key: str, path: str) -> None:
        super().__init__(f"Invalid record instance identifier '{key}'.", where={"o:errorUrl": path})


class InvalidUrl(NetSuiteError):
    """An address that no resource has."""

    code = "INVALID_URL"

    def __init__(self, path: str) -> None:
        text = "Invalid URL. The address must be of the form https://<host>/services/rest/record/v1/<recordname>/<recordid>."
        super().__init__(text, where={"o:errorUrl": path})


class InvalidContent(NetSuiteError):
    """A body that cannot be read, or a reference in it to nothing."""

    code = "INVALID_CONTENT"


class InvalidParameter(NetSuiteError):
    """A query parameter that cannot be read."""

    code = "INVALID_PARAMETER"

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message, where={"o:errorQueryParam": name})


class InvalidHeader(NetSuiteError):
    """A header that is missing or cannot be read."""

    code = "INVALID_HEADER"

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message, where={"o:errorHeader": name})


class InvalidValue(NetSuiteError):
    """A value outside a field's enumeration."""

    code = "INVALID_VALUE"

    def __init__(self, field: str) -> None:
        super().__init__(
            f"Invalid value for the resource or sub-resource field '{field}'. Provide a valid value.",
            where={"o:errorPath": field},
        )


class UserError(NetSuiteError):
    """A business rule was broken."""

    code = "USER_ERROR"


class MissingPermission(NetSuiteError):
    """The role may not: 403 by the documentation, 400 as seen live (switch ``permission-refusal``)."""

    def __init__(self, variant: str) -> None:
        super().__init__(
            "Permission Violation: the role you have does not permit this action. "
            "You need a higher level of the 'Lists -> Events' permission.",
            status=int(variant),
        )
        self.code = "INSUFFICIENT_PERMISSION" if variant == "403" else "USER_ERROR"


class TooManyAtOnce(NetSuiteError):
    """More requests at once than the account's pool (switch ``concurrency-refusal``)."""

    code = "CONCURRENCY_LIMIT_EXCEEDED"

    def __init__(self, variant: str) -> None:
        super().__init__("Concurrent request limit exceeded. Request blocked.", status=int(variant))


class IdempotencyError(NetSuiteError):
    """A second asynchronous request with the key of a first one; ``job`` is that one's path."""

    code = "IDEMPOTENCY_ERROR"
    title = "Conflict"

    def __init__(self, job: str) -> None:
        super().__init__(
            "A request with the same idempotency key is already submitted. See the 'Location' header for a link to the "
            "previously submitted job."
        )
        self.headers = {"Preference-Applied": "respond-async", "Location": job}


class TokenError(ApiError):
    """An error of the token endpoint: ``{"error"}`` and nothing else."""

    def __init__(self, code: str, account: str, why: str = "") -> None:
        super().__init__(status=401 if code == "invalid_client" else 400)
        self.code = code
        self.headers = {AUDIT_TRAIL: why} if why else {}
        if code == "invalid_client":
            self.headers["WWW-Authenticate"] = f'Basic realm="{account}"'


class UnsupportedMedia(NetSuiteError):
    """A body of another media type than JSON. Status and body unknown, ours is a guess."""

    status = 415
    code = "INVALID_HEADER"

    def __init__(self) -> None:
        super().__init__(
            "Invalid header 'Content-Type'. Provide 'application/json'.", where={"o:errorHeader": "Content-Type"}
        )


class RestletError(ApiError):
    """An error of a RESTlet: ``{"error": {"code", "message"}}``."""

    def __init__(self, code: str, message: str, status: int = 400, headers: dict[str, str] | None = None) -> None:
        super().__init__(message, status=status, headers=headers)
        self.code = code


def _other(status: int, code: str, message: str) -> ApiError:
    error = NetSuiteError(message, status=status)
    error.code = code
    return error


ERRORS = Errors(
    make=_other,
    named={
        400: lambda: UserError(f"{ACCESS} The record is locked by a workflow."),
        401: lambda: InvalidLogin("1234567"),
        403: lambda: MissingPermission("403"),
        404: NonexistentId,
        429: lambda: TooManyAtOnce("429"),
    },
    words={
        405: ("INVALID_REQUEST", "The method is not allowed for this resource."),
        409: ("RCRD_HAS_BEEN_CHANGED", f"{ACCESS} Record has been changed."),
        412: ("INVALID_REQUEST", f"{ACCESS} A precondition of the request does not hold."),
        422: ("USER_ERROR", f"{ACCESS} The request cannot be processed."),
        500: ("UNEXPECTED_ERROR", "An unexpected error occurred. Error ID: l9k2zq0v1h7x3y5w8r4t6"),
        501: ("NOT_SIMULATED", "This is not simulated."),
    },
    refusal=("INVALID_REQUEST", f"{ACCESS} The request is refused."),
    failure=("UNEXPECTED_ERROR", "The service is unavailable at the moment."),
)
"""Most codes are guesses."""


_CODES = {404: "INVALID_URL", 405: "INVALID_REQUEST", 413: "INVALID_CONTENT", 415: "INVALID_HEADER"}


def refuse(status: int) -> ApiError:
    """Turn a bare HTTP status into NetSuite's error."""
    code = _CODES.get(status, "INVALID_REQUEST" if status < 500 else "UNEXPECTED_ERROR")
    return _other(status, code, "The request cannot be processed.")
