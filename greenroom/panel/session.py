"""Who sits in front of the panel, and with which credential the connector is called."""

from collections.abc import Mapping
from typing import Any

from greenroom.contracts.harness.recording import CallRequest
from greenroom.contracts.interfaces.interface import Interface
from greenroom.simulators.core.world import DAY, Login, World


class Session:
    """A user of App Connect who is connected to the CRM.

    App Connect renews a credential before it expires and passes on what it has; so each call gets a fresh token as long
    as the last one is good. One that was expired or revoked meanwhile is passed on until the user connects again.
    """

    def __init__(self) -> None:
        self.role = "owner"
        self._world: World | None = None
        self._login: Login | None = None

    def connect(self, role: str) -> None:
        """Log out and connect again, in a role."""
        self.role, self._login = role, None

    def credential(self, world: World) -> str:
        """Say how the credential stands in a world: ``valid``, ``expired``, ``revoked``."""
        login = self._login if self._world is world else None
        return world.tokens.state(world.tokens.find(login.token)) if login else "valid"

    def asks(self, world: World, interface: Interface, more: Mapping[str, Any]) -> CallRequest:
        """Return what App Connect asks of the connector for this user, in a world; ``more`` is of the interface."""
        if self._world is not world:
            self._login = None
        if self.role not in world.people:
            self.role, self._login = next(iter(world.people)), None
        self._world = world
        if self._login is None or self.credential(world) == "valid":
            self._login = world.log_in(self.role, lifetime=DAY)
        passed = interface.params(self._login.user, self._login.auth_header, more)
        return CallRequest(world, passed, self.role, self._login.token, interface)
