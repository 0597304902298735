"""Starters: small connectors with a test, which ``greenroom init`` writes for a CRM and a language."""
