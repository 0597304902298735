"""Our run-time schemas and our 'what the user would see' against the published core itself: no disagreement."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from greenroom.contracts import schemas
from greenroom.contracts.clauses.toast import seen
from greenroom.contracts.harness.requests import CREATED, PATCHED, STATUS, Request
from greenroom.contracts.interfaces import INTERFACES, LIST, OF_ONE
from tests.catalogue import HERE, NEEDS_NODE, examples

pytestmark = [
    NEEDS_NODE,
    pytest.mark.skipif(
        not (HERE / "node_modules" / "@app-connect").is_dir(),
        reason="@app-connect/core is not installed: run make test",
    ),
]
THOROUGH = settings(max_examples=examples(3000, 120), deadline=None, suppress_health_check=list(HealthCheck))

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 2**33),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from(["", " ", "success", "warning", "m", "7", "true"]),
    st.text(max_size=5),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
MOMENTS = st.one_of(
    SCALARS,
    st.sampled_from(
        [
            "2027-02-28T09:00:00Z",
            "2027-02-29T09:00:00Z",
            "2028-02-29T09:00:00.123Z",
            "2000-02-29T09:00:00+02:00",
            "1900-02-29T09:00:00Z",
            "2027-04-31T09:00:00Z",
            "2027-07-20T19:00Z",
            "2027-07-20 19:00:00Z",
            "2027-07-20T24:00:00Z",
            "2027-07-20T19:00:60Z",
            "2027-07-20T19:00:00z",
            "2027-07-20T19:00:00+0200",
            "2027-07-20T19:00:00-23:59",
            "2027-07-20T19:00:00+24:00",
            "2027-07-20T19:00:00Z\n",
            "2027-07-20T19:00:00.Z",
        ]
    ),
    st.datetimes().map(lambda moment: moment.isoformat() + "Z"),
)


def some(**fields: Any) -> st.SearchStrategy[Any]:
    """Return objects with any of these fields, or something else altogether."""
    return st.fixed_dictionaries({}, optional=fields) | VALUES


MESSAGE = some(
    message=SCALARS,
    messageType=SCALARS,
    ttl=st.sampled_from([0, 3000, 3000.0, 1.5, -1, 2**31 - 1, 2**31, "3000", None]) | SCALARS,
    details=st.lists(VALUES, max_size=2) | SCALARS,
    more=VALUES,
)
ATTENDEE = some(id=SCALARS, name=SCALARS, type=SCALARS, status=SCALARS, email=SCALARS)
APPOINTMENT = some(
    id=SCALARS,
    thirdPartyAppointmentId=SCALARS,
    title=SCALARS,
    startTimeUtc=MOMENTS,
    durationMinutes=SCALARS,
    status=SCALARS,
    contactId=SCALARS,
    attendees=st.lists(ATTENDEE, max_size=2) | SCALARS,
    attendeeIds=st.lists(SCALARS, max_size=2) | SCALARS,
)
REVOKES: st.SearchStrategy[Any] = st.sampled_from([False, None, 0, "", 0.0, True, 1, "false", [], {}])
RESULTS = some(
    successful=st.booleans() | SCALARS,
    isRevokeUserSession=REVOKES,
    returnMessage=MESSAGE,
    appointment=APPOINTMENT,
    appointmentId=SCALARS,
    more=VALUES,
)
ERRORS = some(message=st.text(max_size=5), response=some(status=st.integers(390, 520) | SCALARS, data=VALUES))


class Core:
    """The published core in a process of its own: one line in, one line out."""

    def __init__(self) -> None:
        oracle = HERE / "contracts" / "core_oracle.cjs"
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(["node", str(oracle)], cwd=HERE, text=True, **pipes)  # type: ignore[call-overload]

    def ask(self, said: dict[str, Any]) -> dict[str, Any]:
        self._process.stdin.write(json.dumps(said) + "\n")
        self._process.stdin.flush()
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@pytest.fixture(scope="module")
def core() -> Iterator[Core]:
    found = Core()
    yield found
    found.close()


def ours(outcome: dict[str, Any], interface: str = "cancelAppointment") -> dict[str, Any]:
    """Return what we say, in the core's terms."""
    told = seen(outcome, INTERFACES[interface], {"appointmentId": "7"}, "Clio")
    names = ("message", "messageType", "ttl", "details")
    return {"http": told["http"], **{name: told[name] if told["http"] == 200 else None for name in names}}


@pytest.mark.parametrize("interface", OF_ONE)
def test_returned_values(core: Core, interface: str) -> None:
    counts = {200: 0, 400: 0, 401: 0}

    @THOROUGH
    @given(RESULTS)
    @example({"successful": True})
    @example({"appointment": 7, "appointmentId": 7, "returnMessage": 7})
    @example({"isRevokeUserSession": True})
    def agree(value: Any) -> None:
        theirs = core.ask({"returned": value, "interface": interface})
        counts[theirs["http"]] += 1
        assert ours({"kind": "returned", "value": value}, interface) == theirs

    agree()
    assert min(counts.values()) > 0, "all directions were exercised"


DAYS = st.one_of(
    st.dates().map(str),
    st.sampled_from(["2027-02-29", "2028-02-29", "1900-02-29", "2027-4-1", "2027-03-02T10:00:00Z", "", " 2027-03-02"]),
    st.text("0123456789-", max_size=10),
)
ITEMS: tuple[tuple[str, Any, Any], ...] = (
    ("id", 0, " "),
    ("thirdPartyAppointmentId", None, {}),
    ("title", None, 7),
    ("description", "", False),
    ("startTimeUtc", "2027-03-02T10:00:00+05:30", "2027-03-02T10:00Z"),
    ("durationMinutes", 0, -1),
    ("status", "CANCELLED", 3),
    ("contactId", 5, []),
    ("attendees", [{"id": "", "name": ""}], [{"id": 1, "name": None}]),
    ("attendees", [], None),
    ("attendeeIds", [1, "2"], [None]),
)
LISTS = some(
    successful=st.booleans() | SCALARS,
    isRevokeUserSession=REVOKES,
    returnMessage=MESSAGE,
    appointments=st.lists(APPOINTMENT, max_size=3) | SCALARS,
)


def test_listed_appointments(core: Core) -> None:
    counts = {200: 0, 400: 0, 401: 0}

    @THOROUGH
    @given(LISTS)
    @example({"appointments": []})
    @example({"appointments": 7})
    @example({"isRevokeUserSession": True})
    def agree(value: Any) -> None:
        theirs = core.ask({"returned": value, "interface": "listAppointments"})
        counts[theirs["http"]] += 1
        assert ours({"kind": "returned", "value": value}, "listAppointments") == theirs

    agree()
    assert min(counts.values()) > 0, "all directions were exercised"


def test_a_list_is_refused_for_one_bad_item(core: Core) -> None:
    """Each property of an appointment in turn, right and wrong, beside one that is right."""
    for name, right, wrong in ITEMS:
        for value, http in ((right, 200), (wrong, 400)):
            listed = {"appointments": [{"id": "1"}, {"id": "2", name: value}]}
            theirs = core.ask({"returned": listed, "interface": "listAppointments"})
            assert theirs["http"] == http, (name, value)
            assert ours({"kind": "returned", "value": listed}, "listAppointments") == theirs


def test_ranges(core: Core) -> None:
    """What App Connect refuses is never sent, and what it passes on follows our schema."""
    fake = {"user": {"id": "1", "platform": "clio", "hostname": "h", "accessToken": "t"}, "authHeader": "Bearer t"}

    @THOROUGH
    @given(st.tuples(DAYS, DAYS))
    def agree(days: tuple[str, str]) -> None:
        span = dict(zip(("startDate", "endDate"), days, strict=True))
        given = {**fake, "range": span}
        passed = schemas.problem("listAppointments.input", given) is None and LIST.refused(given) is None
        assert core.ask({"range": span}) == {"passed": passed}

    agree()


TITLES = st.sampled_from(["Call", " Call ", "\ufeffCall", "Call\x1c", "C\u00a0l", "\n", "\u2028x", ""]) | SCALARS
CONTACT_IDS = (
    st.sampled_from(
        ["7", "07", "7\n", "٧", "9007199254740993017", "a", "", 9007199254740991, 9007199254740992, 7.0, 1.5]
    )
    | SCALARS
)
CONTACTS = CONTACT_IDS | some(id=CONTACT_IDS, type=SCALARS, contactType=SCALARS) | some(id=CONTACT_IDS, name=SCALARS)
PAYLOADS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "summary": st.text(max_size=3) | SCALARS,
        "startTimeUtc": MOMENTS,
        "durationMinutes": st.sampled_from([1, 30, 30.0, 100_000, 0, -1, 1.5, "30"]) | SCALARS,
    },
    optional={"contacts": st.lists(CONTACTS, max_size=2) | SCALARS},
)
RIGHT = {"title": "Call", "summary": "", "startTimeUtc": "2027-07-20T19:00:00+02:00", "durationMinutes": 30}


def test_payloads(core: Core) -> None:
    """What App Connect refuses is never sent, and what it passes on follows our schema: with a trimmed title."""
    fake = {"user": {"id": "1", "platform": "clio", "hostname": "h", "accessToken": "t"}, "authHeader": "Bearer t"}
    counts = {True: 0, False: 0}

    def check(payload: Any, wrapped: bool) -> None:
        passed = core.ask({"body": {"payload": payload} if wrapped else payload})["passed"]
        as_it_is = schemas.problem("createAppointment.input", {**fake, "payload": payload}) is None
        counts[as_it_is] += 1
        assert as_it_is == (passed is not None and passed == payload)
        assert passed is None or schemas.problem("createAppointment.input", {**fake, "payload": passed}) is None

    @THOROUGH
    @given(PAYLOADS, st.sampled_from(sorted(RIGHT)), st.lists(CONTACTS, max_size=2), st.booleans())
    def agree(payload: dict[str, Any], name: str, contacts: list[Any], wrapped: bool) -> None:
        check(payload, wrapped)
        check({**RIGHT, name: payload[name]}, wrapped)
        check({**RIGHT, "contacts": contacts}, wrapped)
        check({key: value for key, value in RIGHT.items() if key != name}, wrapped)

    agree()
    check(RIGHT, True)
    check({**RIGHT, "status": "tentative"}, True)
    assert min(counts.values()) > 0, "both directions were exercised"


TOO_BIG = 9007199254740992
REFUSED: list[tuple[Request, dict[str, Any]]] = [
    (CREATED, {**RIGHT, "title": " "}),
    (CREATED, {**RIGHT, "startTimeUtc": ""}),
    (CREATED, {**RIGHT, "startTimeUtc": "2027-07-20T19:00"}),
    *((CREATED, {**RIGHT, "durationMinutes": minutes}) for minutes in (0, -5, 1.5, None, TOO_BIG)),
    (CREATED, {**RIGHT, "title": "", "startTimeUtc": "", "durationMinutes": 0}),
    (CREATED, {**RIGHT, "contacts": ["7", "x", {"id": "x"}]}),
    (CREATED, RIGHT),
    (PATCHED, {"title": "", "contacts": ["x"]}),
    (PATCHED, {}),
    (PATCHED, {"title": "Call"}),
    (STATUS, {"status": " "}),
    (STATUS, {"status": " Canceled"}),
]


@pytest.mark.parametrize(("request_", "asked"), REFUSED)
def test_the_words_of_a_refusal(core: Core, request_: Request, asked: dict[str, Any]) -> None:
    theirs = core.ask({"refuse": {"kind": request_.kind, "asked": asked}})["details"]
    ours_ = request_.refusal(asked)

    assert (ours_ and ours_["details"]) == theirs


def test_the_words_of_a_create_that_escapes() -> None:
    """App Connect has words of its own for it; the other interfaces share some."""
    escaped = {"kind": "raised", "error": {"type": "Error", "message": "", "status": 500}}

    assert ours(escaped, "createAppointment")["message"] == "Error creating appointment"
    assert ours(escaped, "listAppointments")["message"] == "Error performing listAppointments"


PATCHED_CONTACTS = st.one_of(
    st.sampled_from(["7", "9007199254740993017", "07", "0", "", "7\n", "a7", " 7", "\u0667"]),
    st.sampled_from([7, 7.0, 0, -1, 1.5, 2**53, 2**53 - 1, None, True]),
    some(id=st.sampled_from(["7", 7, "x", 0, None]), type=SCALARS, contactType=SCALARS),
    some(id=st.just("7"), name=SCALARS),
)
PATCHED_TITLES = st.sampled_from(["Hearing", " Hearing\n", " ", "\ufeff", "\u00a0", "\x1c", "\u200b", ""]) | SCALARS
PATCHED_RIGHT = st.fixed_dictionaries(
    {},
    optional={
        "title": st.just("Hearing"),
        "summary": st.just(""),
        "startTimeUtc": st.just("2027-03-02T10:00:00+05:30"),
        "durationMinutes": st.just(30),
        "contacts": st.just(["7", 7, {"id": "7", "type": "", "contactType": "x"}]),
    },
)
ANY = some(
    title=PATCHED_TITLES,
    summary=SCALARS,
    startTimeUtc=MOMENTS,
    startTime=MOMENTS,
    durationMinutes=st.sampled_from([30, 30.0, 1, 0, -5, 1.5, "30", None, 2**53 - 1, 2**53]),
    contacts=st.lists(PATCHED_CONTACTS, max_size=2) | SCALARS,
) | some(status=SCALARS, participantName=SCALARS)
PATCHES = (
    PATCHED_RIGHT
    | ANY
    | st.tuples(PATCHED_RIGHT, ANY).map(lambda two: {**two[0], **two[1]} if isinstance(two[1], dict) else two[1])
)
FAKE = {
    "user": {"id": "1", "platform": "clio", "hostname": "h", "accessToken": "t"},
    "authHeader": "Bearer t",
    "appointmentId": "7",
}


def test_patches(core: Core) -> None:
    """What App Connect's route refuses is never sent, and what it passes on follows our schema."""
    counts = {True: 0, False: 0}

    @THOROUGH
    @given(PATCHES)
    @example({"title": "Hearing"})
    @example({"title": ""})
    def agree(patch: Any) -> None:
        passed = core.ask({"patch": patch})["passed"]
        counts[passed is not None] += 1
        assert (schemas.problem("updateAppointment.patch", patch) is None) is (passed is not None)
        assert passed is None or schemas.problem("updateAppointment.input", {**FAKE, "patchBody": passed}) is None

    agree()
    assert min(counts.values()) > 0, "both directions were exercised"


@pytest.mark.parametrize("patch", [{"startTimeUtc": "2027-03-02T10:00:00Z"}, {"durationMinutes": 30}])
def test_a_time_alone_comes_from_the_mcp_tool_only(core: Core, patch: Any) -> None:
    """The route refuses it; the tool checks nothing."""
    assert core.ask({"patch": patch}) == {"passed": None}
    assert schemas.problem("updateAppointment.patch", patch) is not None
    assert schemas.problem("updateAppointment.input", {**FAKE, "patchBody": patch}) is None


def test_statuses(core: Core) -> None:
    """The status route passes on one word in small letters, and nothing else."""

    @THOROUGH
    @given(st.sampled_from(["Canceled", " confirmed ", "NO SHOW", " ", "\ufeff", ""]) | st.text(max_size=5) | SCALARS)
    def agree(status: Any) -> None:
        passed = core.ask({"status": status})["passed"]
        given_ = {**FAKE, "patchBody": passed or {"status": status}}
        assert (schemas.problem("updateAppointment.input", given_) is None) is (passed is not None)

    agree()


@pytest.mark.parametrize("interface", OF_ONE)
def test_thrown_errors(core: Core, interface: str) -> None:
    @THOROUGH
    @given(ERRORS)
    def agree(thrown: Any) -> None:
        status = (
            thrown["response"].get("status")
            if isinstance(thrown, dict) and isinstance(thrown.get("response"), dict)
            else None
        )
        whole = isinstance(status, int) and not isinstance(status, bool)
        if not (whole or status is None):
            return  # a status that is no number never comes from an HTTP client
        outcome = {"kind": "raised", "error": {"type": "Error", "message": "", "status": status if whole else None}}
        if thrown is None:
            return  # see test_throwing_nothing
        assert ours(outcome, interface) == core.ask({"thrown": thrown, "interface": interface})

    agree()


def test_throwing_nothing(core: Core) -> None:
    """``throw null`` breaks the core's own error handling."""
    assert core.ask({"thrown": None})["http"] == 400
    assert ours({"kind": "raised", "error": {"type": "null", "message": "null", "status": None}})["http"] == 400
