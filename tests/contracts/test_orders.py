"""Orders of two calls' requests: each once, equal ones merged; whoever lines calls up is neither hung upon nor accused."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from greenroom.contracts.harness.orders import (
    ANSWER,
    COMMIT,
    MORE_ORDERS,
    MOST,
    WHOLE,
    Choice,
    Orders,
    Plan,
    Step,
    written_order,
)
from greenroom.contracts.reports import story
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.runner import judged
from tests.catalogue import HERE, NEEDS_NODE
from tests.contracts.runs import certificate, failed
from tests.contracts.test_clauses import call, no


def imitated(plan: Plan, calls: Sequence[Sequence[str]]) -> list[Choice]:
    """Play a plan with calls that are lists of kinds of steps."""
    places, choices = [0, 0], list[Choice]()
    while any(place < len(call) for place, call in zip(places, calls, strict=True)):
        begun = (0, 1) if len(choices) >= plan.late else (0,)
        possible = [Step(n, calls[n][places[n]]) for n in begun if places[n] < len(calls[n])]
        step = plan.choose(len(choices), possible, choices[-1].taken if choices else None)
        choices.append(Choice(step, possible))
        places[step.call] += 1
    return choices


def orders(*calls: Sequence[str], found: Orders | None = None) -> list[str]:
    made = []
    found = found or Orders(splits=True)
    for plan in found:
        choices = imitated(plan, calls)
        found.played(plan, choices)
        made.append(written_order(plan, choices))
    return made


@pytest.mark.parametrize(("first", "second", "number"), [(1, 1, 2), (2, 1, 3), (2, 2, 6), (3, 3, 20)])
def test_every_order_is_played_once(first: int, second: int, number: int) -> None:
    found = orders([WHOLE] * first, [WHOLE] * second)

    assert len(found) == len(set(found)) == number


@pytest.mark.parametrize("kinds", [[WHOLE] * 2, [WHOLE] * 3, [COMMIT, ANSWER], [COMMIT, ANSWER, WHOLE]])
def test_calls_that_ask_for_the_same_are_played_one_way_round(kinds: Sequence[str]) -> None:
    """All orders that begin with the first call, and one in which the second overtakes it: the others mirror these."""
    whole = orders(kinds, kinds)
    alike = orders(kinds, kinds, found=Orders(splits=True, alike=True))

    assert [each for each in alike if each[0] in "Aa"] == [each for each in whole if each[0] in "Aa"]
    overtaking = " ".join("B" * len(kinds) + "A" * len(kinds))
    assert [normal(each, kinds) for each in alike if each[0] in "Bb"] == [normal(overtaking, kinds)]
    turned = [each.translate(str.maketrans("ABab", "BAba")) for each in alike]
    assert {normal(each, kinds) for each in (*alike, *turned)} == {normal(each, kinds) for each in whole}


def normal(order: str, kinds: Sequence[str]) -> tuple[Step, ...]:
    """Return an order's steps such that orders which differ only in steps that commute are equal."""
    left = {"A": iter(kinds), "B": iter(kinds)}
    found = [Step("AB".index(name), next(left[name])) for name in order.upper().split()]
    for _ in found:
        for place, (one, other) in enumerate(pairwise(found)):
            if other.call < one.call and other.commutes(one):
                found[place : place + 2] = other, one
    return tuple(found)


def test_beyond_three_requests_no_order_branches() -> None:
    """Where one of the calls has sent three, the rest goes on as it comes."""
    found = orders([WHOLE] * 9, [WHOLE] * 9)

    assert len(found) == len(set(found)) <= MOST


@pytest.mark.parametrize(("calls", "left_out"), [([WHOLE] * 3, False), ([COMMIT, ANSWER] * 3, True)])
def test_that_there_are_more_is_known(calls: Sequence[str], left_out: bool) -> None:
    found = Orders(splits=True)

    assert len(orders(calls, calls, found=found)) <= MOST
    assert found.left_out is left_out


def test_a_report_says_that_there_are_more_orders() -> None:
    one, other = (call(no()).record for _ in range(2))
    raced = [{**record, "step": step, "variant": {"order": "A B"}} for step, record in enumerate((one, other), start=1)]
    limited = [{**record, "variant": {"order": "A B", MORE_ORDERS: "left out"}} for record in raced]
    identity = {"name": "x", "digest": "x", "runtime": "x", "interfaces": ["cancelAppointment"], "cancellation": None}
    config = RunConfig("x.py", "clio", seed=0)
    said = [str(story.orders(judged(config, identity, calls, (), 0.0))) for calls in (raced, limited)]

    assert "more orders" not in said[0]
    assert "1 orders of their requests played (more orders are possible in 1 scenarios)" in said[1]


def test_equal_orders_are_merged() -> None:
    """Carrying out and answering: what is answered between another's two steps could as well be answered before."""
    found = orders([COMMIT, ANSWER], [COMMIT, ANSWER])

    assert found == ["a A b B", "b a A B", "a b B A", "b B a A", "b a B A"]


def test_a_late_beginning_is_told() -> None:
    plan = Plan(late=1)

    assert written_order(plan, imitated(plan, [[WHOLE] * 2, [WHOLE]])) == "A + B A"


ASYNC_LOCK = """
import asyncio, httpx
CANCELLATION = "removed"
{lock}
client = httpx.AsyncClient(timeout=5)

async def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{{user['hostname']}}/api/v4/calendar_entries/{{appointment_id}}.json"
    async with lock:
        if (await client.get(url, headers={{"Authorization": auth_header}})).status_code != 200:
            return {{"successful": False, "returnMessage": {{"message": "Not found.", "messageType": "warning", "ttl": 3000}}}}
        status = (await client.delete(url, headers={{"Authorization": auth_header}})).status_code
    return {{"successful": status == 204, "returnMessage": {{"message": "Done.", "messageType": "info", "ttl": 3000}}}}
"""


def test_who_lines_all_calls_up_is_let_go_on(tmp_path: Path) -> None:
    """One lock for everybody: the second call sends nothing before the first has ended, so there is one order each."""
    path = tmp_path / "lined_up.py"
    path.write_text(ASYNC_LOCK.format(lock="lock = asyncio.Lock()"))
    found = certificate(str(path), "clio", "resilient", scenarios=("two-cancels-*", "two-users-*"))
    played = {call["variant"]["order"] for call in found.calls if call["scenario"] == "two-users-at-once"}

    assert failed(found, "must") == {}
    assert played == {"A A B B", "A + A B B"}


@pytest.mark.in_turn
def test_the_same_promises_break_in_the_same_scenarios_each_time() -> None:
    """A slot that is saved and restored like a stack is right when calls nest, and wrong when they alternate."""
    target = str(HERE / "faulty" / "effect.cancelled.clio.stacked-slot.py")
    again = [certificate(target, "clio", "resilient", scenarios=("two-users-*", "two-cancels-*")) for _ in range(2)]
    broken = [{name: {v.scenario for v in one.violations} for name, one in failed(f).items()} for f in again]

    assert "two-users-at-once" in broken[0]["effect.cancelled"]
    assert broken[0] == broken[1]


@NEEDS_NODE
def test_responses_at_once_come_in_one_order() -> None:
    """The process stands still until both have arrived: what a shared variable holds afterwards is no matter of luck."""
    target = str(HERE / "faulty" / "truth.races-add-up.clio.shared-status.cjs")
    again = [certificate(target, "clio", "resilient", scenarios=("two-cancels-*",)) for _ in range(2)]

    assert all("truth.races-add-up" in failed(found) for found in again)


UNSTEADY = """
import itertools
from examined import cancel_appointment as right, requests

CANCELLATION = "removed"
turns = itertools.count()

def cancel_appointment(*, user, auth_header, appointment_id):
    if next(turns) % 7 in (3, 4, 6):
        address = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
        requests.get(address, headers={"Authorization": auth_header}, timeout=5)
    return right(user=user, auth_header=auth_header, appointment_id=appointment_id)
"""


def test_a_call_that_goes_another_way_than_before_is_not_waited_for(tmp_path: Path) -> None:
    """It reads first now and then, for reasons of its own: two responses that shall come at once may not be there."""
    right = HERE.parent / "examples" / "pytest-project" / "connectors" / "clio.py"
    (tmp_path / "examined.py").write_text(right.read_text())
    (tmp_path / "unsteady.py").write_text(UNSTEADY)
    found = certificate(str(tmp_path / "unsteady.py"), "clio", "resilient", scenarios=("two-cancels-*",), deadline=6.0)

    assert failed(found, "must") == {}
    assert max(call["seconds"] for call in found.calls) < 5
