"""Takes an entry that was changed since it was made for a cancelled one."""

from parts import ask, clio_url
from reads import FIELDS, clio_appointment, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    def mine(entry):
        same = entry["created_at"] == entry["updated_at"]
        return clio_appointment(entry, status="scheduled" if same else "canceled")

    params = {"fields": f"{FIELDS},created_at,updated_at"}
    return refreshed(ask("GET", clio_url(user, appointment_id), auth_header, params=params), mine)
