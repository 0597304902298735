"""This project's connectors."""
