"""What NetSuite does with names and values in a body that do not exist, as the two validation headers ask."""

from dataclasses import dataclass

from werkzeug.datastructures import Headers

from greenroom.simulators.netsuite.errors import InvalidHeader

NAMES = "X-NetSuite-PropertyNameValidation"
VALUES = "X-NetSuite-PropertyValueValidation"
_MODES = ("Ignore", "Warning", "Error")


@dataclass(frozen=True)
class Validation:
    """How strictly unknown names and values outside an enumeration are taken."""

    names: str = "Warning"
    values: str = "Error"


def asked(headers: Headers) -> Validation:
    """Read the two headers.

    Raises:
        InvalidHeader: a mode that does not exist.

    """
    return Validation(_mode(headers, NAMES, "Warning"), _mode(headers, VALUES, "Error"))


def _mode(headers: Headers, name: str, default: str) -> str:
    mode = headers.get(name, default).capitalize()
    if mode not in _MODES:
        raise InvalidHeader(name, f"Invalid header '{name}'. Provide one of: {', '.join(_MODES)}.")
    return mode
