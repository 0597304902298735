"""Greenroom's Python worker: runs inside the connector's own process, standard library only, Python 3.8 or newer.

It opens the loopback channel, loads the connector, leads the CRM's production hosts to the fake one and every other
host but loopback to the sink (or nowhere), and calls what it is told to call. ``protocol.json`` describes the messages.
"""

import _thread
import contextlib
import importlib
import importlib.machinery
import importlib.util
import inspect
import json
import os
import queue
import re
import socket
import ssl
import sys
import threading
import time
import types

HERE = os.path.dirname(os.path.abspath(__file__))
if HERE in sys.path:
    sys.path.remove(HERE)  # nothing of ours may stand in the connector's way
PROTOCOL = 1
NOW = time.monotonic  # kept as it is now: a connector may fake its clock
OURS = sys.modules["__main__"]  # kept: its names are those that the worker itself uses
MAKES_CONTEXTS = ssl.create_default_context
START = _thread.start_new_thread
PAUSE = 0.002
"""Seconds between looks for a request where threads are green: what a call left behind runs in them."""
MOST_NAMES = 50


def sibling(name):
    """Load a file beside this one, also where the interpreter is isolated."""
    spec = importlib.util.spec_from_file_location(name, os.path.join(HERE, name + ".py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OUTCOME = sibling("python_outcome")
LINES = sibling("python_lines")
LOOP = sibling("python_loop")
OFFER = sibling("python_offer")
OUTPUT = sibling("python_output")


class Channel:
    """The connection to Greenroom: one JSON object per line, written under a lock."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lock = threading.Lock()
        self._reader = self._socket.makefile("r", encoding="utf-8")
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._renew)

    def _renew(self):
        """Let no child that the connector forks wait for a lock that was held as it was forked."""
        self._lock = threading.Lock()

    def send(self, message, patience=-1):
        """Send a message; with ``patience`` in seconds, one that may be left out: who sends may be who prints."""
        if "host" in message:
            message = {**message, "host": message["host"][: OUTCOME.LONGEST_NAME]}
        line = (json.dumps(message) + "\n").encode()
        if self._lock.acquire(timeout=patience):
            try:
                self._socket.sendall(line)
            finally:
                self._lock.release()

    def __iter__(self):
        return (json.loads(line) for line in self._reader)


class LoadError(Exception):
    def __init__(self, stage, error):
        super().__init__(stage)
        self.stage, self.error = stage, error


def load(request):
    """Import the connector and find the interfaces it offers."""
    NAMES.update(name for n in request["interfaces"] for name in (n, OFFER.snake_case(n)))
    try:
        module = import_target(request["path"], request["module"])
    except BaseException as error:
        raise LoadError("import", error) from None
    try:
        holder = reach(module, request["attribute"])
    except BaseException as error:
        raise LoadError("attribute", error) from None
    offered, misfits = {}, {}
    for interface, inputs in request["interfaces"].items():
        try:
            offered[interface] = OFFER.offer(holder, interface, inputs["required"], inputs["optional"])
        except TypeError as error:
            misfits[interface] = OUTCOME.shortened(str(error), OUTCOME.LONGEST_NAME)
    offered = {name: function for name, function in offered.items() if function}
    if any(inspect.iscoroutinefunction(getattr(holder, name, None)) for name in NAMES):
        importlib.import_module("asyncio")  # now, not in the first call's time
    return module, holder, offered, misfits


class FromSource(importlib.machinery.SourceFileLoader):
    """Compiles what the file says now, and writes nothing beside it.

    Python takes its bytecode for current where size and second of the last change are the same: one that was edited
    right after it ran would run as it was before.
    """

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def from_source(folder):
    """Let what is imported from below a folder be compiled from its source, but for packages that are installed."""
    kinds = importlib.machinery
    others = (
        (kinds.ExtensionFileLoader, kinds.EXTENSION_SUFFIXES),
        (FromSource, kinds.SOURCE_SUFFIXES),
        (kinds.SourcelessFileLoader, kinds.BYTECODE_SUFFIXES),
    )
    find, below = kinds.FileFinder.path_hook(*others), os.path.join(folder, "")

    def own(path):
        if OUTCOME.installed(path) or not os.path.join(os.path.abspath(path), "").startswith(below):
            raise ImportError(path)
        return find(path)

    sys.path_hooks.insert(0, own)
    sys.path_importer_cache.clear()


def as_a_program_of_its_own(path):
    """Let the main module and the command line be no longer the worker's: a connector has no business with it."""
    sys.argv[:] = [path]
    if hasattr(sys, "orig_argv"):
        sys.orig_argv[1:] = [path]
    sys.modules["__main__"] = types.ModuleType("__main__")  # without a file: a child that is spawned runs none again


def import_target(path, name):
    if path is None:
        from_source(os.getcwd())
        sys.path.insert(0, os.getcwd())
        return importlib.import_module(name)
    from_source(os.path.dirname(path))
    sys.path.insert(0, os.path.dirname(path))
    as_a_program_of_its_own(path)
    name = module_name(path)
    spec = importlib.util.spec_from_file_location(name, path, loader=FromSource(name, path))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def module_name(path):
    """Return the name by which the connector's own children can import it, or one that stands in nobody's way."""
    stem = os.path.splitext(os.path.basename(path))[0]
    with contextlib.suppress(ImportError, ValueError):
        found = importlib.util.find_spec(stem) if stem.isidentifier() and stem not in sys.modules else None
        if found and found.origin and os.path.samefile(found.origin, path):
            return stem
    name = re.sub(r"\W", "_", stem)
    return name if name.isidentifier() and name not in sys.modules else "connector_" + name


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


def declaration(value):
    """Return what a connector declares as JSON can hold it."""
    if value is None or isinstance(value, bool) or (isinstance(value, (int, float)) and abs(value) < 10**9):
        return value
    with contextlib.suppress(BaseException):
        return OUTCOME.shortened(value if isinstance(value, str) else repr(value), OUTCOME.LONGEST_NAME)
    return "(what cannot be shown)"


def nested(module):
    """Return the names in a module whose classes offer an interface, for a hint."""
    return sorted(n for n, item in vars(module).items() if inspect.isclass(item) and NAMES & set(dir(item)))[:3]


def exported(holder):
    """Return the names of functions that a holder has, for a hint."""
    names = [name for name in dir(holder) if not name.startswith("_") and len(name) < OUTCOME.LONGEST_NAME]
    return [name for name in names if inspect.isroutine(getattr(holder, name, None))][:MOST_NAMES]


def green():
    """Tell whether the connector has made threads green, as gevent does: the worker's own must be real ones still."""
    return _thread.start_new_thread is not START


def call(function, params, loop):
    """Call an interface and say how it ended."""
    try:
        value = function(params)
        if inspect.isawaitable(value):
            value = loop.run(value)
    except SystemExit as error:
        return {"outcome": "exiting", "error": OUTCOME.describe(error)}
    except BaseException as error:
        return {"outcome": "raised", "error": OUTCOME.describe(error)}
    return OUTCOME.returned(value)


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
        self._channel, self._requests, self._pid = channel, queue.SimpleQueue(), os.getpid()
        self._functions, self._marker, self._loop = {}, "", LOOP.Loop()
        self._busy = threading.Lock()

    def serve(self):
        START(self._read, ())
        while True:
            request = self._next()
            if request["type"] == "load":
                self._channel.send({"seq": request["seq"], **self._load(request)})
            elif green():
                threading.Thread(target=self._call_and_release, args=(request,), daemon=True).start()
            else:
                self._call_and_release(request)

    def _next(self):
        """Wait for a request; green threads, of which this is one, go on meanwhile."""
        while green():
            with contextlib.suppress(queue.Empty):
                return self._requests.get_nowait()
            time.sleep(PAUSE)
        return self._requests.get()

    def _call_and_release(self, request):
        self._call(request)
        with contextlib.suppress(RuntimeError):  # of calls at the same time, one held it
            self._busy.release()

    def _read(self):
        try:
            for request in self._channel:
                if request["type"] == "load" or green() or self._busy.acquire(blocking=False):
                    self._requests.put(request)
                else:
                    threading.Thread(target=self._call, args=(request,), daemon=True).start()
        finally:
            os._exit(0)

    def _load(self, request):
        self._marker = request["marker"]
        network = sibling("python_network").redirect(self._channel, request, request["descendants"])
        folder = os.path.dirname(request["path"]) if request["path"] else os.getcwd()
        self._lines = LINES.Lines(self._channel, folder)
        self._lines.install()
        self._output = OUTPUT.Output(self._channel, self._lines)
        self._output.install()
        network.whence = self._lines.whence
        self._loop.on_start = self._lines.awaits_in
        try:
            module, holder, self._functions, misfits = load(request)
        except LoadError as failure:
            return {"type": "failed", "stage": failure.stage, "error": OUTCOME.describe(failure.error)}
        declared = getattr(holder, "CANCELLATION", getattr(module, "CANCELLATION", None))
        return {
            "type": "loaded",
            "interfaces": list(self._functions),
            "cancellation": declaration(declared),
            "file": getattr(module, "__file__", None),
            "nested": [] if self._functions or misfits else nested(module),
            "exports": [] if self._functions or misfits else exported(holder),
            "misfits": misfits,
            "now": NOW(),
            "defined": self._lines.defined_all(self._functions),
        }

    def _call(self, request):
        seq = request["seq"]
        mark(self._marker, "begin", seq)
        function = self._functions[request["interface"]]
        self._output.begin()
        code = self._lines.begin(function.written)
        result = call(function, request["params"], self._loop)
        ended = NOW()
        left = self._lines.end(code)
        if os.getpid() != self._pid:
            os._exit(0)  # a child that the connector forked came back here: it is not ours to answer
        mark(self._marker, "end", seq)
        self._channel.send({"type": "result", "seq": seq, **result, "ended": ended, "weakened": weakened(), **left})


def main():
    OUTPUT.write_utf_8()
    port, secret = os.environ.pop("GREENROOM_CHANNEL").split(":")
    channel = Channel(int(port))
    about = {"pid": os.getpid(), "runtime": "Python " + sys.version.split()[0], "now": NOW()}
    channel.send({"type": "hello", "protocol": PROTOCOL, "secret": secret, **about})
    Worker(channel).serve()


if __name__ == "__main__":
    main()
