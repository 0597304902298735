"""Oracle's own spellings: lower-case record name, trailing slash, bare status, vendor media type; an aiohttp factory. [unusable-answers]"""

from urllib.parse import quote

import aiohttp
from yarl import URL


class Connector:
    CANCELLATION = "transitioned"

    async def cancelAppointment(self, user, authHeader, appointmentId):
        account = user["hostname"].partition(".")[0]
        key = quote(str(appointmentId), safe="")
        url = f"https://{account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarevent/{key}/"
        headers = {
            "Authorization": authHeader,
            "Content-Type": "application/vnd.oracle.resource+json; type=singular",
        }
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            async with session.patch(
                URL(url, encoded=True), data='{"status": "CANCELLED"}', headers=headers, allow_redirects=False
            ) as response:
                done, told = 200 <= response.status < 300, "application/" in response.headers.get("Content-Type", "")
                body = await response.json(content_type=None) if not done and told else {"o:errorDetails": []}
        if done:
            return {"successful": True, "appointment": {"id": str(appointmentId), "status": "CANCELLED"}}
        text = " ".join(item["detail"] for item in body["o:errorDetails"])
        return {"successful": False, "returnMessage": {"message": text, "messageType": "warning", "ttl": 60000}}


def create():
    return Connector()
