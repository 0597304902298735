"""A renewed token is kept for its host, and everybody there goes on with it. [log-in-of-another]"""

import json
import os
import urllib.error
import urllib.parse
import urllib.request

from parts import clio_url, done, failed

CANCELLATION = "removed"
renewed_at = {}


def cancel_appointment(*, user, auth_header, appointment_id):
    host = user["hostname"]
    try:
        status = delete(clio_url(user, appointment_id), renewed_at.get(host, auth_header))
        if status == 401:
            renewed_at[host] = f"Bearer {renewed(user)}"
            status = delete(clio_url(user, appointment_id), renewed_at[host])
    except (OSError, ValueError, KeyError):
        return failed()
    return done() if 200 <= status < 300 else failed()


def delete(url, header):
    request = urllib.request.Request(url, method="DELETE", headers={"Authorization": header})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def renewed(user):
    form = {
        "grant_type": "refresh_token",
        "refresh_token": user["refreshToken"],
        "client_id": os.environ["CLIO_CLIENT_ID"],
        "client_secret": os.environ["CLIO_CLIENT_SECRET"],
    }
    address = f"https://{user['hostname']}/oauth/token"
    with urllib.request.urlopen(address, urllib.parse.urlencode(form).encode(), timeout=5) as answer:
        return json.load(answer)["access_token"]
