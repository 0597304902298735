"""The connector's own line: of TypeScript that was compiled, in every report, and of what is printed."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.catalogue import HERE, NEEDS_NODE
from tests.greenroom.shell import greenroom

ESBUILD = HERE / "node_modules" / "esbuild" / "bin" / "esbuild"
TYPESCRIPT = """type Inputs = { user: { hostname: string }; authHeader: string; appointmentId: string };

interface Options { method: string; headers: Record<string, string>; signal: AbortSignal }

export const cancellation: string = 'removed';

export async function cancelAppointment({ user, authHeader, appointmentId }: Inputs) {
  const options: Options = { method: 'DELETE', headers: { Authorization: authHeader }, signal: AbortSignal.timeout(5000) };
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;
  const response = await fetch(url, options);
  if (!response.ok) {
    throw Object.assign(new Error('refused'), { response });
  }
  return { successful: true, returnMessage: { message: 'Cancelled', messageType: 'success', ttl: 3000 } };
}
"""
SENT, RAISED = 10, 12
"""The numbers of its lines that send the request, and from which the error escapes."""


@pytest.fixture(params=["external", "inline"])
def compiled(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project with a connector in TypeScript, compiled with a source map in a file of its own or in the output."""
    if not ESBUILD.is_file():
        pytest.skip("esbuild is not installed: run npm ci in tests/")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "clio.ts").write_text(TYPESCRIPT)
    command = [str(ESBUILD), "src/clio.ts", "--outfile=dist/clio.js", "--format=cjs", f"--sourcemap={request.param}"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    if request.param == "external":  # esbuild then leaves out the comment that names it
        with (tmp_path / "dist" / "clio.js").open("a") as file:
            file.write("//# sourceMappingURL=clio.js.map\n")
    return tmp_path


@NEEDS_NODE
def test_compiled_typescript_is_named_by_its_source_in_every_report(compiled: Path) -> None:
    names = ("r.json", "r.sarif", "r.xml", "r.md", "r.html")
    reports = [word for name in names for word in ("--report", name)]
    selected = ("--scenario", "absent", "--only", "truth.no-wrong-logout")
    said = greenroom(
        "certify", "dist/clio.js", "--crm", "clio", *selected, "--report", "github", *reports, cwd=compiled
    )
    sarif = json.loads((compiled / "r.sarif").read_text())["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    case = next(each for each in ET.parse(compiled / "r.xml").iter("testcase") if each.get("line"))
    raised = f"src/clio.ts:{RAISED}"

    assert f"    at        {raised}\n" in said.out
    assert f"(sent at src/clio.ts:{SENT})" in said.out
    assert f"::error file=src/clio.ts,line={RAISED}," in said.out
    assert (sarif["artifactLocation"]["uri"], sarif["region"]["startLine"]) == ("src/clio.ts", RAISED)
    assert (case.get("file"), case.get("line")) == ("src/clio.ts", str(RAISED))
    assert f"at: {raised}\n" in str(case.findtext("failure"))
    for name in ("r.json", "r.md", "r.html"):
        assert raised in (compiled / name).read_text("utf-8").replace("<wbr>", ""), name


@NEEDS_NODE
def test_a_printed_line_of_javascript_is_named(tmp_path: Path) -> None:
    (tmp_path / "helper.js").write_text("exports.log = (what) => {\n  console.log(what);\n};\n")
    (tmp_path / "c.js").write_text(
        """const { log } = require('./helper.js');

exports.cancelAppointment = async ({ appointmentId, authHeader }) => {
  console.log('cancelling %s', appointmentId);
  await Promise.resolve();
  console.error('two\\nrows');
  log({ authHeader });
  process.stdout.write('plain\\n');
  setTimeout(() => console.log('late'), 50);
  await new Promise((resolve) => setTimeout(resolve, 100));
};
"""
    )
    said = greenroom("call", "c.js", "cancelAppointment", "--crm", "clio", cwd=tmp_path)

    assert printed(said.out) == {
        "stdout    cancelling 1750624234 (at c.js:4)",
        "stdout    { authHeader: 'Bearer <owner.accessToken>' } (at helper.js:2)",
        "stdout    plain (at c.js:8)",
        "stdout    late (at c.js:9)",
        "stderr    two (at c.js:6)",
        "stderr    rows",
    }
    assert "BROKEN    safety.output-holds-no-secret" in said.out
    assert "at        helper.js:2\n" in said.out


def test_a_printed_line_of_python_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(
        """import logging
import sys

logging.basicConfig(level="INFO")


def cancel_appointment(*, user, auth_header, appointment_id):
    print("cancelling", appointment_id, end="")
    print(" now")
    logging.info("with %s", auth_header)
    sys.stderr.writelines(["one\\n", "two\\n"])
    sys.stdout.buffer.write(b"bytes\\n")
"""
    )
    said = greenroom("call", "c.py", "cancelAppointment", "--crm", "clio", cwd=tmp_path)

    assert printed(said.out) == {
        "stdout    cancelling 1750624234 now (at c.py:8)",
        "stdout    bytes",
        "stderr    INFO:root:with Bearer <owner.accessToken> (at c.py:10)",
        "stderr    one (at c.py:11)",
        "stderr    two (at c.py:11)",
    }
    assert "BROKEN    safety.output-holds-no-secret" in said.out
    assert "at        c.py:10\n" in said.out


@pytest.mark.parametrize("suffix", ["py", pytest.param("cjs", marks=NEEDS_NODE)])
def test_of_a_flood_the_first_lines_are_named(suffix: str, tmp_path: Path) -> None:
    code = {
        "py": "def cancel_appointment(*, user, auth_header, appointment_id):\n    for n in range(1000):\n        print(n)\n",
        "cjs": "exports.cancelAppointment = async () => {\n  for (let n = 0; n < 1000; n += 1) {\n    console.log(n);\n  }\n};\n",
    }
    (tmp_path / f"c.{suffix}").write_text(code[suffix])
    said = greenroom("call", f"c.{suffix}", "cancelAppointment", "--crm", "clio", cwd=tmp_path)

    assert f"stdout    0 (at c.{suffix}:3)" in said.out
    assert "stdout    … and 980 more lines" in said.out


def printed(said: str) -> set[str]:
    return {line for line in said.splitlines() if line.startswith(("stdout", "stderr"))}
