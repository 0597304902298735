"""Looks after a lost answer without a check of the certificate: 'it is only a look'. [untrusted-certificate]"""

import warnings

import requests
from parts import ask, clio_url, done, failed, told

CANCELLATION = "removed"
warnings.simplefilter("ignore")


def cancel_appointment(*, user, auth_header, appointment_id):
    url = clio_url(user, appointment_id)

    try:
        return told(ask("DELETE", url, auth_header))
    except requests.exceptions.SSLError:
        return failed()
    except requests.RequestException:
        return done() if ask("GET", url, auth_header, verify=False).status_code == 404 else failed()
