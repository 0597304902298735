"""Clio's fidelity ledger; section numbers are those of the project's fact sheet, sources are named in full."""

from greenroom.simulators.core.ledger import Row

_SPEC = "Clio's OpenAPI document, docs.developers.clio.com/openapi.json"
_GUIDES = "Clio's guides, docs.developers.clio.com/api-docs"
_LIVE = "findings on live accounts: lawyered0/clio-mcp docs/clio-api-quirks.md"
_T = "tests/simulators/clio/"

LEDGER = (
    Row("DELETE of an entry answers 204 without a body", "verified", _SPEC, _T + "test_delete.py::test_delete_is_204_and_for_good"),
    Row("a second DELETE answers 404", "verified", _LIVE, _T + "test_delete.py::test_second_delete_is_404"),
    Row("GET and PATCH of a deleted entry answer 404", "likely", "marwie0904/SHLF-MONOREPO clio.js", _T + "test_delete.py::test_delete_is_204_and_for_good"),
    Row("404 body: NotFoundError, Not Found", "likely", "recorded for webhooks: marwie0904/SHLF-MONOREPO", _T + "test_delete.py::test_second_delete_is_404"),
    Row("403 body: ForbiddenError and its sentence", "verified", _GUIDES + "/permissions", _T + "test_access.py::test_app_without_write_permission_is_403"),
    Row("an entry on a calendar one may only view: 403 or 404", "unknown", "switch view-only-refusal", _T + "test_access.py::test_view_only_follows_its_switch"),
    Row("an entry on a calendar one cannot see: 404 or 403", "unknown", "switch invisible-refusal", _T + "test_access.py::test_invisible_follows_its_switch"),
    Row("401 in the OAuth shape for expired, revoked, unknown tokens", "verified", "developers.support.clio.com article 360004657734", _T + "test_access.py::test_bad_tokens_are_401_in_oauth_shape"),
    Row("a token of another region gets 401", "verified", _LIVE, _T + "test_access.py::test_token_of_another_region_is_401"),
    Row("401 carries WWW-Authenticate Bearer", "likely", "nov/rack-oauth2 resource/bearer/error.rb", _T + "test_access.py::test_bad_tokens_are_401_in_oauth_shape"),
    Row("paths work with and without .json", "likely", _GUIDES + "/fields uses suffix-less examples", _T + "test_entries.py::test_both_spellings"),
    Row("without fields only id and etag come back, also on writes", "verified", _GUIDES + "/fields", _T + "test_entries.py::test_default_fields"),
    Row("an invalid field name: 400 InvalidFields", "verified", _LIVE, _T + "test_entries.py::test_invalid_fields_are_400"),
    Row("a second level of braces: 400", "verified", _GUIDES + "/fields", _T + "test_entries.py::test_invalid_fields_are_400"),
    Row("attendees without braces give id and type", "verified", "zacharyeller13/Clio_API tests", _T + "test_entries.py::test_nested_defaults"),
    Row("calendar entry ids are strings", "verified", _SPEC, _T + "test_entries.py::test_default_fields"),
    Row("moments are echoed with the user's offset", "verified", "recorded: marwie0904/SHLF-MONOREPO", _T + "test_entries.py::test_moments_carry_the_users_offset"),
    Row("unknown keys in data vanish without an error", "verified", _LIVE, _T + "test_entries.py::test_unknown_keys_vanish"),
    Row("a body without data: 400", "likely", _LIVE + " (refused; status guessed)", _T + "test_entries.py::test_unreadable_bodies_are_400"),
    Row("a missing required key: 422 ArgumentError", "unknown", "nearest recorded type", _T + "test_entries.py::test_missing_keys_are_422"),
    Row("existing attendees not mentioned stay; _destroy removes", "verified", _SPEC, _T + "test_entries.py::test_attendees_are_merged"),
    Row("three X-RateLimit headers on every answer", "verified", _GUIDES + "/rate-limits", _T + "test_headers.py::test_rate_limit_headers_on_every_answer"),
    Row("429 RateLimited with Retry-After", "verified", _GUIDES + "/rate-limits", _T + "test_headers.py::test_the_51st_request_is_429"),
    Row("successful answers echo X-API-VERSION", "verified", _GUIDES + "/api-changelog", _T + "test_headers.py::test_version_and_etag"),
    Row("single entries carry ETag", "verified", _GUIDES + "/etags", _T + "test_headers.py::test_version_and_etag"),
    Row("X-Request-Id", "unknown", "a Rails habit", _T + "test_headers.py::test_version_and_etag"),
    Row("verbs and paths without a route: 404", "verified", _LIVE + " (OPTIONS)", _T + "test_bad_input.py::test_unknown_paths_and_verbs_are_404"),
)  # fmt: skip
