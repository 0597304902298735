"""Proposes changes to a connector for causes that are known, and shows only those that hold in a certified copy."""
