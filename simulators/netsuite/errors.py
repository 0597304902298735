"""NetSuite's errors as classes: a status, an ``o:errorCode``, a detail, sometimes a path."""

from greenroom.simulators.core.errors import ApiError

ACCESS = "Error while accessing a resource."


class NetSuiteError(ApiError):
    """An error of the record service; ``where`` adds ``o:errorPath``, ``o:errorUrl`` and the like."""

    status = 400
    code = "INVALID_REQUEST"

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
        self.headers = {
            "WWW-Authenticate": f'Bearer realm="{account}", error="invalid_token", '
            'error_description="Invalid login attempt."'
        }


class NonexistentId(NetSuiteError):
    """No record instance of that id."""

    status = 404
    code = "NONEXISTENT_ID"

    def __init__(self) -> None:
        super().__init__(f"{ACCESS} The record instance does not exist. Provide a valid record instance ID.")


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


class InvalidContent(NetSuiteError):
    """A body that cannot be read, or a reference in it to nothing."""

    code = "INVALID_CONTENT"


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


_CODES = {404: "INVALID_URL", 405: "INVALID_REQUEST", 413: "INVALID_CONTENT", 415: "INVALID_HEADER"}


def refuse(status: int, why: str) -> ApiError:
    """Turn a bare HTTP status into NetSuite's error."""
    error = NetSuiteError(why or "The request cannot be processed.", status=status)
    error.code = _CODES.get(status, "INVALID_REQUEST" if status < 500 else "UNEXPECTED_ERROR")
    return error
