"""Every MUST and SHOULD of the remote object protocol, and all of its section 6, with the tests that prove it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2]
DOOR, EXCHANGE, HOSTILE = "servers/http/test_com.py", "servers/http/test_exchange.py", "servers/http/test_com_hostile.py"
REMOTE, VALUES, NETWORK = "model/test_remote.py", "model/test_values.py", "model/test_network.py"

PROVEN: dict[str, tuple[str, ...]] = {
    "1: requests are JSON-RPC by POST, answered with Content-Length over a kept connection": (
        f"{DOOR}::test_a_json_request_is_answered_with_its_length",
        f"{EXCHANGE}::test_a_short_request_is_answered_at_once_and_the_connection_is_kept",
    ),
    "1: errors of JSON-RPC have the status 200": (f"{HOSTILE}::test_five_hundred_hostile_requests_get_clean_errors_and_leave_the_server_unharmed",),
    "1: 413, 429 and 503 are what the HTTP layer refuses": (
        f"{DOOR}::test_a_body_beyond_the_limit_is_not_kept",
        f"{DOOR}::test_an_address_that_asks_too_often_is_told_when_to_come_back_and_others_are_served",
        f"{DOOR}::test_large_bodies_have_so_much_room_and_no_more",
    ),
    "1: the server MUST set TCP_NODELAY": (f"{EXCHANGE}::test_answers_are_not_held_back_for_more",),
    "1: it SHOULD set TCP_QUICKACK before reading each body": (f"{EXCHANGE}::test_a_head_without_its_body_is_acknowledged_at_once",),
    "1: it SHOULD answer a plain read in under 1 ms on loopback": (
        "model/test_at_once.py::test_every_plain_property_is_answered_as_on_the_usual_way",
    ),
    "1: the listener binds to loopback unless configured": ("runtime/test_listening.py::test_a_new_server_has_the_ports_of_today",),
    "1: off-host it MUST require TLS": (f"{DOOR}::test_the_network_needs_tls",),
    "1: another Content-Type, or an Origin that no list allows, MUST be refused with 403": (
        f"{DOOR}::test_what_a_browser_could_send_is_refused",
        f"{DOOR}::test_a_web_page_that_the_allow_list_names_may_call_and_no_other",
    ),
    "2: tokens have 128 bits and more": (f"{REMOTE}::test_the_session_s_token_is_unguessable_and_com_close_ends_it",),
    "2: an unused session is dropped after its ttl": (f"{REMOTE}::test_an_unused_session_is_gone_after_its_ttl",),
    "2: over a limit it is 0x8007000E": (
        f"{REMOTE}::test_limits_on_sessions_and_handles_answer_out_of_memory",
        f"{REMOTE}::test_an_address_has_so_many_sessions_and_this_machine_any_number",
    ),
    "2: handles are counted, released by any request, and never used again": (
        f"{REMOTE}::test_a_handle_lives_until_each_of_its_references_is_released",
        "model/test_at_once.py::test_handles_are_released_before_a_reading_unless_it_is_of_one_of_them",
    ),
    "2: a session's requests run one at a time, in order; others meanwhile": (
        f"{REMOTE}::test_one_session_is_served_in_order_and_another_meanwhile",
        "model/test_at_once.py::test_a_session_that_is_busy_keeps_its_order",
    ),
    "2: a session is not tied to a connection": (
        f"{HOSTILE}::test_a_session_goes_on_over_another_connection_and_a_stranger_has_no_use_for_its_handles",
        "runtime/test_com.py::test_a_request_reaches_its_session_through_any_worker",
    ),
    "3: names have any case; com.invoke is late binding, with default members": (
        f"{REMOTE}::test_a_program_logs_in_and_reads_a_domain_by_name_index_and_default_member",
        f"{REMOTE}::test_every_class_is_made_by_its_progid_whatever_the_case",
    ),
    "3: com.items MUST see the snapshot rules": (f"{REMOTE}::test_items_sees_the_snapshot_that_the_collection_is",),
    "3: what refers to a failed request of a batch fails with its error": (
        f"{REMOTE}::test_whatever_fails_in_a_batch_fails_what_refers_to_it_with_the_same_error",
        f"{REMOTE}::test_a_batch_refers_to_what_it_returned_and_fails_with_it",
    ),
    "4: a server MUST accept 0, 1 and -1 as truth and numbers in strings": (f"{REMOTE}::test_values_are_taken_as_variant_change_type_takes_them",),
    "4: strings, hypers, dates, objects, Nothing, Empty and binary travel as the table says": (
        f"{VALUES}::test_every_value_comes_back_as_it_was",
        f"{VALUES}::test_objects_nothing_and_empty_come_back",
        f"{VALUES}::test_an_unpaired_surrogate_is_replaced_and_a_pair_is_one_character",
        f"{VALUES}::test_a_hyper_is_taken_in_both_forms_and_a_date_as_a_text",
    ),
    "4: an unknown tag is an error of the protocol, unknown keys are ignored": (
        f"{REMOTE}::test_what_is_no_request_gets_json_rpc_s_own_errors",
        f"{VALUES}::test_whatever_json_comes_is_a_value_or_refused",
    ),
    "5: each error has the hresult of the table": (f"{REMOTE}::test_the_errors_of_the_model_have_hresult_source_and_text",),
    "6: the login is the Application's": (f"{REMOTE}::test_a_login_is_of_one_application_and_of_what_is_reached_from_it",),
    "6: domain administrators and users see what hMailServer lets them see": (
        f"{NETWORK}::test_a_user_over_the_network_reads_nothing_of_other_accounts",
        f"{NETWORK}::test_a_user_over_the_network_puts_nothing_into_other_accounts",
    ),
    "6: Version, Connect, Languages and the state of the database work before a login, and nothing that acts does": (
        f"{NETWORK}::test_nobody_without_a_login_runs_sql_composes_mail_or_touches_a_file_over_the_network",
    ),
    "6: a failed Authenticate counts against the peer's address": (
        f"{REMOTE}::test_a_failed_login_counts_against_the_address_that_speaks_and_not_the_one_that_opened",
    ),
    "6: but never bans this machine": ("directory/test_failures.py::test_loopback_is_never_banned_and_never_waits",),
    "6: passwords MUST be masked in any trace, tokens MUST NOT appear in logs": (f"{REMOTE}::test_neither_tokens_nor_passwords_are_logged",),
    "6: what was made for the same machine MUST need a login; a setting may admit this machine": (
        f"{NETWORK}::test_nobody_without_a_login_runs_sql_composes_mail_or_touches_a_file_over_the_network",
        f"{HOSTILE}::test_nobody_who_has_not_logged_in_runs_composes_reads_or_writes_anything_over_http",
    ),
    "6: every path that a caller names MUST resolve inside the mapped folders": (
        f"{NETWORK}::test_a_user_over_the_network_reads_and_writes_no_file",
        f"{NETWORK}::test_over_the_network_no_property_names_a_file_outside_of_the_server_s_folders",
    ),
    "6: a request that came through a proxy, or for another host, MUST NOT count as local": (
        f"{DOOR}::test_only_a_direct_request_of_this_machine_is_local_and_only_when_asked_to",
        f"{REMOTE}::test_a_session_of_this_machine_can_t_be_used_from_the_network",
    ),
}
"""What is asked (section: in short), and what proves it. Commands of scanners: nothing runs one yet, the members are listed as pending."""


@cache
def names_in(file: str) -> frozenset[str]:
    """Gather the names of a file's functions."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("asked", PROVEN)
def test_what_the_protocol_asks_for_has_its_test(asked: str) -> None:
    for named in PROVEN[asked]:
        file, _, name = named.partition("::")
        assert name in names_in(file), named
