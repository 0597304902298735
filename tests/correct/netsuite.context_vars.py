"""One asynchronous client for all; whose call it is stands in a context variable, which each task has for itself. [two-users-at-once]"""

from contextvars import ContextVar
from urllib.parse import quote

import httpx

CANCELLATION = "transitioned"
caller = ContextVar("caller")
client = httpx.AsyncClient(timeout=5)


async def cancel_appointment(*, user, auth_header, appointment_id):
    account, key = user["hostname"].split(".")[0], quote(str(appointment_id), safe="")
    url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/{key}"
    token = caller.set((url, auth_header))
    try:
        return await cancel()
    except httpx.HTTPError:
        return told(False, "NetSuite does not answer. Please look there whether the event is cancelled.")
    finally:
        caller.reset(token)


async def cancel():
    if (await ask("GET")).status_code != 200:
        return told(False, "NetSuite does not show the event.")
    try:
        written = (await ask("PATCH", json={"status": {"id": "CANCELLED"}})).status_code
    except httpx.HTTPError:
        after = await ask("GET")
        cancelled = after.status_code == 200 and after.json()["status"]["id"] == "CANCELLED"
        return told(cancelled, "NetSuite was slow; this is how the event stands.")
    return told(200 <= written < 300, f"NetSuite said {written}.")


async def ask(method, **more):
    url, auth_header = caller.get()
    return await client.request(method, url, headers={"Authorization": auth_header}, **more)


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}
