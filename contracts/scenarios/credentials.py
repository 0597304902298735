"""Credentials that do not count (any more), and one that was renewed."""

from dataclasses import replace

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def missing(harness: Harness, interface: Interface) -> None:
    """Call without any credential, token or session, as for a user whose log-in was lost.

    What comes late of it carries no token by which it could be told from a later call's: it is waited for.
    """
    world = harness.world()
    login, session = world.log_in("owner"), harness.profile.stored.session
    info = {name: value for name, value in login.user["platformAdditionalInfo"].items() if name != session}
    bare = replace(
        login, user={**login.user, "accessToken": None, "platformAdditionalInfo": info}, auth_header="", token=""
    )
    harness.call(interface, world, world.appointments["target"], login=bare)
    harness.pause()


def expired(harness: Harness, interface: Interface) -> None:
    """Call with a token whose time is over; then the user connects anew."""
    world = harness.world(site=harness.site(0))
    login = world.log_in("owner")
    world.tokens.expire(login.person)
    harness.call(interface, world, world.appointments["longer-id"], login=login)
    harness.call(interface, world, world.appointments["target"])


def revoked(harness: Harness, interface: Interface) -> None:
    """Call with a token that was revoked."""
    world = harness.world(site=harness.site(1))
    login = world.log_in("owner")
    world.tokens.revoke(login.person)
    harness.call(interface, world, world.appointments["target"], login=login)


def renewed(harness: Harness, interface: Interface) -> None:
    """Call, get a new token in place of the old one, and call for another appointment: the same user, a new header."""
    world = harness.world()
    login = world.log_in("owner")
    harness.call(interface, world, world.appointments["longer-id"], login=login)
    world.tokens.expire(login.person)
    harness.call(interface, world, world.appointments["target"])


def foreign(harness: Harness, interface: Interface) -> None:
    """Call with a token of the vendor's next region or kind of account, where there is one."""
    if len(harness.profile.sites) > 1:
        world = harness.world()
        login = world.log_in("owner")
        token = world.tokens.find(login.token)
        if token:
            token.host = harness.profile.sites[1].api_host.format(account=world.account)
        harness.call(interface, world, world.appointments["target"], login=login)


FOREIGN = Scenario(
    "foreign-token", "the token belongs to another region, or to a sandbox", "documented", foreign, interfaces=ALL
)
MISSING = Scenario(
    "missing-token",
    "there is no credential at all",
    "documented",
    missing,
    "pauses",
    interfaces=ALL,
    parted=True,
    weight=0,
)
EXPIRED = Scenario("expired-token", "the token expired", "documented", expired, interfaces=ALL)
REVOKED = Scenario("revoked-token", "the token was revoked", "documented", revoked, interfaces=ALL)
RENEWED = Scenario(
    "renewed-token", "the user's token is renewed between two calls", "documented", renewed, interfaces=ALL
)
