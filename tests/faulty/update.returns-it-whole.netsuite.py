"""Does not read the event after the change: the answer is the patch."""

from updates import netsuite_update, updated


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    result = netsuite_update(user, auth_header, appointment_id, patch_body)
    if not result["successful"]:
        return result
    title = {"title": patch_body["title"]} if "title" in patch_body else {}
    return updated({"id": str(appointment_id), **title})
