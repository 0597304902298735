"""Certificates that others can check: an in-toto statement, its signature, and its verification."""
