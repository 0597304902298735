"""NetSuite's fidelity ledger; page names are those of the NetSuite online help."""

from greenroom.simulators.core.ledger import Row

_BROWSER = "NetSuite REST API Browser 2026.1"
_JULBRS = "live tests: julbrs/netsuite-api-client test/request.test.ts"
_ERRORS = "online help section_156570709583"
_T = "tests/simulators/netsuite/"

LEDGER = (
    Row("PATCH {status:{id:CANCELLED}}: 204, no body, Location", "verified", "online help section_1545142173 (general rule); " + _BROWSER, _T + "test_cancel.py::test_cancel_keeps_the_record_and_changes_only_the_status"),
    Row("a cancelled event is kept and readable", "likely", "ringcentral/rc-unified-crm-extension docs/crm/netsuite.md", _T + "test_cancel.py::test_cancel_keeps_the_record_and_changes_only_the_status"),
    Row("lastModifiedDate moves with a write", "likely", "general record behaviour", _T + "test_cancel.py::test_cancel_keeps_the_record_and_changes_only_the_status"),
    Row("cancelling again: 204", "unknown", "no state machine documented", _T + "test_cancel.py::test_cancelling_again_is_204"),
    Row("enum input: bare id, {id} or {refName}", "verified", "online help section_1545142146", _T + "test_cancel.py::test_accepted_spellings_of_the_status"),
    Row("refName of CANCELLED is Canceled", "likely", "online help section_N505886", _T + "test_events.py::test_enums_have_names"),
    Row("the record's name is read in any case; trailing slash tolerated", "likely", "online help article_161013672126, section_0323094448", _T + "test_events.py::test_both_spellings"),
    Row("body keys are read in any case", "likely", "online help section_0323094448", _T + "test_events.py::test_body_keys_in_any_case"),
    Row("vendor media types are accepted and sent", "verified", "online help section_1545141500", _T + "test_events.py::test_media_types"),
    Row("times are read as HH:mm, with seconds by the switch seconds", "unknown", "HH:mm in Oracle's sample, online help article_161013672126", _T + "test_events.py::test_times_with_seconds_by_switch"),
    Row("POST: 204 and an absolute Location", "verified", "online help section_1545141395; " + _JULBRS, _T + "test_events.py::test_post_is_204_with_location"),
    Row("omitted endTime becomes start plus an hour", "verified", "online help section_0323094448", _T + "test_events.py::test_omitted_end_is_an_hour_later"),
    Row("an end not after the start is refused", "likely", "ringcentral/rc-unified-crm-extension netsuite connector", _T + "test_bad_input.py::test_end_before_start_is_a_user_error"),
    Row("a plain GET gives sublists as links only", "verified", "online help article_161013672126", _T + "test_events.py::test_sublists_are_links"),
    Row("attendees merge by id; replace=attendee replaces", "likely", "online help section_1545297048", _T + "test_events.py::test_attendees_merge_or_replace"),
    Row("DELETE: 204, then 404", "verified", "live notes: nc-Sergd/n8n-nodes-netsuite", _T + "test_events.py::test_delete_is_204_then_404"),
    Row("unknown id: 404 NONEXISTENT_ID", "verified", _ERRORS + "; " + _JULBRS, _T + "test_bad_input.py::test_unknown_id_is_404"),
    Row("ill-formed id: 400 INVALID_ID", "likely", "quoted in a public test fixture", _T + "test_bad_input.py::test_ill_formed_id_is_400"),
    Row("unknown record type: 404", "verified", _JULBRS, _T + "test_bad_input.py::test_unknown_type_is_404"),
    Row("malformed JSON: 400 INVALID_CONTENT", "verified", _JULBRS, _T + "test_bad_input.py::test_unreadable_bodies_are_400"),
    Row("a value outside an enumeration: 400 INVALID_VALUE", "likely", "live sandbox note 2026-08", _T + "test_bad_input.py::test_wrong_enum_is_400"),
    Row("unknown fields: accepted, named in X-NetSuite-PropertyValidation", "likely", _BROWSER, _T + "test_bad_input.py::test_unknown_fields_are_named"),
    Row("401 INVALID_LOGIN with WWW-Authenticate", "verified", _ERRORS + "; online help subsect_158521885412", _T + "test_access.py::test_bad_tokens_are_401"),
    Row("a token of another account: 401", "likely", "tokens are of one account: online help section_158255317571", _T + "test_access.py::test_token_of_another_account_is_401"),
    Row("missing permission: 403 INSUFFICIENT_PERMISSION or 400 USER_ERROR", "likely", "switch permission-refusal", _T + "test_access.py::test_missing_permission_follows_its_switch"),
    Row("another user's private event: 404, 403 or 400", "unknown", "switch private-refusal", _T + "test_access.py::test_private_event_follows_its_switch"),
    Row("a view-only role may fail even on GET", "likely", "online help subsect_1544786455; switch view-only-read", _T + "test_access.py::test_view_only_role"),
    Row("OPTIONS: 204", "verified", _JULBRS, _T + "test_bad_input.py::test_options_is_204"),
    Row("405 in the shape of nsError", "unknown", "no record body found", _T + "test_bad_input.py::test_wrong_verb_is_405"),
)  # fmt: skip
