"""How a Python process is led: the CRM's hosts to the fake one, all others to the sink or nowhere.

For the worker, which runs connectors, and for programs under ``greenroom run``; standard library only, Python 3.8 or
newer.
"""

import contextlib
import errno
import fnmatch
import ipaddress
import os
import socket
import ssl
import sys
import threading

FIRST_STAND_IN = int(ipaddress.IPv4Address("192.88.99.1"))  # RFC 7526: returned, never routed, yet no private address


class Network:
    """Leads the CRM's hosts to the fake one, and all others to the sink where there is one, or refuses them.

    A host that leads somewhere resolves to a stand-in address of its own; connecting to that connects to the fake.
    What does not go through the patched functions meets the audit hook, which nothing in Python can go around.
    """

    def __init__(self, channel, hosts, ports, tls_port, sink=None, sunk=()):
        self._channel, self._hosts, self._ports, self._tls_port = channel, hosts, ports, tls_port
        self._sink, self._sunk = sink, sunk
        self._stand_ins = {}
        self._lock = threading.Lock()
        self._resolve = socket.getaddrinfo
        self._connect, self._connect_ex = socket.socket.connect, socket.socket.connect_ex

    def install(self):
        socket.getaddrinfo = self.getaddrinfo
        socket.gethostbyname = lambda host: self.getaddrinfo(host, None, socket.AF_INET)[0][4][0]
        socket.gethostbyname_ex = lambda host: (host, [], [socket.gethostbyname(host)])
        socket.socket.connect = lambda sock, address: self._connect(sock, self._lead(address))
        socket.socket.connect_ex = lambda sock, address: self._connect_ex(sock, self._lead(address))
        sys.addaudithook(self._audit)

    def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if not (isinstance(name, str) and self._leads(name)):
            return self._resolve(host, port, family, type, proto, flags)
        if not self._is_crm(name):
            self._tell(name, port, "other-host")
        if family == socket.AF_INET6:
            raise socket.gaierror(socket.EAI_NONAME, "the fake answers over IPv4 only")
        return self._resolve(self._stand_in(name), port, socket.AF_INET, type, proto, flags & ~socket.AI_CANONNAME)

    def _leads(self, host):
        sinks = self._sink and not is_loopback(host) and not is_address(host)
        return self._is_crm(host) or sinks

    def _is_crm(self, host):
        name = host.rstrip(".").lower()
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self._hosts)

    def _stand_in(self, host):
        with self._lock:
            for address, known in self._stand_ins.items():
                if known == host:
                    return address
            address = str(ipaddress.IPv4Address(FIRST_STAND_IN + len(self._stand_ins)))
            self._stand_ins[address] = host
            return address

    def _lead(self, address):
        if not isinstance(address, tuple) or len(address) < 2:
            return address
        host = self._stand_ins.get(address[0], address[0])
        if isinstance(host, str) and self._sink and address[0] in self._stand_ins and not self._is_crm(host):
            return self._sent_away(host, address[1])
        if not isinstance(host, str) or not self._is_crm(host):
            if not is_loopback(host) and not is_address(host):  # the C function would resolve it unseen
                self._refuse(host, address[1], "other-host")
            return address
        if address[1] not in self._ports:
            self._refuse(host, address[1], "not-encrypted" if address[1] == 80 else "other-host")
        self._channel.send({"type": "connect", "host": host, "port": address[1]})
        return ("127.0.0.1", self._tls_port)

    def _sent_away(self, host, port):
        if port not in self._sunk:
            self._refuse(host, port, "other-host")
        self._tell(host, port, "other-host")
        return ("127.0.0.1", self._sink)

    def _audit(self, event, args):
        if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
            if not is_loopback(args[1][0]):
                self._refuse(args[1][0], args[1][1], "other-host")
        elif event in ("socket.getaddrinfo", "socket.gethostbyname") and args[0]:
            if not is_loopback(args[0]) and not is_address(args[0]):
                self._refuse(args[0], args[1] if len(args) > 1 else None, "other-host")

    def _refuse(self, host, port, why):
        self._tell(host, port, why)
        raise ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))

    def _tell(self, host, port, why):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
        name = self._stand_ins.get(name, name)
        number = int(port) if isinstance(port, (int, str)) and str(port).isdigit() else None
        self._channel.send({"type": "attempt", "host": name, "port": number, "why": why})


def is_address(host):
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host).split("%")[0]))
    return False


def is_loopback(host):
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in ("", "localhost", "0.0.0.0", "::"):
        return True
    return is_address(name) and ipaddress.ip_address(name.split("%")[0]).is_loopback


def trust(certificate):
    """Let every TLS context that trusts any authority trust the fake CRM's too; verification itself stays as it is."""
    load = ssl.SSLContext.load_verify_locations
    ours = threading.local()

    def adding(function):
        def wrapped(context, *args, **kwargs):
            result = function(context, *args, **kwargs)
            if not getattr(ours, "loading", False):
                ours.loading = True
                try:
                    load(context, certificate)
                finally:
                    ours.loading = False
            return result

        return wrapped

    for name in ("load_verify_locations", "load_default_certs", "set_default_verify_paths"):
        setattr(ssl.SSLContext, name, adding(getattr(ssl.SSLContext, name)))
