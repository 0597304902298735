"""How a Python process is led: the CRM's hosts to the fake one, all others to the sink or nowhere.

For the worker, which runs connectors, for its children, and for programs under ``greenroom run``; standard library
only, Python 3.8 or newer. What is called here is kept as it was at import: a connector may patch it (gevent does).
"""

import _socket
import contextlib
import errno
import fnmatch
import functools
import importlib.util
import ipaddress
import os
import re
import socket
import ssl
import sys
import threading
import zlib

V4, V6 = 25 << 24, 0x3FFE << 112
"""Where stand-in addresses begin, 25.0.0.0/8 and 3ffe::/16: public to whoever checks, and not routed."""
NAME_SERVER = 53
Socket = _socket.socket


class Network:
    """Leads the CRM's hosts to the fake one, and all others to the sink where there is one, or refuses them.

    A host that leads somewhere resolves to a stand-in address of its own; connecting to that connects to the fake.
    What does not go through the patched functions meets the audit hook, which nothing in Python can go around.
    ``notes`` has ``send``; ``route`` says where to: hosts, ports, tls_port, and perhaps sink, sunk.
    """

    def __init__(self, notes, route):
        self._notes, self._hosts, self._ports = notes, route["hosts"], route["ports"]
        self._tls_port, self._sink, self._sunk = route["tls_port"], route.get("sink"), route.get("sunk") or ()
        self._names, self._peers = {}, {}
        self.descending = lambda env, _program: env
        self.whence = dict
        self._lock = threading.Lock()
        self._raw = {name: getattr(_socket, name) for name in ("getaddrinfo", "getnameinfo", "gethostbyaddr")}

    def install(self):
        replaced = {
            "getaddrinfo": self.getaddrinfo,
            "getnameinfo": self.getnameinfo,
            "gethostbyaddr": self.gethostbyaddr,
            "gethostbyname": lambda host: self.getaddrinfo(host, None, socket.AF_INET)[0][4][0],
            "gethostbyname_ex": lambda host: (host, [], [socket.gethostbyname(host)]),
        }
        for name, function in replaced.items():
            setattr(_socket, name, function)
            if name != "getaddrinfo":  # that one is Python's own, and calls the one below it
                setattr(socket, name, function)
        led = self._led_socket()
        for name in ("connect", "connect_ex", "getpeername"):
            setattr(socket.socket, name, getattr(led, name))
        _socket.socket = led  # for those who build on the C class, as gevent does
        sys.addaudithook(self._audit)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self):
        """Let no child that is forked wait for a lock that was held as it was forked."""
        self._lock = threading.Lock()

    def _led_socket(self):
        network = self

        class Led(Socket):
            __slots__ = ()

            def connect(self, address):
                return network.connect(self, address, Socket.connect)

            def connect_ex(self, address):
                return network.connect(self, address, Socket.connect_ex)

            def getpeername(self):
                return network.peer(self)

        Led.__name__ = Led.__qualname__ = "socket"
        return Led

    def connect(self, sock, address, connect):
        """Connect a socket to where its address leads, and remember under whose name."""
        to = self.redirect(address)
        if to is address:
            return connect(sock, address)
        six = Socket.family.__get__(sock) == _socket.AF_INET6
        try:
            return connect(sock, ("::ffff:" + to[0], to[1], 0, 0) if six else to)
        finally:
            with contextlib.suppress(OSError):
                self._peers[Socket.getsockname(sock)[1]] = (to[1], self._peer(address, six))

    def _peer(self, address, six):
        host = text(address[0])
        host = host if host in self._names else self.stand_in(host, six=six)
        return (host, address[1], 0, 0) if six else (host, address[1])

    def peer(self, sock):
        """Return with whom a socket is connected, as it knows it."""
        real = Socket.getpeername(sock)
        if isinstance(real, tuple) and is_loopback(real[0]):
            port, named = self._peers.get(Socket.getsockname(sock)[1], (None, None))
            if port == real[1]:
                return named
        return real

    def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        name = text(host)
        if not self.leads(name):
            return self._raw["getaddrinfo"](host, port, family, type, proto, flags)
        if not self.is_crm(name):
            self.tell(name, port, "other-host")
        six = family == _socket.AF_INET6
        address, family = self.stand_in(name, six=six), _socket.AF_INET6 if six else _socket.AF_INET
        found = self._raw["getaddrinfo"](address, port, family, type, proto, flags & ~_socket.AI_CANONNAME)
        named = flags & _socket.AI_CANONNAME
        return [(*each[:3], name if named and not place else "", each[4]) for place, each in enumerate(found)]

    def getnameinfo(self, address, flags):
        name = self._names.get(address[0])
        if name is None or flags & _socket.NI_NUMERICHOST:
            numeric = flags if is_loopback(address[0]) else flags | _socket.NI_NUMERICHOST
            return self._raw["getnameinfo"](address, numeric)
        return name, self._raw["getnameinfo"](("127.0.0.1", address[1]), flags | _socket.NI_NUMERICHOST)[1]

    def gethostbyaddr(self, host):
        name = self._names.get(host, host)
        if self.leads(text(name)):
            return name, [], [self.stand_in(text(name), six=":" in host)]
        if not is_loopback(host):
            raise socket.herror(1, "Unknown host")
        return self._raw["gethostbyaddr"](host)

    def leads(self, host):
        """Tell whether a name leads anywhere: to the CRM, or to the sink where there is one."""
        if not isinstance(host, str):
            return False
        return self.is_crm(host) or bool(self._sink and not is_loopback(host) and not is_address(host))

    def is_crm(self, host):
        name = host.rstrip(".").lower()
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in self._hosts)

    def stand_in(self, host, *, six=False):
        """Return the address that stands for a host."""
        name = host.rstrip(".").lower()
        number = zlib.crc32(name.encode())
        with self._lock:
            while True:
                address = numbered(number, six)
                if self._names.setdefault(address, name) == name:
                    return address
                number += 1

    def redirect(self, address):
        """Return where an address leads: itself, or a port of loopback. Those that lead nowhere are refused."""
        if not isinstance(address, tuple) or len(address) < 2:
            return address
        host = self._names.get(plain(text(address[0])), text(address[0]))
        if not isinstance(host, str) or is_loopback(host) or is_address(host):
            return address  # the audit hook refuses addresses
        port = address[1]
        if self.is_crm(host):
            if port not in self._ports:
                self._refuse(host, port, "not-encrypted" if port == 80 else "other-host")
            self._notes.send({"type": "connect", "host": host, "port": port, **self.whence()})
            return ("127.0.0.1", self._tls_port)
        if not self._sink or port not in self._sunk:
            self._refuse(host, port, "other-host")
        self.tell(host, port, "other-host")
        return ("127.0.0.1", self._sink)

    def _audit(self, event, args):
        if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
            if not is_loopback(args[1][0]):
                self._bare(args[1][0], args[1][1])
        elif event in ("socket.getaddrinfo", "socket.gethostbyname") and args[0]:
            if not is_loopback(args[0]) and not is_address(args[0]):
                self._refuse(args[0], args[1] if len(args) > 1 else None, "other-host")

    def _bare(self, host, port):
        """Refuse an address that no name led to: whose it is cannot be known."""
        doing = "it asks the name server" if port == NAME_SERVER else "it connects to the bare address"
        self.unseen(f"{doing} {host}:{port}")
        self._refuse(host, port, "other-host")

    def unseen(self, what, child=None):
        """Say that something may go past what is led."""
        self._notes.send({"type": "unseen", "what": what, "child": child})

    def _refuse(self, host, port, why):
        self.tell(host, port, why)
        raise ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))

    def tell(self, host, port, why):
        """Say that another host was meant."""
        name = self._names.get(text(host), str(text(host)))
        number = int(port) if isinstance(port, (int, str)) and str(port).isdigit() else None
        self._notes.send({"type": "attempt", "host": name, "port": number, "why": why, **self.whence()})


def numbered(number, six):
    """Return a stand-in address."""
    low = 1 + number % 254
    if six:
        return str(ipaddress.IPv6Address(V6 | (0x1000 | (number >> 16) & 0xFFFF) << 96 | 0x1000 | number & 0xFFFF))
    return str(ipaddress.IPv4Address(V4 | number & 0xFFFF00 | low))


def text(host):
    return host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host


def plain(host):
    """Return an IPv4 address as it is, where it comes as one of IPv6."""
    return host[7:] if isinstance(host, str) and re.match(r"(?i)::ffff:\d+\.", host) else host


def is_address(host):
    return _is_address(str(text(host)))


@functools.lru_cache(maxsize=256)
def _is_address(name):
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(name.split("%")[0]))
    return False


def is_loopback(host):
    return _is_loopback(str(plain(text(host))))


@functools.lru_cache(maxsize=256)
def _is_loopback(name):
    if name.lower() in ("", "localhost", "0.0.0.0", "::", "None"):
        return True
    return is_address(name) and ipaddress.ip_address(name.split("%", maxsplit=1)[0]).is_loopback


def trust(certificate):
    """Let every TLS context that trusts any authority trust the fake CRM's too; verification itself stays as it is."""
    load = ssl.SSLContext.load_verify_locations
    ours = threading.local()

    def adding(function):
        def wrapped(context, *args, **kwargs):
            if getattr(ours, "loading", False):  # one of these functions calls another
                return function(context, *args, **kwargs)
            ours.loading = True
            try:
                result = function(context, *args, **kwargs)
                if certificate not in args:  # it may be the connector's own choice, by its environment
                    load(context, certificate)
            finally:
                ours.loading = False
            return result

        return wrapped

    for name in ("load_verify_locations", "load_default_certs", "set_default_verify_paths"):
        setattr(ssl.SSLContext, name, adding(getattr(ssl.SSLContext, name)))


def redirect(notes, route, descendants):
    """Lead this process, and what it starts where ``descendants`` says how. Return the network."""
    trust(route["certificate"])
    network = Network(notes, route)
    network.install()
    beside("python_libraries").Libraries(network).install()
    if descendants:
        beside("python_descendants").Descendants(network, descendants).install()
    return network


def beside(name):
    """Load a file beside this one, also where the interpreter is isolated."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name + ".py")
    spec = importlib.util.spec_from_file_location("greenroom_" + name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
