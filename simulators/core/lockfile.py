"""A file that one process holds at a time."""

import os
from contextlib import suppress
from pathlib import Path

from greenroom.simulators.core import systems


class InUseError(Exception):
    """Somebody holds the file; ``pid`` is the process, None where it has not said so yet."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(f"in use by {f'process {pid}' if pid else 'another process'}")
        self.pid = pid


class LockFile:
    """Holds a file from its making until :meth:`release`, or until the process ends, however it ends.

    The operating system keeps the lock, so that a file left behind by a killed process holds nobody up. The file
    names the process that holds it.

    Raises:
        InUseError: somebody holds it, in this process or in another one.
        OSError: the file cannot be made.

    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = _held(path)
        try:
            os.ftruncate(self._handle, 0)
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, f"{os.getpid()}\n".encode())
        except OSError:
            self.release()
            raise

    def release(self) -> None:
        """Remove the file and let others have it. One that cannot be removed stays, and holds nobody up."""
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        at_once = systems.removes_open_files()
        if not at_once:
            os.close(handle)
        with suppress(OSError):
            self._path.unlink()
        if at_once:  # removed while it is held, so that nobody's new file is taken away
            os.close(handle)


def _held(path: Path) -> int:
    """Open and lock the file that has this name once it is locked: who held it before may have removed it meanwhile."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
            if _is_at(handle, path):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        systems.lock(handle)
    except (BlockingIOError, PermissionError):
        os.lseek(handle, 0, os.SEEK_SET)
        owner = os.read(handle, 20)
        raise InUseError(int(owner) if owner.strip().isdigit() else None) from None


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
