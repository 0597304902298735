"""Takes the first id in the response for the entry's, and it is the calendar's."""

from creates import clio_calendar, clio_create, created


def create_appointment(*, user, auth_header, payload):
    def tell(appointment):
        return created(appointment, appointmentId=str(clio_calendar(user, auth_header)))

    return clio_create(user, auth_header, payload, tell=tell)
