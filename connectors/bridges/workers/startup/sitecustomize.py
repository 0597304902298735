"""Greenroom's start-up hook for Python programs under ``greenroom run``: leads the CRM's hosts to the fake one."""

import importlib.util
import json
import os
import sys


def lead():
    route = json.loads(os.environ["GREENROOM_ROUTE"])
    spec = importlib.util.spec_from_file_location("greenroom_network", route["python"])
    worker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(worker)
    worker.trust(route["certificate"])
    worker.Network(Notes(route["refused"]), route["hosts"], route["ports"], route["tls_port"]).install()
    for name in list(os.environ):
        if name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            del os.environ[name]  # for programs in other languages: this one is led already


class Notes:
    """Takes refused hosts down in a file, a line each."""

    def __init__(self, path):
        self._path = path

    def send(self, message):
        if message["type"] != "attempt":
            return
        with open(self._path, "a", encoding="utf-8") as notes:
            notes.write(json.dumps(message) + "\n")


def chain():
    """Run the start-up hook that stands behind this one, if there is one."""
    here = os.path.dirname(os.path.abspath(__file__))
    ours = sys.modules.pop("sitecustomize", None)
    kept, sys.path[:] = list(sys.path), [p for p in sys.path if os.path.abspath(p) != here]
    try:
        import sitecustomize  # noqa: F401
    except ImportError:
        pass
    finally:
        sys.path[:] = kept
        sys.modules.setdefault("sitecustomize", ours)  # or Python complains that it is gone


if "GREENROOM_ROUTE" in os.environ:
    lead()
chain()
