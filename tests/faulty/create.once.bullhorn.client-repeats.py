"""Its client repeats a PUT by itself when a connection that it kept is cut, which may have been done by then. [lost-answers]"""

import asyncio
import json
from datetime import datetime
from typing import Any

import aiohttp

TIMEOUT = aiohttp.ClientTimeout(total=5)
DOUBT = "It is not known whether Bullhorn created it. Please look there first."


async def create_appointment(*, user: dict[str, Any], auth_header: str, payload: dict[str, Any]) -> dict[str, Any]:
    start = round(datetime.fromisoformat(payload["startTimeUtc"]).timestamp() * 1000)
    body = {
        "subject": payload["title"],
        "description": payload["summary"],
        "dateBegin": start,
        "dateEnd": start + payload["durationMinutes"] * 60_000,
    }
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:  # it repeats a PUT, which HTTP calls idempotent
        if not await there(session, user):
            return told(False, "Bullhorn cannot be reached at the moment. Nothing was created.")
        status, data = await put(session, user, "Appointment", body)
        if status is not None and 300 <= status < 500:
            return told(False, f"Bullhorn did not create the appointment ({status}).")
        key = data.get("changedEntityId")
        if not isinstance(key, int):
            return told(False, DOUBT)
        people = dict.fromkeys(
            str(each["id"] if isinstance(each, dict) else each) for each in payload.get("contacts") or ()
        )
        links = [{"appointment": {"id": key}, "attendee": {"id": person}} for person in people]
        made = [(await put(session, user, "AppointmentAttendee", link))[0] == 200 for link in links]
    words = "Created in Bullhorn." if all(made) else "Created in Bullhorn, but some contacts may not be invited."
    return {**told(True, words, "success" if all(made) else "warning"), "appointmentId": str(key)}


async def there(session: aiohttp.ClientSession, user: dict[str, Any]) -> bool:
    """Return whether the session with Bullhorn still counts, after one new log-in if need be."""
    for _ in range(2):
        status, _ = await send(session, "GET", user, "ping")
        if status == 200:
            return True
        if status not in (401, 412) or not await log_in(session, user):
            return False
    return False


async def log_in(session: aiohttp.ClientSession, user: dict[str, Any]) -> bool:
    info = user["platformAdditionalInfo"]
    params = {"version": "2.0", "access_token": user.get("accessToken") or ""}
    status, data = await send(
        session, "GET", {"platformAdditionalInfo": {"restUrl": f"{info['loginUrl']}/"}}, "login", params
    )
    if status != 200 or "BhRestToken" not in data:
        return False
    user["platformAdditionalInfo"] = {**info, "bhRestToken": data["BhRestToken"], "restUrl": data["restUrl"]}
    return True


async def put(
    session: aiohttp.ClientSession, user: dict[str, Any], entity: str, body: dict[str, Any]
) -> tuple[int | None, dict[str, Any]]:
    return await send(session, "PUT", user, f"entity/{entity}", None, body)


async def send(
    session: aiohttp.ClientSession,
    method: str,
    user: dict[str, Any],
    path: str,
    params: dict[str, str] | None = None,
    body: dict[str, Any] | None = None,
) -> tuple[int | None, dict[str, Any]]:
    info = user["platformAdditionalInfo"]
    headers = {"BhRestToken": info.get("bhRestToken") or ""}
    try:
        async with session.request(
            method, f"{info['restUrl']}{path}", params=params, json=body, headers=headers, allow_redirects=False
        ) as answer:
            data = json.loads(await answer.read())
            return answer.status, data if isinstance(data, dict) else {}
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
        return None, {}


def told(successful: bool, message: str, kind: str = "") -> dict[str, Any]:
    kind = kind or ("success" if successful else "warning")
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}
