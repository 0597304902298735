"""After a lost DELETE it looks into the user's own calendar alone: what is elsewhere counts as gone. [lost-of-others]"""

import queue
import re
import threading
import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

import requests

CANCELLATION = "removed"

FIELDS = "id,summary,description,start_at,end_at,attendees{id,name,type}"
TOTAL, EACH, LONGEST_PAUSE = 25.0, 6.0, 10.0


class Answer:
    def __init__(self, status=0, headers=None, body=None):
        self.status, self.headers, self.body = status, headers or {}, body

    @property
    def data(self):
        return self.body.get("data") if isinstance(self.body, dict) else None


def _say(message, kind="warning", **more):
    done = more.pop("successful", False)
    return {"successful": done, "returnMessage": {"message": message, "messageType": kind, "ttl": 5000}, **more}


class Clio:
    def __init__(self, user, auth_header):
        get = user.get if isinstance(user, dict) else lambda key: getattr(user, key, None)
        self.base = f"https://{get('hostname')}/api/v4/"
        self.headers = {"Authorization": auth_header, "Accept": "application/json"}
        self.end = time.monotonic() + TOTAL
        self.not_before = 0.0

    def _once(self, method, path, params):
        pause = max(0.0, self.not_before - time.monotonic())
        if pause > LONGEST_PAUSE or time.monotonic() + pause + 0.5 > self.end:
            return Answer()
        time.sleep(pause)
        limit = min(EACH, self.end - time.monotonic())
        got = queue.Queue()

        def work():
            answer = Answer()
            try:
                with requests.Session() as session:
                    session.trust_env = False
                    response = session.request(
                        method,
                        self.base + path,
                        params=params,
                        headers=self.headers,
                        timeout=limit,
                        allow_redirects=False,
                        stream=True,
                        verify=_bundle(),
                    )
                    answer = Answer(response.status_code, response.headers)
                    answer.body = response.json() if response.content else None
            except (requests.RequestException, ValueError, OSError):
                pass
            got.put(answer)

        threading.Thread(target=work, daemon=True).start()
        try:
            answer = got.get(timeout=limit)
        except queue.Empty:
            return Answer()
        if answer.status in (429, 503):
            self.not_before = time.monotonic() + _retry_after(answer)
        return answer

    def ask(self, method, path, params=None):
        tried = set()
        while True:
            answer = self._once(method, path, params)
            if answer.status == 401:
                why = "401"
            elif answer.status == 429:
                why = "429"
            elif method == "GET" and (
                answer.status == 0 or answer.status >= 500 or (answer.status == 200 and answer.body is None)
            ):
                why = "read"
            else:
                return answer
            left = self.end - time.monotonic()
            wait = self.not_before - time.monotonic()
            if why in tried or left < 1 or wait > min(LONGEST_PAUSE, left - 1):
                return answer
            tried.add(why)

    def entry(self, appointment_id):
        return self.ask("GET", f"calendar_entries/{appointment_id}.json", {"fields": FIELDS})


def _bundle():
    import os

    return os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or True


def _retry_after(answer):
    text = answer.headers.get("Retry-After", "")
    if text.strip().isdigit():
        return float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(timezone.utc)).total_seconds())
    except (TypeError, ValueError):
        return 1.0 if answer.status == 429 else 0.0


def _trouble(answer, doing):
    """The refusals that every call shares; None if this answer is none of them."""
    if answer.status == 401:
        return _say("Your Clio session has ended. Please connect to Clio again.", "error", isRevokeUserSession=True)
    if answer.status == 403:
        return _say(f"Clio does not allow you to {doing} this appointment.", "error")
    if answer.status == 429:
        return _say("Clio's rate limit is reached. Please try again in a minute.")
    return None


def _absent():
    return _say("Appointment not found in Clio. It may have been cancelled already.")


def cancel_appointment(*, user, auth_header, appointment_id, **_ignored):
    try:
        if not re.fullmatch(r"[0-9]{1,19}", str(appointment_id)):
            return _absent()
        return _cancel(Clio(user, auth_header), str(appointment_id))
    except Exception:
        return _say("It is not known whether the appointment was cancelled. Please look into Clio.")


def _cancel(clio, appointment_id):
    before = clio.entry(appointment_id)
    if before.status == 404:
        return _absent()
    if before.status != 200 or not isinstance(before.data, dict):
        return _trouble(before, "see") or _say("Clio could not be reached. The appointment was not cancelled.")
    done = _say("Appointment cancelled and deleted in Clio.", "success", successful=True)
    for _ in range(2):
        answer = clio.ask("DELETE", f"calendar_entries/{appointment_id}.json")
        if answer.status == 204 or (answer.status == 200 and "html" not in answer.headers.get("Content-Type", "")):
            return done
        refused = _trouble(answer, "cancel")
        if refused:
            return refused
        if answer.status == 404:
            look = clio.entry(appointment_id)
            if look.status == 404:
                return _say("The appointment is no longer in Clio.", "success", successful=True)
            if look.status == 200 and look.data:
                return _say("Clio does not allow you to cancel this appointment.", "error")
            break
        if 400 <= answer.status < 500:
            return _say("Clio refused to cancel the appointment.", "error")
        gone = _left_the_calendar(clio, appointment_id)
        if gone:
            return done
        if gone is None:
            break
    return _say("It is not known whether the appointment was cancelled. Please look into Clio.")


def _left_the_calendar(clio, appointment_id):
    """True or False by what the calendar shows; None if it cannot be seen.

    A 404 on the entry itself would not tell a deleted entry from one that was hidden.
    """
    calendars = clio.ask(
        "GET", "calendars.json", {"owner": "true", "writeable": "true", "order": "id(asc)", "fields": "id"}
    )
    if calendars.status != 200 or not isinstance(calendars.data, list) or not calendars.data:
        return None
    shown = clio.ask(
        "GET",
        "calendar_entries.json",
        {
            "calendar_id": calendars.data[0]["id"],
            "ids[]": appointment_id,
            "fields": "id",
        },
    )
    if shown.status != 200 or not isinstance(shown.data, list):
        return None
    return all(str(entry.get("id")) != appointment_id for entry in shown.data)
