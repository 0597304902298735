"""The private certificate authority that signs for the production hosts, so that connectors run unmodified."""

import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


class Authority:
    """A certificate authority of one process; its certificate is the only thing that a connector must trust.

    ``owner`` and ``unit`` stand in each certificate.
    """

    def __init__(self, owner: str = "Greenroom", unit: str = "fake CRMs, loopback only") -> None:
        self._owner, self._unit = owner, unit
        self._ca = trustme.CA(organization_name=owner, organization_unit_name=unit)
        self.pem: bytes = self._ca.cert_pem.bytes()

    def write(self, path: Path) -> Path:
        """Write the authority's certificate (public) to a file and return its path."""
        path.write_bytes(self.pem)
        return path

    def context(self, *hosts: str) -> ssl.SSLContext:
        """Return a server context whose certificate covers these hosts, ``localhost`` and the loopback address."""
        return self._context(*hosts, "localhost", "127.0.0.1", "::1")

    def bad_context(self, kind: str, *hosts: str) -> ssl.SSLContext:
        """Return a server context with a certificate that nobody must trust.

        ``kind`` is ``stranger`` (of another authority), ``other-host`` or ``expired``.
        """
        if kind == "stranger":
            return Authority(self._owner, self._unit).context(*hosts)
        if kind == "other-host":
            return self._context("other-host.example")
        now = datetime.now(UTC)
        return self._context(*hosts, since=now - timedelta(days=7), until=now - timedelta(days=1))

    def _context(self, *hosts: str, since: datetime | None = None, until: datetime | None = None) -> ssl.SSLContext:
        leaf = self._ca.issue_cert(
            *hosts,
            organization_name=self._owner,
            organization_unit_name=self._unit,
            not_before=since,
            not_after=until,
        )
        return _served(leaf)


def _served(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.options |= ssl.OP_NO_TICKET  # a resumed session would not show the certificate that a fault puts there
    context.num_tickets = 0
    with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
        pem = Path(folder, "leaf.pem")
        pem.touch(mode=0o600)
        pem.write_bytes(leaf.private_key_and_cert_chain_pem.bytes())
        context.load_cert_chain(pem)
    return context
