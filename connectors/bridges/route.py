"""Where production hosts lead."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Route:
    """Where production hosts lead: host patterns and their ports, the fake's TLS port, its authority's certificate.

    ``sink`` takes what is sent to other hosts, at their ports ``sunk``; without one they are all refused. A
    process is known as the connector's by the certificate's path: no two connectors that run at a time share one.
    """

    hosts: tuple[str, ...]
    ports: tuple[int, ...]
    tls_port: int
    certificate: Path
    sink: int | None = None
    sunk: tuple[int, ...] = ()

    def message(self) -> dict[str, Any]:
        """Return it as workers read it."""
        return {
            "hosts": list(self.hosts),
            "ports": list(self.ports),
            "tls_port": self.tls_port,
            "sink": self.sink,
            "sunk": list(self.sunk),
            "certificate": str(self.certificate),
        }
