"""New log-ins: like any request, they may be lost, slow, refused, or get a stranger's response."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, faulted

ARRIVES = "stage=before-authentication,on=POST *token"
ANSWERED = "on=POST *token"
ALWAYS = "times=50"

TROUBLED = Scenario(
    "log-in-fails",
    "the token expires; the new log-in is lost, slow, refused or unreadable",
    "resilient",
    faulted(
        ("expired,on=own", f"reset,{ANSWERED}"),
        ("expired,on=own", f"closed,{ARRIVES},{ALWAYS}"),
        ("expired,on=own", f"delay=1.5,{ANSWERED}"),
        ("expired,on=own", f"status=503,{ARRIVES},times=2"),
        ("expired,on=own", f"page=403,{ARRIVES},{ALWAYS}"),
        ("expired,on=own", f"garbage=html,{ANSWERED},{ALWAYS}"),
        ("expired,on=own", f"mistyped=wrong,{ANSWERED},{ALWAYS}"),
    ),
    "silent-log-in",
    interfaces=ALL,
)
UNTRUSTED = Scenario(
    "log-in-untrusted",
    "the token expires; the log-in host's certificate is not trustworthy",
    "resilient",
    faulted(("expired,on=any", "none,stage=connection", f"certificate=stranger,{ALWAYS}")),
    "silent-log-in",
    interfaces=ALL,
)


def refused(harness: Harness, interface: Interface) -> None:
    """Let neither the token nor the refresh token count any more; then the user connects anew."""
    world = harness.world(site=harness.site(0))
    login = world.log_in("owner")
    world.tokens.expire(login.person)
    world.grants.refresh.pop(login.user["refreshToken"])
    harness.call(interface, world, world.appointments["longer-id"], login=login)
    harness.call(interface, world, world.appointments["target"])


def shared(harness: Harness, interface: Interface) -> None:
    """Let somebody's token be renewed; then others call: of the same account, of another one at the same host.

    Each names an appointment of their own, so that it is certain whose request it is, whatever token it carries.
    """
    one, other = (harness.world(site=harness.site(0)) for _ in range(2))
    first, second = (harness.worlds.add(one, "outsider") for _ in range(2))
    for world, key, role, over in (
        (one, one.appointments["longer-id"], "owner", True),
        (one, first, "outsider", False),
        (one, second, "outsider", True),
        (other, other.appointments["target"], "owner", False),
        (other, other.appointments["same-title"], "owner", True),
    ):
        login = world.log_in(role)
        if over:
            world.tokens.expire(login.person)
        harness.call(interface, world, key, role, login=login)


REFUSED = Scenario(
    "log-in-refused",
    "both tokens stop working, and the user connects again",
    "resilient",
    refused,
    "silent-log-in",
    interfaces=ALL,
)
SHARED = Scenario(
    "log-in-of-another",
    "one user's token is renewed before the calls of others",
    "resilient",
    shared,
    "silent-log-in",
    interfaces=OF_ONE,
)
