"""Greenroom's Python worker: runs inside the connector's own process, standard library only, Python 3.8 or newer.

It opens the loopback channel, loads the connector, leads the CRM's production hosts to the fake one, refuses every
other host but loopback, and calls what it is told to call. The messages are described in ``protocol.json``.
"""

import asyncio
import contextlib
import fnmatch
import importlib
import importlib.util
import inspect
import ipaddress
import json
import os
import queue
import re
import socket
import ssl
import sys
import threading
import traceback
from collections.abc import Mapping

PROTOCOL = 1
MAKES_CONTEXTS = ssl.create_default_context
LARGEST_RESULT = 4 * 1024 * 1024
FIRST_STAND_IN = int(ipaddress.IPv4Address("192.88.99.1"))  # RFC 7526: returned, never routed, yet no private address


class Channel:
    """The connection to Greenroom: one JSON object per line, written under a lock."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lock = threading.Lock()
        self._reader = self._socket.makefile("r", encoding="utf-8")

    def send(self, message):
        line = (json.dumps(message) + "\n").encode()
        with self._lock:
            self._socket.sendall(line)

    def __iter__(self):
        return (json.loads(line) for line in self._reader)


class Network:
    """Leads the CRM's hosts to the fake one and refuses all others.

    A CRM host resolves to a stand-in address of its own; connecting to a stand-in connects to the fake CRM instead.
    What does not go through the patched functions meets the audit hook, which nothing in Python can go around.
    """

    def __init__(self, channel, hosts, ports, tls_port):
        self._channel, self._hosts, self._ports, self._tls_port = channel, hosts, ports, tls_port
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
        if not (isinstance(name, str) and self._is_crm(name)):
            return self._resolve(host, port, family, type, proto, flags)
        if family == socket.AF_INET6:
            raise socket.gaierror(socket.EAI_NONAME, "the fake CRM answers over IPv4 only")
        return self._resolve(self._stand_in(name), port, socket.AF_INET, type, proto, flags & ~socket.AI_CANONNAME)

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
        if not isinstance(host, str) or not self._is_crm(host):
            if not is_loopback(host) and not is_address(host):  # the C function would resolve it unseen
                self._refuse(host, address[1], "other-host")
            return address
        if address[1] not in self._ports:
            self._refuse(host, address[1], "not-encrypted" if address[1] == 80 else "other-host")
        self._channel.send({"type": "connect", "host": host, "port": address[1]})
        return ("127.0.0.1", self._tls_port)

    def _audit(self, event, args):
        if event in ("socket.connect", "socket.sendto") and isinstance(args[1], tuple):
            if not is_loopback(args[1][0]):
                self._refuse(args[1][0], args[1][1], "other-host")
        elif event in ("socket.getaddrinfo", "socket.gethostbyname") and args[0]:
            if not is_loopback(args[0]) and not is_address(args[0]):
                self._refuse(args[0], args[1] if len(args) > 1 else None, "other-host")

    def _refuse(self, host, port, why):
        name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
        number = int(port) if isinstance(port, (int, str)) and str(port).isdigit() else None
        self._channel.send({"type": "attempt", "host": name, "port": number, "why": why})
        raise ConnectionRefusedError(f"Greenroom refused {name}:{port}: {why}")


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


class LoadError(Exception):
    def __init__(self, stage, error):
        super().__init__(stage)
        self.stage, self.error = stage, error


def load(request):
    """Import the connector and find the interfaces it offers."""
    NAMES.update(name for n in request["interfaces"] for name in (n, snake_case(n)))
    try:
        module = import_target(request["path"], request["module"])
    except BaseException as error:
        raise LoadError("import", error) from None
    try:
        holder = reach(module, request["attribute"])
    except BaseException as error:
        raise LoadError("attribute", error) from None
    try:
        offered = {n: f for n, f in ((n, offer(holder, n, p)) for n, p in request["interfaces"].items()) if f}
    except TypeError as error:
        raise LoadError("interface", error) from None
    return module, holder, offered


def import_target(path, name):
    if path is None:
        sys.path.insert(0, os.getcwd())
        return importlib.import_module(name)
    sys.path.insert(0, os.path.dirname(path))
    sys.argv[:] = [path]
    name = "greenroom_target_" + re.sub(r"\W", "_", os.path.basename(path))
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def reach(module, attribute):
    """Follow the attribute; a class or a factory is called once, an interface itself stands for its module."""
    holder, name = module, ""
    for name in (attribute or "").split("."):
        holder, parent = (getattr(holder, name), holder) if name else (holder, holder)
    if inspect.isclass(holder):
        return holder()
    if inspect.isroutine(holder):
        return parent if name in NAMES else holder()
    return holder


NAMES = set()


def offer(holder, interface, fields):
    """Find an interface under its snake-case or its documented name, whichever takes the input fields."""
    problem = None
    for name, keywords in ((snake_case(interface), [snake_case(f) for f in fields]), (interface, fields)):
        function = getattr(holder, name, None)
        if not callable(function):
            continue
        try:
            inspect.signature(function).bind(**dict.fromkeys(keywords))
        except (TypeError, ValueError) as error:
            problem = problem or TypeError(f"{name} must take {', '.join(keywords)} as keywords: {error}")
        else:
            return lambda params, f=function, k=keywords: f(**{key: params[field] for key, field in zip(k, fields)})
    if problem:
        raise problem
    return None


def elsewhere(module):
    """Return the names in a module whose classes offer an interface, for a hint."""
    return sorted(n for n, item in vars(module).items() if inspect.isclass(item) and NAMES & set(dir(item)))[:3]


def snake_case(name):
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


class Loop:
    """One event loop for all asynchronous calls, running on, so that what a call leaves behind goes on as well."""

    def __init__(self):
        self._loop = None
        self._lock = threading.Lock()

    def run(self, awaitable):
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, daemon=True).start()
        kind, value = asyncio.run_coroutine_threadsafe(caught(awaitable), self._loop).result()
        if kind == "raised":
            raise value
        return value


async def caught(awaitable):
    try:
        return "returned", await awaitable
    except BaseException as error:
        return "raised", error


def call(function, params, loop):
    """Call an interface and say how it ended."""
    try:
        value = function(params)
        if inspect.isawaitable(value):
            value = loop.run(value)
    except SystemExit as error:
        return {"outcome": "exiting", "error": describe(error)}
    except BaseException as error:
        return {"outcome": "raised", "error": describe(error)}
    return returned(value)


def returned(value):
    try:
        text = json.dumps(value, allow_nan=False, default=plain)
    except (TypeError, ValueError, RecursionError) as error:
        return {"outcome": "returned", "value": None, "unrepresentable": f"{type(value).__name__}: {error}"}
    large = f"a result of {len(text)} bytes" if len(text) > LARGEST_RESULT else None
    return {"outcome": "returned", "value": None if large else json.loads(text), "unrepresentable": large}


def plain(value):
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


def describe(error):
    trace = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return {"type": type(error).__name__, "message": text_of(error), "status": status_of(error), "trace": trace}


def text_of(error):
    with contextlib.suppress(BaseException):
        return str(error)
    return "(its text cannot be read)"


def status_of(error):
    for holder in (getattr(error, "response", None), error):
        for name in ("status_code", "status"):
            status = getattr(holder, name, None)
            if isinstance(status, int) and not isinstance(status, bool):
                return int(status)
    return None


def weakened():
    """Name the settings that turn off the check of certificates for everybody in this process."""
    found, unverified = [], getattr(ssl, "_create_unverified_context", None)
    if getattr(ssl, "_create_default_https_context", unverified) is unverified:
        found.append("ssl._create_default_https_context is unverified")
    with contextlib.suppress(BaseException):
        if ssl.create_default_context is not MAKES_CONTEXTS and not ssl.create_default_context().verify_mode:
            found.append("ssl.create_default_context makes contexts that verify nothing")
    return found


def mark(marker, what, seq):
    line = f"\n{marker} {what} {seq}\n".encode()
    for stream, number in ((sys.stdout, 1), (sys.stderr, 2)):
        with contextlib.suppress(BaseException):
            stream.flush()
        with contextlib.suppress(OSError):
            os.write(number, line)


class Worker:
    """Answers load and call requests until the channel ends.

    The connector is loaded and called on the main thread, as in a program of its own (signals, event loops and
    databases care); a call that comes while another is under way gets a thread.
    """

    def __init__(self, channel):
        self._channel, self._requests, self._pid = channel, queue.Queue(), os.getpid()
        self._functions, self._marker, self._loop = {}, "", Loop()
        self._busy = threading.Lock()

    def serve(self):
        threading.Thread(target=self._read, daemon=True).start()
        while True:
            request = self._requests.get()
            if request["type"] == "load":
                self._channel.send({"seq": request["seq"], **self._load(request)})
            else:
                self._call(request)
                self._busy.release()

    def _read(self):
        try:
            for request in self._channel:
                if request["type"] == "load" or self._busy.acquire(blocking=False):
                    self._requests.put(request)
                else:
                    threading.Thread(target=self._call, args=(request,), daemon=True).start()
        finally:
            os._exit(0)

    def _load(self, request):
        self._marker = request["marker"]
        trust(request["certificate"])
        Network(self._channel, request["hosts"], request["ports"], request["tls_port"]).install()
        try:
            module, holder, self._functions = load(request)
        except LoadError as failure:
            return {"type": "failed", "stage": failure.stage, "error": describe(failure.error)}
        declared = getattr(holder, "CANCELLATION", getattr(module, "CANCELLATION", None))
        declared = declared if isinstance(declared, (str, int, float, bool, type(None))) else repr(declared)
        return {
            "type": "loaded",
            "interfaces": list(self._functions),
            "cancellation": declared,
            "file": getattr(module, "__file__", None),
            "elsewhere": [] if self._functions else elsewhere(module),
        }

    def _call(self, request):
        seq = request["seq"]
        mark(self._marker, "begin", seq)
        result = call(self._functions[request["interface"]], request["params"], self._loop)
        if os.getpid() != self._pid:
            os._exit(0)  # a child that the connector forked came back here: it is not ours to answer
        mark(self._marker, "end", seq)
        self._channel.send({"type": "result", "seq": seq, **result, "weakened": weakened()})


def main():
    port, secret = os.environ.pop("GREENROOM_CHANNEL").split(":")
    sys.path.pop(0)  # this file's folder: nothing of ours may stand in the connector's way
    channel = Channel(int(port))
    runtime = "Python " + sys.version.split()[0]
    channel.send({"type": "hello", "protocol": PROTOCOL, "secret": secret, "pid": os.getpid(), "runtime": runtime})
    Worker(channel).serve()


if __name__ == "__main__":
    main()
