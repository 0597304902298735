"""Calls at the same time through one process, in every order of their requests that can be told apart."""

from collections.abc import Callable, Sequence

from greenroom.contracts.scenarios.orders import MORE_ORDERS, Choice, Orders, Plan, lingers, requests
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage
from greenroom.contracts.scenarios.taken import Taken
from greenroom.simulators.core.world import World

Pair = Callable[[], Sequence[Taken]]
"""Makes two calls ready in a fresh world."""


def every_order(stage: Stage, pair: Pair, *, splits: bool = False) -> None:
    """Make two calls once for each order of their requests; and once for each request of the first after which the
    second may begin, and end, before the first goes on.

    ``splits``: they are about one appointment, so that it matters whether a request was answered or only carried out.
    """
    orders = Orders(splits=splits)
    first: list[Choice] = []
    calls: Sequence[Taken] = ()
    for plan in orders:
        calls = pair()
        choices = stage.in_order(calls, plan)
        orders.played(plan, choices)
        first = first or choices
    if orders.left_out:
        for taken in calls:
            taken.record["variant"][MORE_ORDERS] = "left out"
    for plan in orders.at_once():
        stage.in_order(pair(), plan)
    for late in range(1, requests(first, 0) + lingers(first)):
        stage.in_order(pair(), Plan(late=late))


def another(stage: Stage, world: World) -> str:
    """Add an appointment of somebody else's, and return its id."""
    return stage.crm.add(world, world.people["outsider"], stage.profile.strangers, "")


def two_cancels(stage: Stage) -> None:
    """Cancel one appointment twice at once."""

    def pair() -> Sequence[Taken]:
        world = stage.world()
        return [stage.at_once(world, world.appointments["target"]) for _ in range(2)]

    every_order(stage, pair, splits=True)


def two_of_one(stage: Stage) -> None:
    """Let one user cancel two appointments."""

    def pair() -> Sequence[Taken]:
        world = stage.world()
        return [stage.at_once(world, world.appointments[role]) for role in ("target", "longer-id")]

    every_order(stage, pair)


def two_users(stage: Stage) -> None:
    """Let two users of one account cancel an appointment each; also while the CRM has no time for the first."""

    def pair(*faults: str) -> Sequence[Taken]:
        world = stage.world()
        other = another(stage, world)
        for fault in faults:  # it strikes one of the two: to the other it is a plain day
            stage.arm(world, fault)
        return [stage.at_once(world, world.appointments["target"]), stage.at_once(world, other, "outsider")]

    every_order(stage, pair)
    stage.in_order(pair("status=503,retry-after=1"), Plan())


def two_rights(stage: Stage) -> None:
    """Let somebody who may not, and somebody who may, cancel one appointment."""

    def pair() -> Sequence[Taken]:
        world = stage.world()
        return [stage.at_once(world, world.appointments["target"], role) for role in ("forbidden", "owner")]

    every_order(stage, pair)


def two_tenants(stage: Stage) -> None:
    """Let two tenants cancel at once appointments whose ids are equal."""

    def pair() -> Sequence[Taken]:
        worlds = [stage.world(), stage.world()]
        return [stage.at_once(world, world.appointments["target"]) for world in worlds]

    every_order(stage, pair)


def two_logins(stage: Stage) -> None:
    """Let the tokens of two users expire as they cancel."""

    def pair() -> Sequence[Taken]:
        world = stage.world(faults=("expired,on=cancel,times=2",))
        other = another(stage, world)
        return [stage.at_once(world, world.appointments["target"]), stage.at_once(world, other, "outsider")]

    every_order(stage, pair)


TWO_CANCELS = Scenario("two-cancels-at-once", "one appointment is cancelled twice", "resilient", two_cancels, "races")
TWO_OF_ONE = Scenario("two-appointments-at-once", "one user cancels two appointments", "resilient", two_of_one, "races")
TWO_USERS = Scenario("two-users-at-once", "two users cancel at the same time", "resilient", two_users, "races")
TWO_RIGHTS = Scenario(
    "two-rights-at-once", "one appointment is cancelled by who may and by who may not", "resilient", two_rights, "races"
)
TWO_TENANTS = Scenario("two-tenants-at-once", "two tenants cancel at the same time", "resilient", two_tenants, "races")
TWO_LOGINS = Scenario(
    "two-logins-at-once", "the tokens of two users expire at the same time", "resilient", two_logins, "races"
)
