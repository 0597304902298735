"""Answers, and deletes in the background: 'the user need not wait'. [slow-crm]"""

import threading

from parts import clio_delete, done

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    threading.Thread(target=clio_delete, args=(user, auth_header, appointment_id)).start()
    return done()
