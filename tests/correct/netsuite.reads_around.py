"""aiohttp, redirects followed but only 204 believed; reads before and, whatever was answered, after; 'not known' is a warning. [edited-meanwhile]"""

import asyncio
import json
from urllib.parse import quote

import aiohttp
from yarl import URL

CANCELLATION = "transitioned"


async def cancel_appointment(*, user, auth_header, appointment_id):
    host = f"{user['hostname'].split('.')[0]}.suitetalk.api.netsuite.com"
    url = URL(
        f"https://{host}/services/rest/record/v1/calendarEvent/{quote(str(appointment_id), safe='')}", encoded=True
    )
    limit = aiohttp.ClientTimeout(total=4)
    async with aiohttp.ClientSession(headers={"Authorization": auth_header}, timeout=limit) as session:
        if await status(session, url) is None:
            return tell(False, "This event cannot be read in NetSuite.", "warning")
        try:
            async with session.patch(url, json={"status": {"id": "CANCELLED"}}) as response:
                code = response.status
        except (aiohttp.ClientError, asyncio.TimeoutError):
            code = 0
        if code == 204 or await status(session, url) == "CANCELLED":
            return tell(True, "The event is cancelled.", "success")
        return tell(False, f"NetSuite confirmed nothing ({code}). Please look at the event.", "warning")


async def status(session, url):
    try:
        async with session.get(url, params={"fields": "status"}) as response:
            found = json.loads(await response.read()) if response.status == 200 else None
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
        return None
    value = found.get("status") if isinstance(found, dict) else None
    return value.get("id") if isinstance(value, dict) else None


def tell(successful, message, kind):
    return {"successful": successful, "returnMessage": {"message": message, "messageType": kind, "ttl": 4000}}
