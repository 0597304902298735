"""A panel that is being served: a connector in its process, a fake CRM, and its control API with the page in front."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.harness.testbed import TestBed, judged, open_testbed
from greenroom.contracts.interfaces import INTERFACES, WRITES
from greenroom.contracts.run.config import RunConfig
from greenroom.panel.panel import Panel
from greenroom.panel.routes import front
from greenroom.simulators import find_crm
from greenroom.simulators.core.control.app import Control


@contextmanager
def served(config: RunConfig, *, port: int = 0) -> Iterator[Control]:
    """Serve the panel over a connector while the block runs; ``port`` 0 picks a free one.

    Raises:
        LookupError: no such CRM.
        BridgeError: the connector cannot be found, loaded or called.
        ValueError: the port is taken.

    """
    crm, target = find_crm(config.crm), parse(config.target)
    writes = tuple(name for name in judged(crm) if name in WRITES)  # a list that cannot be called is not used
    config = replace(config, interfaces=config.interfaces or writes)
    with ExitStack() as stack:
        ready = stack.enter_context(open_testbed(config, target, crm, interfaces=INTERFACES, port=0))
        yield stack.enter_context(closing(_control(ready, Panel(ready, target, config), port)))


def _control(ready: TestBed, panel: Panel, port: int) -> Control:
    try:
        return Control(ready.simulator, port=port, front=front(panel))
    except OSError as error:
        msg = f"cannot show the panel on port {port}: {error.strerror or error}; choose another --port"
        raise ValueError(msg) from None
