"""Always replaces the attendees and writes the message: without contacts nobody is invited any more."""

from updates import netsuite_fields, netsuite_lines, netsuite_update


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    def always(patch, event):
        return {"message": "", **netsuite_fields(patch, event)}

    def lines(patch, employees):
        return netsuite_lines({"contacts": [], **patch}, employees)

    return netsuite_update(user, auth_header, appointment_id, patch_body, always, lines)
