"""What a led Python process starts: its children are led as well, or told. Standard library only, Python 3.8 or newer.

Children get the environment of ``greenroom run``, whatever environment the connector gives them. In this process's own
``os.environ`` nothing of it is seen, while native libraries, which ask the C library, find the proxy.
"""

import importlib
import itertools
import json
import os
import sys


class Descendants:
    """Leads children. ``route`` is what they need to know; ``env`` and ``joined`` of it stand in their environment."""

    def __init__(self, network, route):
        self._network, self._route = network, route
        self._numbers = itertools.count(1)

    def install(self):
        hide(self._route)
        self._network.descending = self.descending
        self._wrap_fork_exec()
        for name in ("posix_spawn", "posix_spawnp", "execve"):
            if hasattr(os, name):
                setattr(os, name, self._with_environment(getattr(os, name), name))
        os.execv = lambda path, args: os.execve(path, args, os.environ)  # noqa: S606 - it is what the connector asked for
        if hasattr(os, "posix_spawn"):
            os.system = system

    def _wrap_fork_exec(self):
        try:
            native = importlib.import_module("_posixsubprocess")
        except ImportError:
            return
        fork_exec = native.fork_exec

        def led(*args):
            pairs = args[5] if args[5] is not None else [b"%s=%s" % pair for pair in os.environb.items()]
            env = dict(bytes(pair).split(b"=", 1) for pair in pairs)
            more = self.descending({os.fsdecode(k): os.fsdecode(v) for k, v in env.items()}, args[0][0])
            given = [os.fsencode(name) + b"=" + os.fsencode(value) for name, value in more.items()]
            return fork_exec(*args[:5], given, *args[6:])

        native.fork_exec = led
        if "subprocess" in sys.modules and hasattr(sys.modules["subprocess"], "_fork_exec"):
            sys.modules["subprocess"]._fork_exec = led  # noqa: SLF001 - its own name for it

    def _with_environment(self, function, name):
        def led(path, argv, env, **more):
            given = {os.fsdecode(k): os.fsdecode(v) for k, v in env.items()}
            return function(path, argv, self.descending(given, path), **more)

        led.__name__ = name
        return led

    def descending(self, env, program):
        """Return an environment in which a child is led, whatever it is written in."""
        child = f"{os.getpid()}.{next(self._numbers)}"
        name = os.path.basename(os.fsdecode(program)) if isinstance(program, (str, bytes, os.PathLike)) else "?"
        if name not in self._route["quiet"]:
            self._network.unseen("it starts the program " + name, child)
        more = {**env, **self._route["env"], "GREENROOM_ROUTE": json.dumps({**self._route, "child": child})}
        for name, between in self._route["joined"].items():
            if env.get(name):
                more[name] = self._route["env"][name] + between + env[name]
        return more


def hide(route):
    """Take what is there for leading out of ``os.environ``; the C library keeps it, for what Python does not see."""
    os.environ.pop("GREENROOM_ROUTE", None)
    for name, value in route["env"].items():
        between = route["joined"].get(name)
        if os.environ.get(name) == value and name not in route["trust"]:
            del os.environ[name]
        elif between and os.environ.get(name, "").startswith(value + between):
            os.environ[name] = os.environ[name][len(value + between) :]
        if between is None:
            os.putenv(name, value)


def system(command):
    """Run a command as ``os.system`` does."""
    pid = os.posix_spawn("/bin/sh", ["sh", "-c", command], os.environ)
    return os.waitpid(pid, 0)[1]
