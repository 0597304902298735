"""The report as JUnit XML: one test suite a level, one test case a clause."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.clauses.judge import Verdict, Violation
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import ending
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished

_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


class JunitReport:
    """Writes the clauses as test cases when the run is over; a failed should is passed, with the advice as output."""

    several = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def handle(self, event: Event) -> None:
        """Write at the end."""
        if isinstance(event, RunFinished):
            tree = ET.ElementTree(_suites(event.certificate))
            ET.indent(tree)
            tree.write(self._path, encoding="utf-8", xml_declaration=True)


def _suites(certificate: Certificate) -> ET.Element:
    root = ET.Element("testsuites", name="greenroom", time=f"{certificate.seconds:.3f}")
    for level in LEVELS[: LEVELS.index(certificate.level) + 1]:
        verdicts = [verdict for verdict in certificate.verdicts if _level(verdict) == level]
        root.append(_suite(f"{certificate.crm}.{level}", certificate, verdicts))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    return root


def _level(verdict: Verdict) -> str:
    """Return the lowest level that a clause stands in the way of; one that holds belongs to its own."""
    levels = [violation.level for violation in verdict.violations]
    return min(levels, key=LEVELS.index, default=verdict.clause.level)


def _suite(name: str, certificate: Certificate, verdicts: list[Verdict]) -> ET.Element:
    suite = ET.Element("testsuite", name=name)
    about = ET.SubElement(ET.SubElement(suite, "properties"), "property")
    about.attrib.update(name="verdict", value=story.WORDS[certificate.verdict])
    owner = f"{certificate.target['name']}.{name}"
    cases = [_case(owner, verdict, story.about(certificate, verdict)) for verdict in verdicts]
    suite.extend(cases)
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    return suite


def _case(owner: str, verdict: Verdict, of: str) -> ET.Element:
    case = ET.Element("testcase", classname=owner, name=f"{verdict.clause.id}{of}: {verdict.clause.title}")
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", "\n\n".join(map(_story, verdict.violations)))
    if verdict.outcome == "failed" and verdict.clause.strength == "should":
        ET.SubElement(case, "system-out").text = f"advice\n{text}"
    elif verdict.outcome == "failed":
        first = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", verdict.violations[0].got)
        ET.SubElement(case, "failure", message=first, type=verdict.clause.id).text = text
    elif verdict.outcome in ("skipped", "waived"):
        ET.SubElement(case, "skipped", message=verdict.reason or verdict.outcome)
    elif verdict.outcome == "errored":
        ET.SubElement(case, "error", message=verdict.reason or "errored")
    return case


def _story(violation: Violation) -> str:
    lines = [f"scenario: {violation.scenario}", f"expected: {violation.expected}", f"got: {violation.got}"]
    ended = [f"{name}: {line}" for name, line in ending(violation)]
    return "\n".join([*lines, f"hint: {violation.hint}", *violation.evidence["exchange"], *ended])
