"""A vendor's errors as a table: the status, the vendor's code, and its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from greenroom.simulators.core.errors import ApiError, DeclarationError

Words = tuple[str, str]
"""A vendor's code for an error, and its message."""


@dataclass(frozen=True)
class Errors:
    """The errors with which a vendor refuses, or fails, with a status.

    ``named`` make those that the CRM has classes for. ``words`` are those of other statuses, ``refusal`` and
    ``failure`` those of all that the table does not name (4xx and 5xx). ``make`` builds an error from a status, the
    vendor's code and its message.

    Raises:
        DeclarationError: a row that can never count, or a status that is no error.

    """

    make: Callable[[int, str, str], ApiError]
    named: Mapping[int, Callable[[], ApiError]]
    refusal: Words
    failure: Words
    words: Mapping[int, Words] = field(default_factory=dict)

    def __post_init__(self) -> None:
        twice = sorted(self.named.keys() & self.words.keys())
        if twice:
            raise DeclarationError(f"errors: status {twice[0]} is there twice")
        odd = sorted(status for status in (*self.named, *self.words) if not 400 <= status < 600)
        if odd:
            raise DeclarationError(f"errors: status {odd[0]} is no error")

    def fail(self, status: int) -> ApiError:
        """Return the error of a status."""
        if status in self.named:
            return self.named[status]()
        return self.make(status, *self.words.get(status, self.failure if status >= 500 else self.refusal))
