"""What hMailServer's administrators expect of a new server: its defaults (object-model-behaviour 6.3, 6.7 to 6.9), for its mode alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from postroom.directory.listeners import Port

if TYPE_CHECKING:
    from collections.abc import Mapping

PORTS: Final = (
    Port(0, "smtp", "", 25, 0),
    Port(0, "submission", "", 587, 0),
    Port(0, "pop3", "", 110, 0),
    Port(0, "imap", "", 143, 0),
    Port(0, "http", "127.0.0.1", 8787),
)
"""What a new server listens on: mail on all addresses without encryption (6.3), and programs of this machine."""

VERSION: Final = "5.7.0"
"""The version that programs written for hMailServer are told: the one whose object model this is."""

DEFAULTS: Final[Mapping[str, object]] = {
    "ip_ranges": "yes",
    "hmailserver_texts": "yes",
    "reported_version": VERSION,
    "max_smtp_connections": 0,
    "max_pop3_connections": 0,
    "max_imap_connections": 0,
    "allow_smtp_auth_plain": "no",
    "smtp_no_of_tries": 4,
    "retry_times": "",
    "max_connections_out": 10,
    "max_message_size": "20480 KB",
    "max_number_of_invalid_commands": 100,
    "disconnect_invalid_clients": "no",
    "allow_incorrect_line_endings": "yes",
    "add_delivered_to_header": "no",
    "smtp_relayer_connection_security": "none",
    "verify_remote_ssl_certificate": "yes",
    "tls_version10_enabled": "yes",
    "tls_version11_enabled": "yes",
    "tls_version13_enabled": "no",
    "imap_hierarchy_delimiter": ".",
    "plain_text_login": "always",
    "imap_sasl_plain_enabled": "no",
    "imap_sasl_initial_response_enabled": "no",
    "logging.enabled": "no",
    "logging.log_smtp": "no",
    "logging.log_pop3": "no",
    "logging.log_imap": "no",
    "logging.log_tcpip": "no",
    "logging.log_application": "no",
}
"""Only what differs from our own defaults; the others are the same. `SslVersions` 14 is TLS 1.0 to 1.2."""
