"""The connector as its file is by now."""

from pathlib import Path

from greenroom.connectors.bridges.bridge import Bridge
from greenroom.connectors.bridges.target import Target
from greenroom.connectors.errors import BridgeError
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.harness.testbed import check_offer, judged
from greenroom.contracts.run.config import RunConfig
from greenroom.panel.watch import Watch
from greenroom.simulators.core.crm import Crm


class Reloading:
    """Loads a connector again after its file changed.

    ``error`` says why it cannot be called (empty: it can), ``loads`` how often it was tried, ``loading`` whether it is
    being loaded right now.
    """

    def __init__(self, bridge: Bridge, target: Target, config: RunConfig, crm: Crm) -> None:
        self._bridge, self._config, self._crm = bridge, config, crm
        file = target.path or (Path(bridge.loaded.file) if bridge.loaded.file else None)
        self._watch = Watch(file) if file else None
        self.loads, self.error, self.loading = 1, "", False

    @property
    def offers(self) -> list[str]:
        """The interfaces that it offers, as far as the CRM knows what they are for."""
        return [] if self.error else [name for name in judged(self._crm) if name in self._bridge.loaded.interfaces]

    def refresh(self) -> None:
        """Load it again if its file changed; one that does not load is tried again at the next change."""
        if self._watch is None or not self._watch.changed():
            return
        self.loading = True
        try:
            self._bridge.restart()
            check_offer(self._bridge, self._config, self._crm)
            self.error = ""
        except (BridgeError, ConfigError) as error:
            self.error = str(error)
        finally:
            self.loading = False
        self.loads += 1
