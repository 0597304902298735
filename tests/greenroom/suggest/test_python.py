"""Changes to Python sources: small, and none where nothing is to be changed."""

import pytest

from greenroom.suggest.python import declare, encode, explain, limit, tell


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("requests.get(url)", "requests.get(url, timeout=7)"),
        ("requests.get(\n    url,\n)", "requests.get(\n    url,\n timeout=7)"),
        ("session.patch('ä', json={})", "session.patch('ä', json={}, timeout=7)"),
        ("requests.get(url, timeout=3)", "requests.get(url, timeout=3)"),
        ("requests.get(url, **options)", "requests.get(url, **options)"),
        ("cache.get(url)", "cache.get(url)"),
        ("requests.get(", "requests.get("),
    ],
)
def test_requests_get_a_time_out(source: str, changed: str) -> None:
    assert limit(source, 7) == changed


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        (
            'import x\nu = f"https://h/a/{appointment_id}.json"\n',
            "import x\nfrom urllib.parse import quote\nu = f\"https://h/a/{quote(str(appointment_id), safe='')}.json\"\n",
        ),
        (
            "from urllib.parse import quote\nu = f'/a/{appointment_id}'\n",
            "from urllib.parse import quote\nu = f'/a/{quote(str(appointment_id), safe=\"\")}'\n",
        ),
        ('print(f"{appointment_id} is gone")', 'print(f"{appointment_id} is gone")'),
        ('u = f"/a/{quote(appointment_id)}"', 'u = f"/a/{quote(appointment_id)}"'),
    ],
)
def test_ids_in_paths_are_encoded(source: str, changed: str) -> None:
    assert encode(source) == changed


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ('"""Doc."""\n\nx = 1\n', '"""Doc."""\n\nCANCELLATION = "removed"\n\nx = 1\n'),
        ("import a\n\n\ndef f(): ...\n", 'import a\n\nCANCELLATION = "removed"\n\n\ndef f(): ...\n'),
        ("x = 1\n", 'CANCELLATION = "removed"\nx = 1\n'),
        ("class A:\n    CANCELLATION = 'removed'\n", "class A:\n    CANCELLATION = 'removed'\n"),
    ],
)
def test_a_declaration_stands_below_the_imports(source: str, changed: str) -> None:
    assert declare(source, "removed") == changed


HEAD = 'import requests\n\n\ndef cancel_appointment(*, user):\n    """Cancel."""\n'
CAUGHT = """\
    except requests.HTTPError as error:
        status = error.response.status_code
        if status == 401 or not 400 <= status < 500:
            raise
        message = "Appointment not found in Clio." if status == 404 else f"Clio did not do this (HTTP {status})."
        return {"successful": False, "returnMessage": {"message": message, "messageType": "warning", "ttl": 5000}}
"""


def test_a_refusal_that_escapes_is_told() -> None:
    before = f"{HEAD}    response = send('ä')\n\n    return done(response)"
    after = f"{HEAD}    try:\n        response = send('ä')\n\n        return done(response)\n{CAUGHT}"

    assert explain(before, ["cancelAppointment"], "Clio") == after
    assert explain(before, ["refreshAppointment"], "Clio") == before


def test_httpx_has_an_error_of_its_own() -> None:
    found = explain("import httpx\nasync def cancelAppointment(user):\n    await x()\n", ["cancelAppointment"], "Clio")

    assert "except httpx.HTTPStatusError as error:" in found


@pytest.mark.parametrize(
    "source",
    [
        "def cancel_appointment(user):\n    return 1\n",
        "import requests\ndef cancel_appointment(user): return 1\n",
        'import requests\ndef cancel_appointment(user):\n    x = """two\nlines"""\n    return x\n',
        "import requests\ndef cancel_appointment(",
    ],
)
def test_a_function_whose_lines_are_not_plain_stays(source: str) -> None:
    assert explain(source, ["cancelAppointment"], "Clio") == source


DONE = '"returnMessage": {"message": "Done in Clio.", "messageType": "success", "ttl": 5000}'
NOT_DONE = '"returnMessage": {"message": "Clio did not do this. Please try again later.", "messageType": "warning", "ttl": 5000}'


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("x = {'successful': True}", f"x = {{'successful': True, {DONE}}}"),
        ("x = {'successful': False, }", f"x = {{'successful': False,  {NOT_DONE}}}"),
        ("x = {'successful': True, 'returnMessage': y}", "x = {'successful': True, 'returnMessage': y}"),
        ("x = {'successful': True, 'appointment': y}", "x = {'successful': True, 'appointment': y}"),
        ("x = {'successful': True, **more}", "x = {'successful': True, **more}"),
        ("x = {'successful': done}", "x = {'successful': done}"),
    ],
)
def test_a_result_without_a_message_gets_one(source: str, changed: str) -> None:
    assert tell(source, "Clio") == changed
