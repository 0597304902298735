"""Changes to Python sources: small, and none where nothing is to be changed."""

import pytest

from greenroom.suggest.python import declare, encode, limit


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
