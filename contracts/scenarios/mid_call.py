"""What happens between two requests of a connector."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, faulted

EXPIRES = Scenario(
    "expires-midway",
    "the token expires or is revoked while the connector works",
    "resilient",
    faulted(("expired,on=own",), ("revoked,on=own",), ("none,on=any", "expired,on=any")),
    "refusals",
    interfaces=ALL,
)
EDITED = Scenario(
    "edited-meanwhile",
    "a colleague edits the appointment while the connector works",
    "resilient",
    faulted(("edited",), ("edited,stage=before-commit",)),
    "refusals",
)
CANCELLED = Scenario(
    "cancelled-meanwhile",
    "a colleague cancels the appointment while the connector works",
    "resilient",
    faulted(("cancelled",), ("cancelled,stage=before-commit",)),
    "refusals",
)
REDIRECTED = Scenario(
    "redirected",
    "the CRM redirects to another host",
    "resilient",
    faulted(
        *((f"redirect={status},times=50",) for status in ("301", "302", "303", "307", "308")),
        ("redirect=302,on=read,times=50",),
    ),
    "refusals",
    interfaces=ALL,
)
LOGIN_PAGE = Scenario(
    "log-in-page",
    "a gateway redirects to its log-in page on another host (200)",
    "resilient",
    faulted(*((f"login-page={status},times=50",) for status in ("302", "303", "307"))),
    "refusals",
    interfaces=ALL,
)
REDIRECTED_LOGIN = Scenario(
    "redirected-log-in",
    "the token expires, and the new log-in is redirected to another host",
    "resilient",
    faulted(*(("expired,on=own", f"redirect={status},on=POST *token,times=50") for status in ("302", "307", "308"))),
    "refusals",
    interfaces=ALL,
)


def renewed(harness: Harness, interface: Interface) -> None:
    """Let the token expire as the connector works; then the user connects anew, and only the new token counts."""
    world = harness.world(interface, faults=("expired,on=own",))
    login = world.log_in("owner")
    harness.call(interface, world, world.appointments["longer-id"], login=login)
    harness.worlds.clear_faults(world)
    world.tokens.revoke(login.person)
    harness.call(interface, world, world.appointments["target"])


RENEWED = Scenario(
    "renewed-after-expiry",
    "the token expires while the connector works, then it is renewed",
    "resilient",
    renewed,
    "refusals",
    interfaces=ALL,
)
