"""Replaces the attendees, and leaves the field as it is that names who was the contact."""

import bullhorns  # noqa: F401
import bullhorn_update
from bullhorn_update import update_appointment  # noqa: F401

bullhorn_update._references = lambda record, people, named: named
