"""Gives appointments ids of its own, which lead to nothing in the CRM."""

from reads import clio_appointment, clio_read, refreshed


def refresh_appointment(*, user, auth_header, appointment_id):
    def mine(entry):
        return clio_appointment(entry, id=f"clio-{entry['id']}", thirdPartyAppointmentId=f"clio-{entry['id']}")

    return refreshed(clio_read(user, auth_header, appointment_id), mine)
