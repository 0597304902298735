"""Bullhorn's fidelity ledger."""

from greenroom.simulators.core.ledger import Row

LEDGER: tuple[Row, ...] = ()
