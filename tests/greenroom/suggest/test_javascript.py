"""Changes to JavaScript sources: small, and none where nothing is to be changed."""

import pytest

from greenroom.suggest.javascript import declare, encode, explain, limit, tell

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


CAUGHT = """\
  } catch (error) {
    const status = error?.response?.status;
    if (status === 401 || !(status >= 400 && status < 500)) throw error;
    const message = status === 404 ? 'Appointment not found in Clio.' : `Clio did not do this (HTTP ${status}).`;
    return { successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } };
  }
"""


@pytest.mark.parametrize(
    "head",
    [
        "exports.cancelAppointment = async ({ user, appointmentId }) => {",
        "exports.cancelAppointment = async function cancel({ user = {} }) {",
        "async function cancelAppointment(user: User): Promise<Result> {",
        "export async function cancelAppointment({ user }) {",
        "const cancelAppointment = async (user) => {",
    ],
)
def test_a_refusal_that_escapes_is_told(head: str) -> None:
    body = "  await axios.delete(url, { a: '}' }); // }\n  return done();\n"
    inside = "    await axios.delete(url, { a: '}' }); // }\n    return done();\n"
    assert explain(f"{head}\n{body}}};\n", ["cancelAppointment"], "Clio") == f"{head}\n  try {{\n{inside}{CAUGHT}}};\n"


@pytest.mark.parametrize(
    "source",
    [
        "exports.cancelAppointment = (inputs) => {\n  return axios.delete(url);\n};\n",
        "exports.cancelAppointment = async (inputs) => { return 1; };\n",
        "exports.cancelAppointment = async (inputs) => cancel(inputs);\n",
        "exports.cancelAppointment = async (inputs) => {\n  say(`two\nlines`);\n};\n",
        "exports.refreshAppointment = async (inputs) => {\n  await x();\n};\n",
        "exports.cancelAppointment = async (inputs) => {\n  await x(;\n",
    ],
)
def test_a_function_whose_lines_are_not_plain_stays(source: str) -> None:
    assert explain(source, ["cancelAppointment"], "Clio") == source


DONE = "returnMessage: { message: 'Done in Clio.', messageType: 'success', ttl: 5000 }"
NOT_DONE = (
    "returnMessage: { message: 'Clio did not do this. Please try again later.', messageType: 'warning', ttl: 5000 }"
)


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("return { successful: true };", f"return {{ successful: true, {DONE} }};"),
        ("return {\n  successful: false,\n  id,\n};", f"return {{\n  successful: false,\n  id, {NOT_DONE} }};"),
        ("return { successful: true, returnMessage };", "return { successful: true, returnMessage };"),
        ("return { successful: true, appointment };", "return { successful: true, appointment };"),
        ("return { successful: true, ...more };", "return { successful: true, ...more };"),
        ("return { successful: isDone };", "return { successful: isDone };"),
    ],
)
def test_a_result_without_a_message_gets_one(source: str, changed: str) -> None:
    assert tell(source, "Clio") == changed
