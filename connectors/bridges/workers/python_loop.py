"""The event loop of asynchronous connectors, for the Python worker; standard library only, Python 3.8 or newer."""

import _thread
import importlib
import threading

START = _thread.start_new_thread


class Loop:
    """One event loop for all asynchronous calls, running on, so that what a call leaves behind goes on as well."""

    def __init__(self):
        self._asyncio = self._loop = None
        self.on_start = lambda _loop: None
        self._lock = threading.Lock()

    def run(self, awaitable):
        with self._lock:
            if self._loop is None:
                self._asyncio = importlib.import_module("asyncio")  # a third of a start: for those who await
                self._loop = self._asyncio.new_event_loop()
                self._loop.call_soon(self.on_start, self._loop)
                START(self._loop.run_forever, ())
        kind, value = self._asyncio.run_coroutine_threadsafe(caught(awaitable), self._loop).result()
        if kind == "raised":
            raise value
        return value


async def caught(awaitable):
    try:
        return "returned", await awaitable
    except BaseException as error:
        return "raised", error
