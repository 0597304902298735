"""verify=False, left over from a test against a local server. [untrusted-certificate]"""

import warnings

import requests
from parts import clio_url, told

CANCELLATION = "removed"
warnings.simplefilter("ignore")


def cancel_appointment(*, user, auth_header, appointment_id):
    headers = {"Authorization": auth_header}
    return told(requests.delete(clio_url(user, appointment_id), headers=headers, timeout=10, verify=False))  # <- here
