"""Makes Python's default contexts verify nothing, for everybody. [plain]"""

import ssl

from parts import netsuite_patch, told

CANCELLATION = "transitioned"
ssl._create_default_https_context = ssl._create_unverified_context


def cancel_appointment(*, user, auth_header, appointment_id):
    return told(netsuite_patch(user, auth_header, appointment_id))
