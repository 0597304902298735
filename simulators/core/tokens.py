"""Access tokens of a world: issued, expired, revoked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from greenroom.simulators.core.clock import Clock


@dataclass(slots=True)
class Token:
    """An access token: whose it is, at which host it counts (None: any), until when.

    One with a ``secret`` is never sent as it is: requests are signed with it, until it is revoked.
    """

    value: str
    person: str
    host: str | None
    expires_at: datetime
    revoked: bool = False
    secret: str | None = None


class Tokens:
    """The tokens that one world issued. ``on_issue`` hears of each, so that a listener knows whose world it opens."""

    def __init__(self, clock: Clock, on_issue: Callable[[str], None] = lambda _: None) -> None:
        self._clock = clock
        self.on_issue = on_issue
        self._tokens: dict[str, Token] = {}

    def issue(self, value: str, person: str, *, host: str | None, lifetime: float) -> Token:
        """Register a token of a person; ``lifetime`` in seconds."""
        return self.add(Token(value, person, host, self._clock.now() + timedelta(seconds=lifetime)))

    def add(self, token: Token) -> Token:
        """Register a token as it is."""
        self._tokens[token.value] = token
        self.announce(token.value)
        return token

    def restore(self, tokens: Iterable[Token]) -> None:
        """Replace every token."""
        self._tokens = {token.value: token for token in tokens}

    def announce(self, value: str) -> None:
        """Make known that a value (a token, a code) belongs to this world."""
        self.on_issue(value)

    def all(self) -> list[Token]:
        """Return every token that was issued."""
        return list(self._tokens.values())

    def find(self, value: str | None) -> Token | None:
        """Return the token of that value, whatever its state, or None where this world never issued it."""
        return self._tokens.get(value) if value else None

    def state(self, token: Token | None) -> str:
        """Say ``valid``, ``expired``, ``revoked`` or ``unknown``."""
        if token is None:
            return "unknown"
        if token.revoked:
            return "revoked"
        return "valid" if self._clock.now() < token.expires_at else "expired"

    def expire(self, person: str) -> None:
        """Let every token of a person expire now, but for those that count until they are revoked."""
        for token in self._of(person):
            if token.secret is None:
                token.expires_at = self._clock.now()

    def revoke(self, person: str) -> None:
        """Revoke every token of a person."""
        for token in self._of(person):
            token.revoked = True

    def _of(self, person: str) -> list[Token]:
        return [token for token in self._tokens.values() if token.person == person]
