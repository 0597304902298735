"""Changes to JavaScript sources: small, and none where nothing is to be changed."""

import pytest

from greenroom.suggest.javascript import declare, encode, limit

SIGNAL = "signal: AbortSignal.timeout(7_000)"


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("await axios.delete(url, { headers });", f"await axios.delete(url, {{ {SIGNAL}, headers }});"),
        ("axios.delete(url)", f"axios.delete(url, {{ {SIGNAL} }})"),
        ("axios.patch(url, { a: [1, 2] }, {})", f"axios.patch(url, {{ a: [1, 2] }}, {{ {SIGNAL}}})"),
        ("axios.post(url, { title })", f"axios.post(url, {{ title }}, {{ {SIGNAL} }})"),
        ("axios({ url, method })", f"axios({{ {SIGNAL}, url, method }})"),
        ("fetch(`${host}/a,b`, { method: 'DELETE' })", f"fetch(`${{host}}/a,b`, {{ {SIGNAL}, method: 'DELETE' }})"),
        ("axios.get(url, { timeout: 5 })", "axios.get(url, { timeout: 5 })"),
        ("axios.get(url, options)", "axios.get(url, options)"),
        ("axios.get(url, { ...options })", "axios.get(url, { ...options })"),
        ("prefetch(url)", "prefetch(url)"),
        ("axios.post(url)", "axios.post(url)"),
        ("axios.get(url", "axios.get(url"),
    ],
)
def test_requests_get_a_signal(source: str, changed: str) -> None:
    assert limit(source, 7) == changed


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("`/a/${appointmentId}.json`", "`/a/${encodeURIComponent(appointmentId)}.json`"),
        ("`${appointmentId} is gone`", "`${appointmentId} is gone`"),
        ("`/a/${encodeURIComponent(appointmentId)}`", "`/a/${encodeURIComponent(appointmentId)}`"),
    ],
)
def test_ids_in_paths_are_encoded(source: str, changed: str) -> None:
    assert encode(source) == changed


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("exports.cancelAppointment = f;", "exports.cancellation = 'removed';\n"),
        ("module.exports = { f };", "module.exports.cancellation = 'removed';\n"),
        ("export async function f() {}\n", "export const cancellation = 'removed';\n"),
        ("exports.f = f;\nexport {};\n", "exports.cancellation = 'removed';\n"),
    ],
)
def test_a_declaration_is_written_as_the_module_exports(source: str, line: str) -> None:
    assert declare(source, "removed").splitlines(keepends=True)[-1] == line
    assert declare(declare(source, "removed"), "removed") == declare(source, "removed")
