"""The connectors that authors copy."""
