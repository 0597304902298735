"""Small connectors for tests of the panel."""

import textwrap
from pathlib import Path

HEAD = """
import requests
def told(message, kind="success", **more):
    return {"successful": kind == "success", "returnMessage": {"message": message, "messageType": kind, **more}}
def delete(user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    return requests.delete(url, headers={"Authorization": auth_header}, timeout=5)
def cancel_appointment(*, user, auth_header, appointment_id):
"""
LISTS = """
def list_appointments(*, user, auth_header, range):
    answer = requests.get(f"https://{user['hostname']}/api/v4/calendar_entries.json?fields=id,summary",
                          headers={"Authorization": auth_header}, timeout=5)
    answer.raise_for_status()
    return {"appointments": [{"id": e["id"], "title": f"{e['summary']}, listed from {range['startDate'][:2]}"}
                             for e in answer.json()["data"]]}
"""


def connector(folder: Path, body: str, more: str = "") -> Path:
    """Write a connector whose cancel does this; ``told`` and ``delete`` are there to be used."""
    path = folder / "connector.py"
    path.write_text(HEAD.lstrip() + textwrap.indent(textwrap.dedent(body), "    ") + "\n" + more, "utf-8")
    return path
