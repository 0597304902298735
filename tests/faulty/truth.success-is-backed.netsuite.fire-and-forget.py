"""Sends the request in the background and says success at once."""

import threading

from parts import done, netsuite_patch

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    threading.Thread(target=netsuite_patch, args=(user, auth_header, appointment_id)).start()
    return done()
