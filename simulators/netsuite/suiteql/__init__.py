"""SuiteQL over the world's records: read by sqlglot, checked against NetSuite's catalogue, run as Oracle would.

``endpoint`` speaks HTTP, ``dialect`` reads, ``catalogue`` and ``scope`` know the names, ``select``, ``joins``,
``conditions``, ``expressions`` and ``ordering`` run, ``functions`` lists what a query may call. No other database runs
it, so no other database's SQL gets through.
"""

from greenroom.simulators.netsuite.suiteql.endpoint import PATH, run

__all__ = ("PATH", "run")
