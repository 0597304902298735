"""Time from the start of ``greenroom serve`` to its first answer (hold: at most 1 s)."""

import contextlib
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request


def measure() -> dict[str, str]:
    times = sorted(_once() for _ in range(5))
    return {"greenroom serve clio, start to first answer": f"{times[2]:.2f} s"}


def _once() -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "greenroom", "serve", "clio", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        url = json.loads(process.stdout.readline())["url"]
        with contextlib.suppress(urllib.error.HTTPError):
            urllib.request.urlopen(url, timeout=5)
        seconds = time.perf_counter() - started
        process.terminate()
    return seconds
