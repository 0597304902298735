"""Greenroom: contract tests and faithful fake CRMs for App Connect connectors."""
