"""Cancels with a DELETE, which sets the flag, too; logs in by POST; looks before and after. [lost-answers]"""

import httpx

CANCELLATION = "flagged"


async def cancel_appointment(*, user, auth_header, appointment_id):
    key = str(appointment_id)
    if not (key.isascii() and key.isdecimal()) or len(key) > 18:
        return told(False, "There is no such appointment in Bullhorn.")
    async with httpx.AsyncClient(timeout=4) as client:
        try:
            if await flag(client, user, key) is not False:
                return told(False, "Bullhorn shows no such appointment that is still on.")
            status, _ = await ask(client, user, "DELETE", key)
            done = 200 <= status < 300 or (not 300 <= status < 500 and await flag(client, user, key) is True)
            return told(done, "Cancelled in Bullhorn." if done else "Not known: please look in Bullhorn.")
        except httpx.HTTPError:
            return told(False, "Bullhorn cannot be reached.")


async def flag(client, user, key):
    """Return what the appointment's flag says; None where it is not to be had."""
    status, body = await ask(client, user, "GET", key, params={"fields": "isDeleted"})
    data = body.get("data") if status == 200 and isinstance(body, dict) else None
    return data.get("isDeleted") if isinstance(data, dict) else None


async def ask(client, user, method, key, **more):
    """Return status and body; 0 where the answer was lost. One log-in follows a 401."""
    for last in (False, True):
        info = user["platformAdditionalInfo"]
        url, headers = f"{info['restUrl']}entity/Appointment/{key}", {"BhRestToken": info.get("bhRestToken") or ""}
        try:
            response = await client.request(method, url, headers=headers, **more)
        except httpx.HTTPError:
            return 0, None
        if response.status_code not in (401, 412) or last or not await log_in(client, user):
            break
    try:
        return response.status_code, response.json()
    except ValueError:
        return response.status_code, None


async def log_in(client, user):
    info = user["platformAdditionalInfo"]
    params = {"version": "*", "access_token": user["accessToken"] or "", "ttl": "5"}
    try:
        found = (await client.post(f"{info['loginUrl']}/login", params=params)).json()
        user["platformAdditionalInfo"] = {**info, "bhRestToken": found["BhRestToken"], "restUrl": found["restUrl"]}
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return False
    return True


def told(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}
