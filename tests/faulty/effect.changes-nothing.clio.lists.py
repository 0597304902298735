"""Marks each entry that it lists with a property of its own."""

import requests
from lists import clio_list, clio_url, failed, listed


def list_appointments(*, user, auth_header, range=None):
    try:
        items = clio_list(user, auth_header, range)
        for item in items[:3]:
            url = clio_url(user).replace(".json", f"/{item['id']}.json")
            seen = {"external_properties": [{"name": "listed", "value": "yes"}]}
            requests.patch(url, json={"data": seen}, headers={"Authorization": auth_header}, timeout=10)
        return listed(items)
    except (OSError, ValueError, KeyError):
        return failed()
