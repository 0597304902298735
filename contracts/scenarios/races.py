"""Calls at the same time through one process, in every order of their requests that can be told apart."""

from collections.abc import Callable, Sequence

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.orders import MORE_ORDERS, Choice, Orders, Plan, lingers, requests
from greenroom.contracts.harness.recording import CallRecorder
from greenroom.contracts.interfaces import ALL, OF_ONE, WITH_SUBJECT
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Play, Scenario
from greenroom.simulators.core.world import World

Pair = Callable[[], Sequence[CallRecorder]]
"""Makes two calls ready in a fresh world."""


def every_order(harness: Harness, pair: Pair, *, splits: bool = False, alike: bool = False) -> None:
    """Make two calls once for each order of their requests; and once for each request of the first after which the
    second may begin, and end, before the first goes on.

    ``splits``: they are about one appointment, so that it matters whether a request was answered or only carried out.
    ``alike``: both ask for the same.
    """
    orders = Orders(splits=splits, alike=alike)
    first: list[Choice] = []
    calls: Sequence[CallRecorder] = ()
    for plan in orders:
        calls = pair()
        choices = harness.in_order(calls, plan)
        orders.played(plan, choices)
        first = first or choices
    if orders.left_out:
        for recorder in calls:
            recorder.record["variant"][MORE_ORDERS] = "left out"
    for plan in orders.at_once():
        harness.in_order(pair(), plan)
    for late in range(1, requests(first, 0) + lingers(first)):
        harness.in_order(pair(), Plan(late=late))


def another(harness: Harness, world: World) -> str:
    """Add an appointment of somebody else's, and return its id."""
    return harness.worlds.add(world, "outsider")


def two_calls(harness: Harness, interface: Interface) -> None:
    """Call twice for one appointment at once; or for two that are to be alike."""

    def pair() -> Sequence[CallRecorder]:
        world = harness.world()
        return [harness.at_once(interface, world, world.appointments["target"]) for _ in range(2)]

    every_order(harness, pair, splits=not interface.creates, alike=True)


def two_of_one(harness: Harness, interface: Interface) -> None:
    """Let one user call for two appointments."""

    def pair() -> Sequence[CallRecorder]:
        world = harness.world()
        return [harness.at_once(interface, world, world.appointments[role]) for role in ("target", "longer-id")]

    every_order(harness, pair)


def two_users(harness: Harness, interface: Interface) -> None:
    """Let two users of one account call for an appointment each; also while the CRM has no time for the first."""

    def pair(*faults: str) -> Sequence[CallRecorder]:
        world = harness.world()
        other = another(harness, world)
        for fault in faults:  # it fires on one of the two: to the other it is a plain day
            harness.worlds.arm(interface, world, fault)
        return [
            harness.at_once(interface, world, world.appointments["target"]),
            harness.at_once(interface, world, other, "outsider"),
        ]

    every_order(harness, pair)
    harness.in_order(pair("status=503,retry-after=1"), Plan())


def two_rights(harness: Harness, interface: Interface) -> None:
    """Let somebody who may not, and somebody who may, call for one appointment."""

    def pair() -> Sequence[CallRecorder]:
        world = harness.world()
        return [
            harness.at_once(interface, world, world.appointments["target"], role) for role in ("forbidden", "owner")
        ]

    every_order(harness, pair)


def two_tenants(harness: Harness, interface: Interface) -> None:
    """Let two tenants call at once for appointments whose ids are equal."""

    def pair() -> Sequence[CallRecorder]:
        worlds = [harness.world(), harness.world()]
        return [harness.at_once(interface, world, world.appointments["target"]) for world in worlds]

    every_order(harness, pair, alike=True)


def two_logins(harness: Harness, interface: Interface) -> None:
    """Let the tokens of two users expire as they call."""

    def pair() -> Sequence[CallRecorder]:
        world = harness.world(interface, faults=("expired,on=own,times=2",))
        other = another(harness, world)
        return [
            harness.at_once(interface, world, world.appointments["target"]),
            harness.at_once(interface, world, other, "outsider"),
        ]

    every_order(harness, pair)


def race(name: str, title: str, play: Play, interfaces: tuple[str, ...] = WITH_SUBJECT) -> Scenario:
    """Return a scenario of calls at the same time; what one interface leaves behind for others is played elsewhere."""
    return Scenario(name, title, "resilient", play, "races", interfaces=interfaces, parted=True, weight=8)


TWO_CALLS = race("two-cancels-at-once", "two calls for one appointment", two_calls, OF_ONE)
TWO_OF_ONE = race("two-appointments-at-once", "one user calls for two appointments", two_of_one)
TWO_USERS = race("two-users-at-once", "two users at the same time", two_users, OF_ONE)
TWO_RIGHTS = race(
    "two-rights-at-once", "a user with the right and one without it call for one appointment", two_rights, OF_ONE
)
TWO_TENANTS = race("two-tenants-at-once", "two tenants at the same time", two_tenants, ALL)
TWO_LOGINS = race("two-logins-at-once", "two users' tokens expire at the same time", two_logins)
