"""Libraries that go past Python's own sockets: led where they can be, told where they cannot.

Standard library only, Python 3.8 or newer.
"""

import importlib.machinery
import mmap
import os
import sys

DIALS = (b"getaddrinfo", b"curl_easy_perform")
"""What is in an extension that makes connections of its own."""
QUIET = ("_ssl", "_socket", "cryptography", "lxml", "psycopg", "psycopg2", "psycopg_binary", "psycopg_c", "MySQLdb")
"""Packages with extensions that could, and are no clients of HTTP."""
LED = ("uvloop", "pycares", "_cffi_backend", "gevent", "greenlet")
CLIENTS = ("curl", "tls-client", "reqwest")
"""Parts of the names of libraries that ctypes may load, and that make requests."""
REFUSED = 11  # ARES_ECONNREFUSED


class Libraries:
    """Watches which libraries are loaded."""

    def __init__(self, network):
        self._network = network
        self._hooks = {"uvloop": self._uvloop, "pycares": self._pycares}
        self._standard = os.path.dirname(os.__file__)

    def install(self):
        sys.meta_path.insert(0, self)
        sys.addaudithook(self._audit)

    def find_spec(self, name, path=None, target=None):
        """Find a library that is led as it is loaded."""
        hook = self._hooks.get(name)
        if hook is None:
            return None
        found = (each.find_spec(name, path, target) for each in sys.meta_path if each is not self)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Hooked(spec.loader, hook)
        return spec

    def _audit(self, event, args):
        if event == "import" and args[1]:
            if dials(args[0], str(args[1]), self._standard):
                self._network.unseen(f"it loads the native library {args[0]}")
        elif event == "ctypes.dlopen" and args[0]:
            name = os.path.basename(str(args[0]))
            if any(part in name.lower() for part in CLIENTS):
                self._network.unseen(f"it loads the native library {name}")

    def _uvloop(self, module):
        network, base = self._network, module.loop.Loop

        async def getaddrinfo(loop, host, port, **more):
            return await base.getaddrinfo(loop, found(network, host, port, more.get("family")), port, **more)

        async def create_connection(loop, factory, host=None, port=None, **more):
            if host is not None and more.get("sock") is None:
                if more.get("ssl") and more.get("server_hostname") is None:
                    more["server_hostname"] = host
                host, port = network.redirect((host, port))
            return await base.create_connection(loop, factory, host, port, **more)

        async def subprocess_exec(loop, factory, program, *args, env=None, **more):
            led = network.descending(dict(os.environ if env is None else env), program)
            return await base.subprocess_exec(loop, factory, program, *args, env=led, **more)

        async def subprocess_shell(loop, factory, command, env=None, **more):
            led = network.descending(dict(os.environ if env is None else env), "sh")
            return await base.subprocess_shell(loop, factory, command, env=led, **more)

        for function in (getaddrinfo, create_connection, subprocess_exec, subprocess_shell):
            setattr(module.Loop, function.__name__, function)

    def _pycares(self, module):
        network, channel = self._network, module.Channel
        for name in ("getaddrinfo", "gethostbyname"):
            original = getattr(channel, name, None)
            if original:
                setattr(channel, name, numeric(network, original))

        def refused(_channel, _name, *args, **more):
            network.unseen("it asks a name server by itself, with pycares")
            callback = more.get("callback") or next(arg for arg in args if callable(arg))
            callback(None, REFUSED)

        for name in ("query", "search", "gethostbyaddr"):
            if hasattr(channel, name):
                setattr(channel, name, refused)


class Hooked:
    """A loader that calls a hook with what it has loaded."""

    def __init__(self, loader, hook):
        self._loader, self._hook = loader, hook

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._hook(module)


def numeric(network, original):
    """Return a function of a resolver that finds the stand-in address of a host that is led."""

    def resolve(channel, host, *args, **more):
        return original(channel, found(network, host, None, more.get("family")), *args, **more)

    return resolve


def found(network, host, port, family):
    """Return the address of a host that is led, any other host as it is."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    return network.getaddrinfo(name, port, family or 0)[0][4][0] if network.leads(name) else host


def dials(name, path, standard):
    """Tell whether an extension is one that makes connections of its own, unseen."""
    package = name.partition(".")[0]
    if package in QUIET or package in LED or (path.startswith(standard) and "-packages" not in path):
        return False
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return any(content.find(word) >= 0 for word in DIALS)
    except (OSError, ValueError):
        return False  # it will not load either
