"""Remembers who was refused by 401, and turns them away after they connected anew. [expired-token]"""

from parts import ask, clio_url, failed, told

CANCELLATION = "removed"
logged_out = set()


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    if user["id"] in logged_out:
        return failed("Your Clio log-in is no longer valid.")
    response = ask("DELETE", url, auth_header)
    if response.status_code == 401:
        logged_out.add(user["id"])
    return told(response)
