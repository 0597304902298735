"""aiohttp; keeps a renewed token for the user and the token that it replaces; logs which one by its hash and last four. [log-in-of-another]"""

import hashlib
import os
import re

import aiohttp

CANCELLATION = "transitioned"
renewed_tokens = {}
LIMIT = aiohttp.ClientTimeout(total=6)


async def cancel_appointment(*, user, auth_header, appointment_id):
    if not re.fullmatch(r"[1-9][0-9]{0,9}", str(appointment_id), re.ASCII):
        return answer(False, "There is no such event.")
    account = user["hostname"].split(".")[0]
    base = f"https://{account}.suitetalk.api.netsuite.com/services/rest"
    async with aiohttp.ClientSession(timeout=LIMIT) as session:
        try:
            status = await cancelled(session, base, user, auth_header, appointment_id)
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return answer(False, "NetSuite did not answer. Please look there whether the event still stands.")
    if 200 <= status < 300:
        return answer(True, "Event cancelled.")
    return answer(False, "Please connect NetSuite again." if status == 401 else f"NetSuite answered {status}.")


async def cancelled(session, base, user, auth_header, key):
    """Return the status of the cancellation, with a new token where the given one counts no more."""
    url, place = f"{base}/record/v1/calendarEvent/{key}", (user["id"], auth_header)
    status = await patch(session, url, renewed_tokens.get(place, auth_header))
    if status != 401:
        return status
    token = await renew(session, base, user)
    if token is None:
        return 401
    renewed_tokens[place] = f"Bearer {token}"
    digest = hashlib.sha256(token.encode()).hexdigest()
    print(f"renewed the token of {user['id']}: {digest[:12]}, …{token[-4:]}, {token[:8]}…")
    return await patch(session, url, renewed_tokens[place])


async def patch(session, url, header):
    body, headers = {"status": {"id": "CANCELLED"}}, {"Authorization": header}
    async with session.patch(url, json=body, headers=headers, allow_redirects=False) as reply:
        return reply.status


async def renew(session, base, user):
    form = {"grant_type": "refresh_token", "refresh_token": user["refreshToken"]}
    app = aiohttp.BasicAuth(os.environ["NETSUITE_CLIENT_ID"], os.environ["NETSUITE_CLIENT_SECRET"])
    url = f"{base}/auth/oauth2/v1/token"
    async with session.post(url, data=form, auth=app, allow_redirects=False) as reply:
        found = await reply.json(content_type=None) if reply.status == 200 else None
    return found.get("access_token") if isinstance(found, dict) else None


def answer(successful, message):
    kind = "success" if successful else "warning"
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 3000}}
