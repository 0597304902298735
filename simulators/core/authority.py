"""The private certificate authority that signs for the production hosts, so that connectors run unmodified."""

import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme


class Authority:
    """A certificate authority of one process; its certificate is the only thing that a connector must trust."""

    def __init__(self) -> None:
        self._ca = trustme.CA(organization_name="Greenroom", organization_unit_name="fake CRMs, loopback only")
        self.pem: bytes = self._ca.cert_pem.bytes()

    def write(self, path: Path) -> Path:
        """Write the authority's certificate (public) to a file and return its path."""
        path.write_bytes(self.pem)
        return path

    def context(self, *hosts: str) -> ssl.SSLContext:
        """Return a server context whose certificate covers these hosts, ``localhost`` and the loopback address."""
        return _context(self._ca.issue_cert(*hosts, "localhost", "127.0.0.1", "::1"))

    def bad_context(self, kind: str, *hosts: str) -> ssl.SSLContext:
        """Return a server context with a certificate that nobody must trust.

        ``kind`` is ``stranger`` (of another authority), ``other-host`` or ``expired``.
        """
        if kind == "stranger":
            return Authority().context(*hosts)
        if kind == "other-host":
            return _context(self._ca.issue_cert("other-host.greenroom.example"))
        now = datetime.now(UTC)
        week, day = now - timedelta(days=7), now - timedelta(days=1)
        return _context(self._ca.issue_cert(*hosts, not_before=week, not_after=day))


def _context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.options |= ssl.OP_NO_TICKET  # a resumed session would not show the certificate that a fault puts there
    context.num_tickets = 0
    with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
        pem = Path(folder, "leaf.pem")
        pem.touch(mode=0o600)
        pem.write_bytes(leaf.private_key_and_cert_chain_pem.bytes())
        context.load_cert_chain(pem)
    return context
