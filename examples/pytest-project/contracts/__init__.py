"""This project's own contracts, with its clients: nothing of Greenroom's."""

NOTICE_HOURS = 24
"""Hours before an appointment until which our clients may cancel it for free."""
