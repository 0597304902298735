"""Hands on what attendees answered as Bullhorn has it, as a number: App Connect refuses the whole list."""

import bullhorns  # noqa: F401
import bullhorn_appointment
import bullhorn_list
from bullhorn_list import list_appointments  # noqa: F401

links_of = bullhorn_appointment.links_of


def with_numbers(session, records):
    found = links_of(session, records)
    for link in (link for links in found.values() for link in links if link.get("acceptanceStatus") is not None):
        link["shown"]["status"] = link["acceptanceStatus"]
    return found


bullhorn_list.links_of = with_numbers
