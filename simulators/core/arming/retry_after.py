"""``Retry-After`` in both forms that HTTP knows: seconds, or the date from which on it may be tried again."""

import re
import time
from dataclasses import dataclass
from email.utils import formatdate

from flask import Response

from greenroom.simulators.core.arming.fault import FaultError

LONGEST_WAIT = 3600
"""Seconds."""
_FORM = re.compile(r"(date\+)?([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True)
class RetryAfter:
    """How long an answer asks to wait: so many ``seconds``; ``dated``: written as the date at which they are over."""

    seconds: int
    dated: bool = False

    def write(self, response: Response) -> None:
        """Put it into an answer.

        The date is that of the real clock, with which connectors compare it, not that of the world's; the answer's own
        ``Date`` stands beside it, so that a record tells how long the wait is.
        """
        now = int(time.time())
        if self.dated:
            response.headers["Date"] = formatdate(now, usegmt=True)
        response.headers["Retry-After"] = formatdate(now + self.seconds, usegmt=True) if self.dated else str(self)

    def to_json(self) -> int | str:
        """Return it as people and programs write it."""
        return str(self) if self.dated else self.seconds

    def __str__(self) -> str:
        return f"date+{self.seconds}" if self.dated else str(self.seconds)


def retry_after(given: object) -> RetryAfter:
    """Read ``30``, or ``date+30``: a date in thirty seconds.

    Raises:
        FaultError: neither, or too long.

    """
    found = _FORM.fullmatch(str(given))
    if not found:
        raise FaultError(f"retry-after={given}: whole seconds are needed (30), or a date in so many seconds (date+30)")
    wait = RetryAfter(int(found.group(2)), dated=bool(found.group(1)))
    if wait.seconds > LONGEST_WAIT:
        raise FaultError(f"retry-after is 0 to {LONGEST_WAIT} seconds, not {wait.seconds}")
    return wait
