"""The private certificate authority that signs for the production hosts, so that connectors run unmodified."""

import ssl
import tempfile
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
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf = self._ca.issue_cert(*hosts, "localhost", "127.0.0.1", "::1")
        with tempfile.TemporaryDirectory(prefix="greenroom-") as folder:
            pem = Path(folder, "leaf.pem")
            pem.touch(mode=0o600)
            pem.write_bytes(leaf.private_key_and_cert_chain_pem.bytes())
            context.load_cert_chain(pem)
        return context
