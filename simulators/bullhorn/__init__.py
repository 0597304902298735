"""Bullhorn's REST API, as far as ``ledger.py`` says."""
