"""What was granted in a world besides access tokens."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass
class Code:
    """An authorization code: for whom, sent to which address, until when; ``challenge`` is PKCE's (S256), if any."""

    role: str
    redirect_uri: str
    expires_at: datetime
    challenge: str | None = None


@dataclass
class Certificate:
    """What a program proves itself with instead of a secret: for whom, and the public key (PEM) of its signatures."""

    role: str
    key: str


@dataclass
class Grants:
    """Authorization codes, refresh tokens (each leads to the role of its person), which grant a fresh
    access token was issued for, the one app with its secret, and certificates by their ids."""

    codes: dict[str, Code] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)
    client_id: str = "greenroom"
    client_secret: str = ""
    issued_for: dict[str, str] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
