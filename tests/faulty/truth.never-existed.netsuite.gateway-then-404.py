"""Repeats after a gateway's failure; 'does not exist' afterwards is taken for an event that it cancelled. [lost-and-absent]"""

import asyncio

import aiohttp
from parts import done, failed, netsuite_url
from yarl import URL

CANCELLATION = "transitioned"


async def cancel_appointment(*, user, auth_header, appointment_id):
    url = URL(netsuite_url(user, appointment_id), encoded=True)
    limit = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(headers={"Authorization": auth_header}, timeout=limit) as session:
        failures = []
        while len(failures) < 3:
            try:
                async with session.patch(url, json={"status": "CANCELLED"}, allow_redirects=False) as response:
                    status = response.status
            except (aiohttp.ClientError, asyncio.TimeoutError):
                return failed("NetSuite does not answer.")
            if status not in (502, 503, 504):
                return done() if status == 204 or (failures and status == 404) else failed()  # <- here
            failures.append(status)
    return failed("NetSuite is not available.")
