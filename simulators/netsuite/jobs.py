"""Requests that are done later: ``Prefer: respond-async``, the jobs that do them, and what these answer."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from flask import Response, copy_current_request_context, request

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.exchange import Exchange, exchange, under_way
from greenroom.simulators.core.world import World
from greenroom.simulators.netsuite import render, rules
from greenroom.simulators.netsuite.errors import IdempotencyError, NonexistentId

PATH = "/services/rest/async/v1/job"
LONGEST = 1.0
"""Seconds of the world's clock after which a job is done at the latest."""
QUESTIONS = 2
"""Questions about a job, or about its record, at which it is done: the first one finds it pending."""
KEPT = 1000
"""Jobs that can be asked for."""
APPLIED = {"Preference-Applied": "respond-async"}
View = Callable[..., Response]


@dataclass(eq=False)
class Job:
    """One accepted request: ``work`` does it, once, and returns what it would have been answered."""

    number: str
    exchange: Exchange
    accepted: datetime
    work: Callable[[], Response]
    questions: int = 0
    ended: datetime | None = None
    answer: Response | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def finish(self) -> None:
        """Do what was asked, unless it is done."""
        with self.lock:
            if self.answer is None:
                self.answer = self.work()
                self.ended = self.exchange.world.clock.now()

    @property
    def progress(self) -> str:
        """How far it is."""
        if self.answer is None:
            return "pending"
        return "succeeded" if self.answer.status_code < 400 else "failed"

    @property
    def due(self) -> bool:
        """Whether its time has come."""
        passed = (self.exchange.world.clock.now() - self.accepted).total_seconds()
        return self.questions >= QUESTIONS or passed >= LONGEST

    def is_meant(self, now: Exchange) -> bool:
        """Tell whether a request asks about it: the job, its record, or a list that may show the record."""
        if now.path.startswith(PATH):
            return f"{now.path}/".startswith(f"{PATH}/{self.number}/")
        if now.record is not None:
            return now.record == self.exchange.record and now.operation == "read"
        return now.operation == "other" and now.person.id == self.exchange.person.id


@dataclass
class Jobs:
    """The jobs of one world, by number, and those that were sent with a key; they are in no saved world."""

    by_number: dict[str, Job] = field(default_factory=dict)
    by_key: dict[str, Job] = field(default_factory=dict)
    pending: list[Job] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def add(self, job: Job, key: str | None) -> None:
        """Keep a job, and forget the oldest of very many."""
        self.by_number[job.number] = job
        self.by_key |= {key: job} if key else {}
        self.pending.append(job)
        for kept in (self.by_number, self.by_key):
            if len(kept) > KEPT:
                del kept[next(iter(kept))]

    def go_on(self, wanted: Callable[[Job], bool]) -> None:
        """Do those pending jobs that are wanted."""
        for job in list(self.pending):
            if wanted(job):
                job.finish()
        self.pending = [job for job in self.pending if job.answer is None]


def of(world: World) -> Jobs:
    """Return a world's jobs."""
    with world.lock:
        found: Jobs = world.counters.setdefault("jobs", Jobs())
    return found


def later(view: View) -> View:
    """Return a view that is answered now or, where the request prefers that, by a job."""

    def answer(**arguments: Any) -> Response:
        return _accept(view, arguments) if _preferred() else view(**arguments)

    return answer


def _preferred() -> bool:
    wishes = request.headers.get("Prefer", "").split(",")
    return "respond-async" in (wish.partition(";")[0].strip().lower() for wish in wishes)


def _accept(view: View, arguments: dict[str, Any]) -> Response:
    """Queue a request: 202, and where to ask for it.

    Raises:
        IdempotencyError: one with this key was queued before.

    """
    now, known = exchange(), of(exchange().world)
    key = request.headers.get("X-NetSuite-Idempotency-Key")
    if now.before_commit and request.method not in ("GET", "HEAD"):
        now.before_commit()  # for faults this is the moment: what is accepted will be done
    with now.world.lock:
        if key in known.by_key:
            raise IdempotencyError(address(known.by_key[key]))
        job = Job(str(next(known.numbers)), now, now.world.clock.now(), _work(view, arguments))
        known.add(job, key)
    return Response(status=202, content_type="application/json", headers={**APPLIED, "Location": address(job)})


def _work(view: View, arguments: dict[str, Any]) -> Callable[[], Response]:
    """Return the view as it can be called at any time, in its own request; its changes enter that one's entry."""
    now = exchange()

    @copy_current_request_context
    def work() -> Response:
        with under_way(now):  # it is done while another request is
            try:
                return view(**arguments)
            except ApiError as error:
                return render.error(error)

    return work


def address(job: Job) -> str:
    """Return the path at which a job is asked."""
    return f"{PATH}/{job.number}"


def advance(now: Exchange) -> None:
    """Let a request that asks about jobs bring them nearer to their end; do those whose time has come."""
    known = of(now.world)
    for job in list(known.pending):
        job.questions += job.is_meant(now)
    known.go_on(lambda job: job.due)


def settle(world: World) -> None:
    """Do all that was accepted."""
    of(world).go_on(lambda _: True)


def answered(now: Exchange, status: int) -> None:
    """Do a job at once whose request was answered by another success than 202, which is said of what is done alone."""
    if 200 <= status < 300 and status != 202:
        of(now.world).go_on(lambda job: job.exchange is now)


def state(world: World, key: str) -> str:
    """Say what became of an event by now."""
    of(world).go_on(lambda job: job.due)
    return rules.state(world, key)


def _found(number: str, task: str = "1") -> Job:
    job = of(exchange().world).by_number.get(number)
    if job is None or task != "1":
        raise NonexistentId
    return job


def _link(path: str, rel: str = "self") -> list[dict[str, str]]:
    return render.link(f"https://{exchange().world.api_host}{path}", rel)


def show_job(job: str) -> Response:
    """Show how far a job is."""
    found = _found(job)
    state = {"completed": found.answer is not None, "id": found.number, "progress": found.progress}
    return render.plain({"links": _link(address(found)), **state, "task": {"links": _link(f"{address(found)}/task")}})


def list_tasks(job: str) -> Response:
    """List a job's tasks: a single request has one."""
    place = f"{address(_found(job))}/task"
    return render.plain(render.collection([{"links": _link(f"{place}/1")}], _link(place)[0]["href"]))


def show_task(job: str, task: str) -> Response:
    """Show how far a task is, and where its result is."""
    found, place = _found(job, task), f"{PATH}/{job}/task/{task}"
    state = {"completed": found.answer is not None, "id": task, "progress": found.progress}
    ended = {"endTime": timestamp(found.ended)} if found.ended else {}
    links = [*_link(f"{place}/result", "related"), *_link(place)]
    return render.plain({"links": links, **state, **ended, "startTime": timestamp(found.accepted)})


def show_result(job: str, task: str) -> Response:
    """Answer as the request would have been answered; as long as it is pending there is nothing."""
    answer = _found(job, task).answer
    if answer is None:
        raise NonexistentId
    return Response(answer.get_data(), answer.status_code, headers=answer.headers.items())
