"""Leaves the time to live to App Connect."""

from parts import netsuite_patch, told

CANCELLATION = "transitioned"


def cancel_appointment(*, user, auth_header, appointment_id):
    result = told(netsuite_patch(user, auth_header, appointment_id))
    del result["returnMessage"]["ttl"]
    return result
