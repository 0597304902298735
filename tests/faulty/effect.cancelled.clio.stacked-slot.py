"""Keeps user and id in a variable, put back afterwards: right where calls nest, wrong where they alternate. [two-users-at-once]"""

import contextlib

import httpx
from parts import clio_url, failed, told

CANCELLATION = "removed"
client = httpx.AsyncClient(timeout=10)
current = None


@contextlib.contextmanager
def working_on(*call):
    global current
    before, current = current, call
    try:
        yield
    finally:
        current = before


async def send(method):
    user, auth_header, appointment_id = current
    return await client.request(method, clio_url(user, appointment_id), headers={"Authorization": auth_header})


async def cancel_appointment(*, user, auth_header, appointment_id):
    with working_on(user, auth_header, appointment_id):
        found = await send("GET")
        return told(await send("DELETE")) if found.status_code == 200 else failed()
