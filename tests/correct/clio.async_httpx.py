"""A class with an async method, httpx with a pool kept between calls; reads first, looks after where it is not sure. [two-users-at-once]"""

from urllib.parse import quote

import httpx

CANCELLATION = "removed"


class Connector:
    def __init__(self):
        self.client = httpx.AsyncClient(timeout=5)

    async def cancel_appointment(self, *, user, auth_header, appointment_id):
        url = f"https://{user['hostname']}/api/v4/calendar_entries/{quote(str(appointment_id), safe='')}.json"
        headers = {"Authorization": auth_header}
        before = await self.client.get(url, params={"fields": "id,summary,calendar_owner{id}"}, headers=headers)
        if before.status_code != 200:
            return self.answer(False, f"Not possible in Clio (HTTP {before.status_code}).", "warning")
        status = await self.status(url, headers)
        if status is None or status >= 500:
            status = 204 if (await self.client.get(url, headers=headers)).status_code == 404 else status
        if status is not None and 200 <= status < 300:
            return self.answer(True, "Cancelled.", "success")
        return self.answer(False, "Clio kept the appointment.", "warning")

    async def status(self, url, headers):
        try:
            return (await self.client.delete(url, headers=headers)).status_code
        except httpx.HTTPError:
            return None

    def answer(self, successful, message, kind):
        message = {"message": message, "messageType": kind, "ttl": 3000, "details": [{"title": "Clio", "items": []}]}
        return {"successful": successful, "returnMessage": message, "extra": {"version": 2}}
