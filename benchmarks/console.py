"""The console: its first sight with 10,000 requests and records (hold: 1 s), what following costs (hold: 10 %)."""

import itertools
import json
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import requests
from playwright.sync_api import Page

from benchmarks.requests_cost import filled
from benchmarks.timing import Client
from greenroom.simulators import CRMS
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.simulator import Simulator
from tests.browser import CHROMIUM, browser

COUNT, ROUNDS = 1500, 7
FULL = 10_000
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure() -> dict[str, str]:
    if CHROMIUM is None:
        return {"the console": "not measured: Chromium is not installed"}
    return {**_sight(), **_following()}


def _sight() -> dict[str, str]:
    """Open the console of a fake with a full calendar and a full journal, and scroll to the far end of both."""
    with Simulator(CRMS["clio"]) as simulator, browser() as chromium:
        world = filled(simulator, FULL)
        client = Client(simulator.port or 0, {"Authorization": world.log_in("owner").auth_header})
        for number in range(FULL):
            client.ask("GET", f"/api/v4/calendar_entries/{number}.json")
        control = Control(simulator)
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        started = time.perf_counter()
        page.goto(f"{control.url}/")
        page.get_by_text(f"{FULL:,} requests").wait_for()
        page.locator("#journal-table tbody tr[data-key]").first.wait_for()
        shown = time.perf_counter() - started
        paint = float(page.evaluate(PAINT)) / 1000
        times = [_scroll(page, "#journal-table", place) for place in (0.5, 1.0, 0.25)]
        page.get_by_label("List").check()
        page.locator("#calendar-table tbody tr[data-key]").first.wait_for()
        times += [_scroll(page, "#calendar-table", place) for place in (0.5, 1.0, 0.25)]
        drawn = page.locator("tr[data-key]").count()
        control.close()
        client.close()
    return {
        "first paint / requests in sight, 10,000 requests and records": f"{paint:.2f} s / {shown:.2f} s",
        "a jump in 10,000 rows until they are drawn, longest of six": f"{max(times) * 1000:.0f} ms, {drawn} drawn",
    }


def _scroll(page: Page, table: str, place: float) -> float:
    """Return the seconds until rows are in sight at a place (0 to 1) of a long table."""
    return float(
        page.evaluate(
            """async ([selector, place]) => {
                const table = document.querySelector(selector), box = table.closest('.scroll');
                const began = performance.now();
                box.scrollTop = place * (box.scrollHeight - box.clientHeight);
                const inSight = () => [...table.querySelectorAll('tr[data-key]')].some((row) => {
                    const at = row.getBoundingClientRect(), around = box.getBoundingClientRect();
                    return at.top < around.bottom - 40 && at.bottom > around.top + 40;
                });
                do { await new Promise(requestAnimationFrame); } while (!inSight());
                return (performance.now() - began) / 1000;
            }""",
            [table, place],
        )
    )


def _following() -> dict[str, str]:
    with _served() as line, browser() as chromium:
        client = Client(int(line["url"].rpartition(":")[2]), {"Authorization": line["authHeader"]})
        path = f"/api/v4/calendar_entries/{line['appointmentId']}.json"
        bodies = (f'{{"data": {{"location": "Room {number}"}}}}' for number in itertools.count())
        works: dict[str, Callable[[], object]] = {
            "GET": lambda: client.ask("GET", path),
            "PATCH": lambda: client.ask("PATCH", path, next(bodies)),
        }
        told = {}
        for name, work in works.items():
            for how, read in (("as the page does", _look), ("entry by entry", _follow)):
                alone, followed = _compared(work, partial(_reader, line["control"], read))
                told[f"{name}s a second, followed {how} / alone"] = _ratio(followed, alone)
            alone, followed = _compared(work, lambda: _page(chromium, line["control"]))
            told[f"{name}s a second, with the console open here / alone"] = _ratio(followed, alone)
        client.close()
    return told


def _ratio(followed: list[float], alone: list[float]) -> str:
    lost = statistics.median(1 - f / a for f, a in zip(followed, alone, strict=True))
    return f"{statistics.median(followed):.0f} / {statistics.median(alone):.0f}, {lost * 100:.1f} % less"


def _compared(work: Callable[[], object], follower: Callable[[], Any]) -> tuple[list[float], list[float]]:
    alone, followed = [], []
    for _ in range(ROUNDS):
        alone.append(_rate(work))
        with follower():
            followed.append(_rate(work))
    return alone, followed


def _rate(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    for _ in range(COUNT):
        work()
    return COUNT / (time.perf_counter() - started)


@contextmanager
def _served() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "greenroom", "serve", "clio", "--json", "--switch", "rate-limit=off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())
        process.terminate()


@contextmanager
def _page(chromium: Any, control: str) -> Iterator[None]:
    page = chromium.new_page()
    page.goto(f"{control}/")
    page.get_by_text("live", exact=True).wait_for()
    yield
    page.close()


@contextmanager
def _reader(control: str, read: Callable[[str, Any], None]) -> Iterator[None]:
    """Read in a process of its own, without drawing anything."""
    ready = multiprocessing.Event()
    reader = multiprocessing.Process(target=read, args=(control, ready), daemon=True)
    reader.start()
    ready.wait(10)
    yield
    reader.terminate()
    reader.join()


def _follow(control: str, ready: Any) -> None:
    """Take every entry whole, as programs do."""
    with requests.get(f"{control}/worlds/current/journal/follow", stream=True, timeout=60) as stream:
        for _line in stream.iter_lines(chunk_size=65536):
            ready.set()


def _look(control: str, ready: Any) -> None:
    """Ask what the page asks."""
    session = requests.Session()
    with requests.get(f"{control}/worlds/current/news", stream=True, timeout=60) as stream:
        records = None
        for line in stream.iter_lines():
            ready.set()
            if not line.startswith(b"data: "):
                continue
            news = json.loads(line[6:])
            session.get(f"{control}/worlds/current/journal/rows?offset=0&limit=60", timeout=10)
            if news["records"] != records:
                records = news["records"]
                session.get(f"{control}/worlds/current/days/nearest", timeout=10)
