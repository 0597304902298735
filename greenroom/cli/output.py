"""Output streams: a reader that closes early does not change the exit code."""

import errno
import io
import sys
from typing import Any

GONE = (errno.EPIPE, errno.EIO)
"""Error numbers of a write without a reader: a closed pipe, a closed terminal."""


class Outlet(io.RawIOBase):
    """A file that drops further output after its reader closes, as ``| head -1`` does."""

    def __init__(self, file: io.RawIOBase) -> None:
        self._file = file

    def writable(self) -> bool:
        """Return True."""
        return True

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._file.isatty()

    def fileno(self) -> int:
        """Return the file's number."""
        return self._file.fileno()

    def write(self, data: Any, /) -> int | None:
        """Write, or drop the data if the reader is gone."""
        try:
            return self._file.write(data)
        except OSError as error:
            if error.errno not in GONE:
                raise
            return len(data)


def outlive_readers() -> None:
    """Keep stdout and stderr writable after their readers close, and escape unencodable characters."""
    sys.stdout, sys.stderr = _outliving(sys.stdout), _outliving(sys.stderr)


def _outliving(stream: Any) -> Any:
    buffered = getattr(stream, "buffer", None)
    raw = getattr(buffered, "raw", buffered)  # unbuffered, as PYTHONUNBUFFERED wants it, it is the file itself
    if not isinstance(raw, io.RawIOBase):  # somebody's own stream
        return stream
    stream.flush()
    settings = {"line_buffering": stream.line_buffering, "write_through": stream.write_through}
    kept = io.BufferedWriter(Outlet(raw))
    return io.TextIOWrapper(kept, encoding=stream.encoding, errors="backslashreplace", **settings)
