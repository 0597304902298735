"""The report as JUnit XML: one test suite a level, one test case a clause."""

import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from greenroom.contracts.clauses.clause import LEVELS
from greenroom.contracts.clauses.judge import Verdict, Violation
from greenroom.contracts.reports import story
from greenroom.contracts.reports.evidence import distinct, ending, wire
from greenroom.contracts.reports.places import place
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.events import Event, RunFinished

_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_MOST = 3
"""Violations of one clause that are shown whole; the others are counted."""


class JunitReport:
    """Writes the clauses of every certificate as test cases. A failed should is passed, with the advice as output."""

    several = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._certificates: list[Certificate] = []

    def handle(self, event: Event) -> None:
        """Write at the end of each target."""
        if isinstance(event, RunFinished):
            self._certificates.append(event.certificate)
            tree = ET.ElementTree(_suites(self._certificates))
            ET.indent(tree)
            tree.write(self._path, encoding="utf-8", xml_declaration=True)


def _suites(certificates: list[Certificate]) -> ET.Element:
    root = ET.Element("testsuites", name="greenroom", time=f"{sum(each.seconds for each in certificates):.3f}")
    for certificate in certificates:
        root.extend(_of_levels(certificate) if certificate.failure is None else [_unjudged(certificate)])
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    return root


def _of_levels(certificate: Certificate) -> list[ET.Element]:
    levels = LEVELS[: LEVELS.index(certificate.level) + 1]
    by_level = {level: [verdict for verdict in certificate.verdicts if _level(verdict) == level] for level in levels}
    return [_suite(level, certificate, verdicts) for level, verdicts in by_level.items()]


def _level(verdict: Verdict) -> str:
    """Return the lowest level that a clause stands in the way of; one that holds belongs to its own."""
    levels = [violation.level for violation in verdict.violations]
    return min(levels, key=LEVELS.index, default=verdict.clause.level)


def _suite(level: str, certificate: Certificate, verdicts: list[Verdict]) -> ET.Element:
    owner = _owner(certificate, level)
    cases = [_case(owner, each, certificate) for each in verdicts]
    for case, verdict in zip(cases, verdicts, strict=True):
        case.attrib |= _where(certificate, verdict)
    return _filled(level, certificate, cases)


def _where(certificate: Certificate, verdict: Verdict) -> dict[str, str]:
    """Return the attributes that name the place of a failure: CI servers link to it."""
    first = next(iter(verdict.violations), None)
    if first is None or first.at is None:
        return {}
    file, number = place(certificate, first)
    return {"file": file, "line": str(number)}


def _unjudged(certificate: Certificate) -> ET.Element:
    case = ET.Element("testcase", classname=_owner(certificate, "all"), name="the connector can be judged", time="0")
    ET.SubElement(case, "error", message=_clean(certificate.failure or ""))
    return _filled("all", certificate, [case])


def _filled(level: str, certificate: Certificate, cases: list[ET.Element]) -> ET.Element:
    seconds = sum(float(case.get("time", "0")) for case in cases)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    suite = ET.Element("testsuite", name=f"{certificate.crm}.{level}", time=f"{seconds:.3f}", timestamp=now)
    about = ET.SubElement(ET.SubElement(suite, "properties"), "property")
    about.attrib.update(name="verdict", value=story.WORDS[certificate.verdict])
    suite.extend(cases)
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("tests", str(len(cases)))
    return suite


def _owner(certificate: Certificate, level: str) -> str:
    """Return the class of a case. CI servers split it at dots: the name of a file has none here."""
    name = str(certificate.target["name"]).replace(".", "_")
    return f"{name}.{certificate.crm}.{level}"


def _case(owner: str, verdict: Verdict, certificate: Certificate) -> ET.Element:
    name = f"{verdict.clause.id}{story.about(certificate, verdict)}: {verdict.clause.title}"
    case = ET.Element("testcase", classname=owner, name=name, time=f"{verdict.seconds:.3f}")
    text = _clean(_stories(verdict))
    if story.outcome(verdict) == story.NOT_SCORED:
        ET.SubElement(case, "skipped", message=f"{verdict.outcome}. {story.why_unscored(certificate)}")
        ET.SubElement(case, "system-out").text = text
    elif verdict.outcome == "failed" and verdict.clause.strength == "should":
        ET.SubElement(case, "system-out").text = f"advice\n{text}"
    elif verdict.outcome == "failed":
        first = _clean(verdict.violations[0].got)
        ET.SubElement(case, "failure", message=first, type=verdict.clause.id).text = text
    elif verdict.outcome in ("skipped", "waived"):
        ET.SubElement(case, "skipped", message=verdict.reason or verdict.outcome)
    elif verdict.outcome == "errored":
        ET.SubElement(case, "error", message=verdict.reason or "errored")
    return case


def _clean(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _stories(verdict: Verdict) -> str:
    shown = distinct(verdict.violations)[:_MOST]
    more = len(verdict.violations) - len(shown)
    rest = [f"… and in {more} more of the {verdict.judged} calls judged"] if more else []
    return "\n\n".join([*map(_story, shown), *rest])


def _story(violation: Violation) -> str:
    lines = [f"at: {violation.at}"] if violation.at else []
    lines += [f"scenario: {violation.scenario}", f"expected: {violation.expected}", f"got: {violation.got}"]
    ended = [f"{name}: {line}" for name, line in ending(violation)]
    return "\n".join([*lines, f"hint: {violation.hint}", *wire(violation), *ended])
