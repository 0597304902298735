"""Returns the new id and nothing else, as App Connect's connector for Bullhorn does."""

from creates import netsuite_create


def create_appointment(*, user, auth_header, payload):
    return netsuite_create(
        user, auth_header, payload, tell=lambda appointment: {"appointmentId": str(appointment["id"])}
    )
