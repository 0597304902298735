"""A small client of the control API, for tests and scripts."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

import requests


class ControlError(RuntimeError):
    """The control API refused a request; the message is its sentence."""


class ControlClient:
    """Talks to one simulator's control API.

    Args:
        url: the ``control`` address that ``greenroom serve --json`` prints.
        token: the one given to ``--control-token``.

    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self._session = requests.Session()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, **query: Any) -> Any:
        """Send a request and return its JSON answer.

        Raises:
            ControlError: it was refused.

        """
        answer = self._session.request(method, self.url + path, json=body, params=query, timeout=30)
        if not answer.ok:
            raise ControlError(answer.json()["error"])
        return answer.json() if answer.content else None

    def health(self) -> Any:
        """Return what is up."""
        return self.ask("GET", "/health")

    def new_world(self, site: str | None = None, **switches: str) -> str:
        """Make a world and return its name; underscores in switches' names stand for hyphens."""
        body = {"switches": {name.replace("_", "-"): value for name, value in switches.items()}}
        return str(self.ask("POST", "/worlds", body | ({"site": site} if site else {}))["name"])

    def reset(self, world: str = "current") -> None:
        """Seed a world anew."""
        self.ask("POST", f"/worlds/{quote(world)}/reset")

    def save(self, world: str = "current") -> Any:
        """Return a world as a document."""
        return self.ask("GET", f"/worlds/{quote(world)}/document")

    def load(self, document: Mapping[str, Any]) -> str:
        """Make a world from a document and return its name."""
        return str(self.ask("PUT", "/document", document)["name"])

    def log_in(self, role: str = "owner", world: str = "current", **more: Any) -> Any:
        """Return a ready ``user`` and ``authHeader``."""
        return self.ask("POST", f"/worlds/{quote(world)}/users/{quote(role)}/tokens", more)

    def advance(self, seconds: float, world: str = "current") -> None:
        """Move a world's clock."""
        self.ask("PATCH", f"/worlds/{quote(world)}/clock", {"advance": seconds})

    def flip(self, world: str = "current", **switches: str) -> None:
        """Set switches; underscores in their names stand for hyphens."""
        body = {name.replace("_", "-"): value for name, value in switches.items()}
        self.ask("PATCH", f"/worlds/{quote(world)}/switches", body)

    def add(self, title: str, start: str, minutes: int = 30, world: str = "current", **more: Any) -> str:
        """Add an appointment and return its id; ``start`` is ISO 8601; ``more``: user (a role), status, description."""
        body = {"title": title, "start": start, "minutes": minutes, **more}
        return str(self.ask("POST", f"/worlds/{quote(world)}/calendar", body)["appointment"]["id"])

    def arm(self, fault: str, world: str = "current", **options: Any) -> int:
        """Arm a fault and return its number; ``options``: value, stage, on, times, skip, after, retryAfter."""
        return int(self.ask("POST", f"/worlds/{quote(world)}/faults", {"fault": fault, **options})["number"])

    def disarm(self, number: int | None = None, world: str = "current") -> None:
        """Disarm one fault, or all."""
        self.ask("DELETE", f"/worlds/{quote(world)}/faults{f'/{number}' if number else ''}")

    def faults(self, world: str = "current") -> Any:
        """Return the faults that are armed in a world, with how often each fired."""
        return self.ask("GET", f"/worlds/{quote(world)}/faults")

    def journal(self, world: str = "current", **query: Any) -> Any:
        """Return the entries of a world's journal."""
        return self.ask("GET", f"/worlds/{quote(world)}/journal", **query)["entries"]

    def follow(self, world: str = "current") -> Iterator[Any]:
        """Yield a world's journal entries as they come, until the world is gone; a reset or loaded one begins anew."""
        path = f"{self.url}/worlds/{quote(world)}/journal/follow"
        with self._session.get(path, stream=True, timeout=30) as answer:
            event = b""
            for line in answer.iter_lines():
                if line.startswith(b"event: "):
                    event = line[7:]
                elif line.startswith(b"data: ") and event == b"entry":
                    yield json.loads(line[6:])
