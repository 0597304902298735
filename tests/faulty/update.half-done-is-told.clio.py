"""Changes the attendees in a second request, and swallows what goes wrong there. [update-second-step]"""

import requests
from reads import clio_appointment
from updates import clio_data, clio_lines, clio_update, clio_write


def update_appointment(*, user, auth_header, appointment_id, patch_body):
    lines = {}

    def fields(patch, entry):
        lines.update(clio_lines(patch, entry))
        return {name: value for name, value in clio_data(patch, entry).items() if name != "attendees"}

    result = clio_update(user, auth_header, appointment_id, patch_body, fields)
    if result["successful"] and lines:
        try:
            answer = clio_write(user, auth_header, appointment_id, lines)
            if answer.status_code == 200:
                result["appointment"] = clio_appointment(answer.json()["data"])
        except requests.RequestException:
            pass
    return result
