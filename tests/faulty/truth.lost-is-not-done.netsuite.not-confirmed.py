"""Compares the status before and after a lost answer: one that cannot be read any more is 'not CONFIRMED', and so cancelled. [lost-and-blind]"""

import asyncio

import aiohttp
from parts import done, failed, netsuite_url
from yarl import URL

CANCELLATION = "transitioned"


async def cancel_appointment(*, user, auth_header, appointment_id):
    url = URL(netsuite_url(user, appointment_id), encoded=True)
    limit = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(headers={"Authorization": auth_header}, timeout=limit) as session:
        before = await status(session, url)
        if before is None:
            return failed("This event cannot be read.")
        try:
            async with session.patch(url, json={"status": {"id": "CANCELLED"}}, allow_redirects=False) as response:
                return done() if response.status == 204 else failed()
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return done() if await status(session, url) != before else failed("The event still stands.")  # <- here


async def status(session, url):
    try:
        async with session.get(url, allow_redirects=False) as response:
            return (await response.json(content_type=None))["status"]["id"]
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, TypeError, KeyError):
        return None
