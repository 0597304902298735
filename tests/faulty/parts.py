"""What the faulty connectors share: a right connector in parts, of which each replaces the one that it gets wrong."""

import re
from urllib.parse import quote

import requests


def segment(appointment_id):
    """Return an id as one part of a path; dots alone, which lead up, as a word that is no id."""
    return quote(str(appointment_id), safe="") if re.search(r"\w", str(appointment_id)) else "none"


def clio_url(user, appointment_id):
    return f"https://{user['hostname']}/api/v4/calendar_entries/{segment(appointment_id)}.json"


def netsuite_url(user, appointment_id):
    account = user["hostname"].split(".")[0]
    return (
        f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{segment(appointment_id)}"
    )


def clio_delete(user, auth_header, appointment_id):
    return requests.delete(clio_url(user, appointment_id), headers={"Authorization": auth_header}, timeout=10)


def netsuite_patch(user, auth_header, appointment_id, body=None):
    return requests.patch(
        netsuite_url(user, appointment_id),
        json=body or {"status": {"id": "CANCELLED"}},
        headers={"Authorization": auth_header},
        timeout=10,
    )


def done(**more):
    return {
        "successful": True,
        "returnMessage": {"message": "Appointment cancelled.", "messageType": "success", "ttl": 3000, **more},
    }


def failed(message="The appointment could not be cancelled.", **more):
    return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000, **more}}


def told(response):
    return done() if 200 <= response.status_code < 300 else failed()


def ask(method, url, auth_header, **more):
    """Send a request as most of these connectors do: no redirects, five seconds."""
    options = {"timeout": 5, "allow_redirects": False, **more}
    return requests.request(method, url, headers={"Authorization": auth_header}, **options)
