"""Credentials that do not count (any more), and one that was renewed."""

from dataclasses import replace

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def missing(stage: Stage) -> None:
    """Cancel without any credential, as for a user whose log-in was lost.

    What comes late of it carries no token by which it could be told from a later call's: it is waited for.
    """
    world = stage.world()
    login = world.log_in("owner")
    bare = replace(login, user={**login.user, "accessToken": None}, auth_header="", token="")
    stage.call(world, world.appointments["target"], login=bare)
    stage.pause()


def expired(stage: Stage) -> None:
    """Cancel with a token whose time is over; then the user connects anew."""
    world = stage.world(site=stage.site(0))
    login = world.log_in("owner")
    world.tokens.expire(login.person)
    stage.call(world, world.appointments["longer-id"], login=login)
    stage.call(world, world.appointments["target"])


def revoked(stage: Stage) -> None:
    """Cancel with a token that was revoked."""
    world = stage.world(site=stage.site(1))
    login = world.log_in("owner")
    world.tokens.revoke(login.person)
    stage.call(world, world.appointments["target"], login=login)


def renewed(stage: Stage) -> None:
    """Cancel, get a new token in place of the old one, and cancel another appointment: the same user, a new header."""
    world = stage.world()
    login = world.log_in("owner")
    stage.call(world, world.appointments["longer-id"], login=login)
    world.tokens.expire(login.person)
    stage.call(world, world.appointments["target"])


def foreign(stage: Stage) -> None:
    """Cancel with a token of the vendor's next region or kind of account, where there is one."""
    if len(stage.profile.sites) > 1:
        world = stage.world()
        login = world.log_in("owner")
        token = world.tokens.find(login.token)
        if token:
            token.host = stage.profile.sites[1].api_host.format(account=world.account)
        stage.call(world, world.appointments["target"], login=login)


FOREIGN = Scenario("foreign-token", "the token is of another region, or of a sandbox", "documented", foreign)
MISSING = Scenario("missing-token", "there is no credential at all", "documented", missing)
EXPIRED = Scenario("expired-token", "the token expired", "documented", expired)
REVOKED = Scenario("revoked-token", "the token was revoked", "documented", revoked)
RENEWED = Scenario("renewed-token", "the user's token was renewed between two calls", "documented", renewed)
