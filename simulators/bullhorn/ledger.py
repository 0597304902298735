"""Bullhorn's fidelity ledger. DOCS and REF are the vendor's API reference and entity reference (``rest-api-docs``)."""

from greenroom.simulators.bullhorn import probes
from greenroom.simulators.core.ledger import (
    ADDRESS,
    ADMIN,
    ELSEWHERE,
    FAULT,
    INVITES,
    LIMIT,
    LOG_IN,
    MANY,
    OTHERS,
    OURS,
    PREFERENCE,
    SESSION,
    TIME,
    TWO_USERS,
    Row,
    row,
)

_T = "tests/simulators/bullhorn/"
_DOCS = "DOCS (bullhorn/rest-api-docs 5fd130b) "
_REF = "REF (bullhorn/rest-api-docs 5fd130b, entityref) "
_SDK = "bullhorn/sdk-rest e90a86e, recorded test data"
_LOADER = "bullhorn/dataloader, recorded errors"
_CONN = "App Connect's connector (ringcentral/rc-unified-crm-extension fa94f96c)"
_LIVE = "beaufromit/bullhorn-mcp, notes of live calls"
_START = "the vendor's Getting Started with REST"
_NOTHING = "nothing recorded"
_API = "/rest-services/<corp>"

LEDGER: tuple[Row, ...] = (
    # hosts and log-in
    row("three hosts: auth-{dc} for /oauth, rest-{dc} for the log-in, rest{n} for calls, whose address (restUrl) a log-in names", "verified", _DOCS + "_login; " + _CONN, _T + "test_sessions.py::test_a_log_in_opens_a_session", probe=ELSEWHERE),
    row("/oauth and the log-in at another data centre's host, or a general one: 307 to the right one", "verified", _DOCS + "_intro", _T + "test_oauth.py::test_another_data_centre_leads_to_the_right_one", probe=ELSEWHERE),
    row("loginInfo names the data centre of a username; an unknown one is 400", "verified", _DOCS + "_intro (which keys beside oauthUrl and restUrl, and the 400, are guesses)", _T + "test_oauth.py::test_log_in_info_names_the_users_data_centre", "GET /rest-services/loginInfo", probe=ELSEWHERE),
    row("authorize (response_type, client_id, redirect_uri, state) returns code and state; the fake shows no page and logs the owner in; action=Login with username and password logs that user in, whatever the password", "verified", _START + "; " + _CONN, _T + "test_oauth.py::test_a_user_name_logs_its_user_in", "GET /oauth/authorize", "POST /oauth/authorize", probe=LOG_IN),
    row("a declined or unknown user: access_denied", "unknown", _NOTHING, _T + "test_oauth.py::test_declining", probe=LOG_IN),
    row("token exchanges grant_type authorization_code (code) or refresh_token, with client_id, client_secret and redirect_uri, in the query or a form", "verified", _START + "; " + _CONN + " (the form is likely)", _T + "test_oauth.py::test_a_code_becomes_tokens_that_open_a_session", "POST /oauth/token", probe=LOG_IN),
    row("an access token lives ten minutes", "verified", _START, _T + "test_sessions.py::test_a_bad_access_token_is_400", probe=LOG_IN),
    row("a code counts once, for ten minutes", "likely", "OAuth 2; " + _START, _T + "test_oauth.py::test_a_code_counts_once_for_ten_minutes", probe=LOG_IN),
    row("a refresh token counts once; each exchange hands out the next one", "verified", _START, _T + "test_oauth.py::test_a_refresh_token_counts_once_and_brings_the_next_one", probe=LOG_IN),
    row("a refresh token has no date", "verified", _START, _T + "test_oauth.py::test_a_refresh_token_has_no_date", probe=LOG_IN),
    row("bad grants: 400 invalid_grant; a bad client: 401 invalid_client", "likely", "OAuth 2", _T + "test_oauth.py::test_bad_grants", probe=LOG_IN),
    row("log-in by GET or POST with access_token, version (2.0 or *) and ttl in minutes: BhRestToken and restUrl", "verified", _DOCS + "_login", _T + "test_sessions.py::test_a_log_in_opens_a_session", "GET /rest-services/login", "POST /rest-services/login", probe=LOG_IN),
    row("ttl is the session's life in minutes, 2880 at most", "likely", _DOCS + "_login (the most is a guess)", _T + "test_sessions.py::test_ttl_is_a_sessions_life_in_minutes", probe=LOG_IN),
    row("a log-in uses its access token up (switch access-token)", "likely", "jiminny/oauth2-bullhorn; " + _CONN + " logs in with it again", _T + "test_sessions.py::test_how_often_a_stored_access_token_counts_follows_its_switch", probe=LOG_IN),
    row("a bad access token at the log-in: 400 errors.authentication.invalidOAuthToken", "verified", _DOCS + "_login has the text; recorded by api-bureau/bullhorn-api", _T + "test_sessions.py::test_a_bad_access_token_is_400", probe=LOG_IN),
    row("header, query (BhRestToken) or cookie carry a session", "verified", _DOCS + "_authorization", _T + "test_sessions.py::test_header_query_and_cookie_carry_a_session", probe=ADDRESS),
    row("no session: 412; a bad one or one that is over: 401", "verified", _DOCS + "_authorization; the 401's body by several clients", _T + "test_sessions.py::test_a_request_without_a_session_is_412_and_one_with_a_bad_one_401", probe=probes.tells_missing_from_bad_sessions),
    row("bodies of 401, 404 and 412 are JSON (switch error-body)", "unknown", "401 is reported as JSON and as plain text", _T + "test_sessions.py::test_bodies_that_nobody_recorded_follow_their_switch", probe=probes.refuses_in_json),
    row("a session lives ten minutes, and use renews it (switch session-life); ping does not", "unknown", _NOTHING, _T + "test_sessions.py::test_use_renews_a_session_as_its_switch_says", probe=TIME),
    row("a second log-in leaves the first session alive", "likely", "the vendor's page on limits counts sessions at the same time", _T + "test_sessions.py::test_a_second_log_in_leaves_the_first_session_alive", probe=SESSION),
    row("a session at another swimlane, or another account's address: 401", "unknown", _NOTHING, _T + "test_sessions.py::test_a_session_counts_for_its_own_account_and_swimlane", probe=ELSEWHERE),
    row("ping tells when the session ends, in epoch milliseconds", "verified", _DOCS + "_ping", _T + "test_sessions.py::test_use_renews_a_session_as_its_switch_says", f"GET {_API}/ping", probe=probes.tells_when_a_session_ends),
    row("logout ends the session", "verified", _DOCS + "_login", _T + "test_sessions.py::test_log_out_ends_the_session", f"GET {_API}/logout", probe=SESSION),
    row("App Connect stores the CorporateUser's id, the three addresses and the session; the offset is that of winter, in minutes", "verified", _CONN + ", getUserInfo", _T + "test_oauth.py::test_app_connects_user_has_what_its_connector_needs", probe=OURS),
    row("timeZoneOffsetEST is in minutes", "likely", _CONN + " and DOCS _services (600) have minutes; REF says hours", _T + "test_app_connect.py::test_the_user_is_found_by_name", probe=PREFERENCE),
    # reading
    row("GET of one: {data: {…}}, the id always in it", "verified", _DOCS + "_entity (unwrapped there); all clients", _T + "test_appointments.py::test_one_is_shown_with_its_id", f"GET {_API}/entity/<entity>/<key>", probe=probes.shows_its_id),
    row("fields is needed; * is refused with errors.allFieldsNotAllowed; an unknown name with its position", "verified", _DOCS + "get; " + _LIVE + " (what a position counts is a guess)", _T + "test_appointments.py::test_fields_or_layout_are_needed", probe=probes.needs_fields),
    row("an unknown id: 404", "verified", _DOCS + "_entity", _T + "test_appointments.py::test_an_unknown_id_is_404", probe=probes.knows_no_such_id),
    row("ids with commas between: those that are there, 404 if none is; start, count and orderBy", "verified", _DOCS + "_entity", _T + "test_appointments.py::test_several_are_shown_as_far_as_they_are_there", probe=probes.shows_several),
    row("a to-many association as a list of its own, with start, count, orderBy and showTotalMatched", "verified", _DOCS + "_entity", _T + "test_appointments.py::test_members_are_listed", f"GET {_API}/entity/<entity>/<key>/<many>", probe=probes.lists_members),
    row("sub-fields in brackets; a to-many association at the top only", "verified", _DOCS + "get", _T + "test_selector.py::test_a_name_that_cannot_stand_there_is_told_with_its_position", probe=probes.chooses_parts),
    row("an association without sub-fields shows id and names (switch to-one-fields); a Person always its _subtype", "likely", _SDK + "; DOCS get shows the id alone", _T + "test_appointments.py::test_associations_are_shown_by_id_and_name", probe=probes.names_who_is_named),
    row("of many, five come, or as many as [count] names: ten at most (switch to-many-count), with total", "verified", _DOCS + "get; " + _SDK + " has total", _T + "test_appointments.py::test_of_many_five_come_and_ten_at_most", probe=INVITES),
    row("members that are deleted are left out of to-many associations", "verified", _DOCS + "_intro", _T + "test_delete.py::test_members_that_are_deleted_are_left_out", probe=probes.leaves_out_deleted_members),
    row("CorporateUser, Candidate, ClientContact and Lead are read by id", "verified", _REF + "(as far as they name fields)", _T + "test_appointments.py::test_people_are_shown", probe=OTHERS),
    # the query language
    row("where: comparisons, IS [NOT] NULL, IS [NOT] EMPTY, [NOT] IN, [NOT] MEMBER OF, AND, OR, NOT, brackets, compound names, true and false, milliseconds, texts in single quotes", "verified", _DOCS + "_query", _T + "test_where.py::test_conditions", probe=probes.understands_conditions),
    row("a comparison with null is neither true nor false; a compound name of an empty association is null", "likely", "JPQL (joins of empty associations are not recorded)", _T + "test_where.py::test_conditions_mean_what_they_mean_in_sql", probe=probes.knows_null),
    row("texts are compared without regard to case", "verified", _DOCS + "_query: lastName='smith' finds Smith", _T + "test_query.py::test_conditions_choose_records", probe=probes.ignores_case),
    row("a bad where: 400", "likely", "clients (the text is a guess)", _T + "test_query.py::test_a_bad_condition_is_400", probe=probes.refuses_bad_conditions),
    row("a compound name through a to-many association is refused", "verified", _DOCS + "_query", _T + "test_where.py::test_names_are_used_as_what_they_are", probe=probes.refuses_names_through_many),
    row("query by GET with where, fields, start, count, orderBy, showTotalMatched, totalOnly: {start, count, data}, total where it is asked for", "verified", _DOCS + "_query (showTotalMatched likely, from clients)", _T + "test_query.py::test_the_answer_tells_its_place", f"GET {_API}/query/<entity>", probe=probes.tells_its_place),
    row("query by POST with where in the body", "verified", _DOCS + "_query", _T + "test_query.py::test_long_conditions_come_by_post_and_write_nothing", f"POST {_API}/query/<entity>", probe=probes.reads_conditions_from_a_body),
    row("orderBy: names, - for the last first; without it by id", "likely", "clients; the order without it is not specified", _T + "test_query.py::test_order", probe=probes.sorts),
    row("a page without a count has 20 (switch default-count)", "likely", _SDK, _T + "test_query.py::test_without_a_count_a_page_follows_its_switch", probe=MANY),
    row("a page has 500 at most (switch high-count)", "likely", _LOADER + "; api-bureau/bullhorn-api", _T + "test_query.py::test_a_count_above_500_follows_its_switch", probe=probes.cuts_pages),
    row("queries show deleted records unless they ask for others", "verified", _LIVE + " (another entity); " + _SDK, _T + "test_delete.py::test_queries_show_deleted_ones_unless_they_ask_for_others", probe=probes.finds_deleted_ones),
    row("a query for Candidate: 400 errors.queryIndexedEntity", "verified", _LIVE, _T + "test_query.py::test_candidates_are_searched_and_refuse_queries", probe=probes.refuses_queries_for_candidates),
    # writing
    row("PUT creates: changedEntityType, changedEntityId, INSERT", "verified", _DOCS + "_entity; " + _LOADER, _T + "test_appointments.py::test_create_answers_with_the_new_id", f"PUT {_API}/entity/<entity>", probe=probes.creates),
    row("a new one begins at the next half hour, or a quarter before dateEnd, and takes a quarter of an hour", "verified", _REF + "_appointment", _T + "test_appointments.py::test_a_new_one_has_defaults", probe=probes.takes_a_quarter_of_an_hour),
    row("subject '', notificationMinutes 0, type and communicationMethod by default", "unknown", _REF + "_appointment says not null; " + _CONN + " sends none", _T + "test_appointments.py::test_a_new_one_has_defaults", probe=probes.has_no_notification),
    row("unknown fields, values of another type: 400", "verified", _DOCS + "_entity, prose (its boxes say 404); " + _LIVE, _T + "test_appointments.py::test_a_body_that_makes_no_sense_is_400", probe=probes.refuses_senseless_fields),
    row("null where none may be, nobody in a reference: a persist error", "likely", _LOADER + " has the form; which values cause it is a guess", _T + "test_appointments.py::test_a_value_that_cannot_be_kept_is_a_persist_error", probe=probes.says_what_cannot_be_kept),
    row("a text that is too long is refused (switch long-text)", "unknown", _REF + "_appointment has the lengths", _T + "test_appointments.py::test_a_subject_that_is_too_long_follows_its_switch", probe=probes.refuses_long_texts),
    row("a dateEnd before dateBegin is taken (switch inverted-times)", "unknown", _NOTHING, _T + "test_appointments.py::test_an_end_before_the_start_follows_its_switch", probe=probes.takes_an_early_end),
    row("POST changes the fields that came: UPDATE", "verified", _DOCS + "_entity", _T + "test_appointments.py::test_an_update_changes_what_came_and_its_stamp", f"POST {_API}/entity/<entity>/<key>", probe=probes.updates),
    row("several ids in a write are no id: 404", "unknown", _DOCS + "_entity has several for reads alone", _T + "test_appointments.py::test_several_are_read_but_not_written", probe=probes.writes_one_at_a_time),
    row("an empty POST is taken (switch empty-update)", "unknown", _NOTHING, _T + "test_appointments.py::test_an_empty_update_follows_its_switch", probe=probes.takes_an_empty_update),
    row("read-only fields are refused (switch read-only-fields); the record's own id may come", "unknown", _DOCS + "_entity: they cannot be changed; its example sends the id", _T + "test_appointments.py::test_read_only_fields_follow_their_switch", probe=probes.refuses_read_only_fields),
    row("the same values change nothing, and no stamp", "unknown", _NOTHING, _T + "test_appointments.py::test_the_same_values_change_nothing", probe=probes.stamps_no_same_values),
    # deleting
    row("POST of isDeleted: true deletes; the record stays", "verified", _DOCS + "_entity", _T + "test_delete.py::test_the_record_stays_with_its_flag", probe=probes.flags),
    row("DELETE sets isDeleted: DELETE", "verified", _DOCS + "_entity (the body is likely)", _T + "test_delete.py::test_the_record_stays_with_its_flag", f"DELETE {_API}/entity/<entity>/<key>", probe=probes.deletes),
    row("GET of a deleted one shows it (switch deleted-read)", "likely", "the record stays; " + _CONN + " maps the flag; 410 is in DOCS _errors", _T + "test_delete.py::test_reading_a_deleted_one_follows_its_switch", probe=probes.shows_a_deleted_one),
    row("deleting a deleted one is taken (switch second-delete)", "unknown", _NOTHING, _T + "test_delete.py::test_deleting_a_deleted_one_follows_its_switch", probe=probes.deletes_twice),
    row("isDeleted: false brings one back (switch undelete)", "unknown", _NOTHING, _T + "test_delete.py::test_bringing_one_back_follows_its_switch", probe=probes.brings_back),
    row("a deleted one can be changed (switch deleted-update)", "unknown", _NOTHING, _T + "test_delete.py::test_changing_a_deleted_one_follows_its_switch", probe=probes.changes_a_deleted_one),
    row("attendees and children stay (switch cascade)", "unknown", _DOCS + "_entity: delete the children first", _T + "test_delete.py::test_what_goes_with_one_follows_its_switch", probe=probes.keeps_children),
    # attendees and children
    row("an AppointmentAttendee is made, shown, changed and removed for good", "verified", _REF + "_appointmentattendee; " + _CONN + " (hard deletion likely: " + _SDK + ")", _T + "test_attendees.py::test_deleting_takes_the_invitation_back_for_good", probe=INVITES),
    row("acceptanceStatus is -1, 0, 1, 2 or null", "verified", _REF + "_appointmentattendee", _T + "test_attendees.py::test_both_ends_are_needed_and_the_answer_is_one_of_four", probe=INVITES),
    row("an unknown person or appointment: a persist error", "unknown", _NOTHING, _T + "test_attendees.py::test_nobody_and_nothing_is_a_persist_error", probe=INVITES),
    row("somebody may be invited twice (switch attendee-twice)", "unknown", _NOTHING, _T + "test_attendees.py::test_inviting_somebody_twice_follows_its_switch", probe=INVITES),
    row("inviting a user by REST makes no child appointment (switch attendee-child)", "unknown", _REF + "_appointment has children; who makes them is not said", _T + "test_attendees.py::test_a_colleagues_calendar_follows_its_switch", probe=INVITES),
    row("childAppointments and parentAppointment lead to each other", "verified", _REF + "_appointment", _T + "test_appointments.py::test_children_point_to_their_parent", probe=probes.leads_to_children),
    # permissions
    row("entitlements: CREATE; READ, UPDATE, DELETE of one's own; _CORPORATE of everybody's", "verified", _DOCS + "_entitlements (departments are not simulated)", _T + "test_access.py::test_entitlements_are_listed", f"GET {_API}/entitlements/<entity>", probe=probes.lists_entitlements),
    row("a write without the entitlement: 403 (switch write-refusal)", "unknown", _DOCS + "_errors; " + _LOADER, _T + "test_access.py::test_a_write_without_the_entitlement_follows_its_switch", probe=ADMIN),
    row("reading another's without READ_CORPORATE: 403 (switch read-refusal); queries leave it out", "unknown", _NOTHING, _T + "test_access.py::test_others_appointments_follow_their_switch", probe=TWO_USERS),
    row("without any entitlement: 403", "likely", _DOCS + "_errors", _T + "test_access.py::test_without_any_entitlement_nothing_is_read_or_written", probe=ADMIN),
    row("POST of isDeleted needs UPDATE, DELETE needs DELETE", "likely", "follows from the verbs", _T + "test_access.py::test_deleting_one_way_may_be_allowed_without_the_other", probe=ADMIN),
    row("subject, description and location of another's private appointment are blank (switch private), and it cannot be changed", "unknown", _REF + "_appointment hides the details", _T + "test_access.py::test_others_private_appointments_follow_their_switch", probe=TWO_USERS),
    # limits and errors
    row("1,500 calls a minute (switch rate-limit), then 429 without Retry-After (switch retry-after)", "verified", "the vendor's page on limits; DOCS _errors; the header is unknown", _T + "test_sessions.py::test_the_1501st_call_of_a_minute_is_429", probe=LIMIT),
    row("ratelimit-limit, ratelimit-remaining and ratelimit-reset", "likely", _CONN + " reads them", _T + "test_sessions.py::test_calls_are_counted_by_the_minute", probe=probes.counts_in_headers),
    row("faults respond in Bullhorn's error body; the texts are guesses", "likely", "500's text by clients", "tests/simulators/core/test_faults.py::test_refusals_are_in_the_vendors_own_words", probe=FAULT),
    row("conditions within fields, layouts, meta, JSONP, searches, other entities and fields: not simulated (501)", "verified", _DOCS + "has them", _T + "test_surface.py::test_what_else_is_not_simulated_is_501", probe=OURS),
)  # fmt: skip
