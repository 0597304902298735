"""While one user is told to wait, nobody else is served: the wait holds the only event loop. [told-to-wait-long]"""

import time

import httpx
from parts import clio_url, failed, told

CANCELLATION = "removed"


async def cancel_appointment(*, user, auth_header, appointment_id):
    async with httpx.AsyncClient(timeout=5) as client:
        for _ in range(2):
            try:
                response = await client.delete(clio_url(user, appointment_id), headers={"Authorization": auth_header})
            except httpx.HTTPError:
                return failed()
            wait = response.headers.get("Retry-After", "0")
            if response.status_code not in (429, 503) or not wait.isdecimal():
                break
            time.sleep(int(wait))
    return told(response)
