"""Where commands write: a reader that has enough changes no verdict."""

import errno
import io
import sys
from typing import Any

GONE = (errno.EPIPE, errno.EIO)
"""What a write says where the reader is gone: a closed pipe, a closed terminal."""


class Outlet(io.RawIOBase):
    """A file in which writing goes on after its reader went away, as ``| head -1`` does: the rest is dropped."""

    def __init__(self, file: io.RawIOBase) -> None:
        self._file = file

    def writable(self) -> bool:
        """Return that it is written to."""
        return True

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._file.isatty()

    def fileno(self) -> int:
        """Return the file's number."""
        return self._file.fileno()

    def write(self, data: Any, /) -> int | None:
        """Write what somebody may still read."""
        try:
            return self._file.write(data)
        except OSError as error:
            if error.errno not in GONE:
                raise
            return len(data)


def outlive_readers() -> None:
    """Let standard output and errors outlive their readers, and escape what no terminal can show."""
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
