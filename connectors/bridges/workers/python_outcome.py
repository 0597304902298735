"""How a call ended, as data that fits into a line of the protocol: a result, or what was thrown and where.

For the Python worker; standard library only, Python 3.8 or newer.
"""

import contextlib
import json
import os
import traceback
from collections.abc import Mapping

HERE = os.path.dirname(os.path.abspath(__file__))
LARGEST_RESULT = 4 * 1024 * 1024
LONGEST_NAME = 200
LONGEST_TEXT = 200 * 1000  # characters of an error's text or trace


def installed(path):
    """Tell whether a path belongs to a package that is installed, or to the standard library."""
    place, standard = os.path.join(os.path.abspath(path), ""), os.path.join(os.path.dirname(os.__file__), "")
    return place.startswith(standard) or bool({"site-packages", "dist-packages"} & set(place.split(os.sep)))


def returned(value):
    try:
        text = json.dumps(value, allow_nan=False, default=plain)
    except Exception as error:
        why = shortened(f"{type(value).__name__}: {text_of(error)}", LONGEST_NAME)
        return {"outcome": "returned", "value": None, "unrepresentable": why}
    large = f"a result of {len(text)} bytes" if len(text) > LARGEST_RESULT else None
    return {"outcome": "returned", "value": None if large else json.loads(text), "unrepresentable": large}


def plain(value):
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def describe(error):
    return {
        "type": shortened(type(error).__name__, LONGEST_NAME),
        "message": shortened(text_of(error)),
        "status": status_of(error),
        "trace": shortened(trace_of(error)),
        **place_of(error),
    }


def place_of(error):
    """Find file and line: of the syntax error, else of the last frame in somebody's own code, else of the last one."""
    with contextlib.suppress(BaseException):
        if isinstance(error, SyntaxError) and error.filename:
            return {"place": shortened(f"{error.filename}:{error.lineno}", LONGEST_NAME)}
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if foreign(frame.filename)]
        own = [frame for frame in frames if not installed(frame.filename)] or frames
        return {"place": shortened(f"{own[-1].filename}:{own[-1].lineno}", LONGEST_NAME)}
    return {}


def foreign(path):
    return not path.startswith(("<", os.path.join(HERE, "")))


def trace_of(error):
    with contextlib.suppress(BaseException):
        return "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return "(its trace cannot be read)"


def text_of(error):
    with contextlib.suppress(BaseException):
        return str(error)
    return "(its text cannot be read)"


def shortened(text, most=LONGEST_TEXT):
    """Return a text, or its beginning and its end with what was left out between them."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n... ({len(text) - 2 * half} more characters) ...\n{text[-half:]}"


def status_of(error):
    for holder in (getattr(error, "response", None), error):
        for name in ("status_code", "status"):
            status = getattr(holder, name, None)
            if isinstance(status, int) and not isinstance(status, bool) and abs(status) < 10**9:
                return int(status)
    return None
