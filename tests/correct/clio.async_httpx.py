"""A class with an async method, httpx with a pool kept between calls; reads first, looks after."""

import httpx

CANCELLATION = "removed"


class Connector:
    def __init__(self):
        self.client = httpx.AsyncClient(timeout=20)

    async def cancel_appointment(self, *, user, auth_header, appointment_id):
        url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
        headers = {"Authorization": auth_header}
        before = await self.client.get(url, params={"fields": "id,summary,calendar_owner{id}"}, headers=headers)
        if before.status_code != 200:
            return self.answer(False, f"Not possible in Clio (HTTP {before.status_code}).", "warning")
        await self.client.delete(url, headers=headers)
        after = await self.client.get(url, headers=headers)
        if after.status_code == 404:
            return self.answer(True, f"Cancelled: {before.json()['data']['summary']}", "success")
        return self.answer(False, "Clio kept the appointment.", "warning")

    def answer(self, successful, message, kind):
        message = {"message": message, "messageType": kind, "ttl": 3000, "details": [{"title": "Clio", "items": []}]}
        return {"successful": successful, "returnMessage": message, "extra": {"version": 2}}
