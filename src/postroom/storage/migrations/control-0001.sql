-- What administrators configure. Small, cached as snapshots. Times are UTC microseconds, sizes bytes, 0 is no limit.

CREATE TABLE sequence (kind TEXT PRIMARY KEY, next BIGINT NOT NULL) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE domain (
    id               INTEGER PRIMARY KEY,
    name             TEXT NOT NULL UNIQUE,             -- A-label, lower case
    active           INTEGER NOT NULL,
    catch_all        TEXT NOT NULL,                    -- an address, or ''
    plus_addressing  INTEGER NOT NULL,
    plus_character   TEXT NOT NULL,
    max_size         BIGINT NOT NULL,                  -- what the limits of its accounts may add up to
    max_message_size BIGINT NOT NULL,
    max_account_size BIGINT NOT NULL,
    created          BIGINT NOT NULL
);
-- Other names of a domain: every address at one is the same address at the domain.
CREATE TABLE domain_alias (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,
    domain_id INTEGER NOT NULL
);
CREATE INDEX domain_alias_domain ON domain_alias (domain_id);

-- The keys that sign a domain's mail (DKIM); the private halves are sealed with the data directory's key.
CREATE TABLE signing_key (
    id        INTEGER PRIMARY KEY,
    domain_id INTEGER NOT NULL,
    selector  TEXT NOT NULL,
    algorithm TEXT NOT NULL,                           -- rsa-sha256, ed25519-sha256
    state     TEXT NOT NULL,                           -- waiting: published soon; active: signs; retired: signed what is on its way
    secret    BLOB NOT NULL,                           -- PKCS #8, sealed
    record    TEXT NOT NULL,                           -- what the DNS has to say
    created   BIGINT NOT NULL,
    UNIQUE (domain_id, selector)
);

CREATE TABLE account (
    id            INTEGER PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,                -- the address as it is compared: without case, in NFC
    local         TEXT NOT NULL,                       -- the local part as it was written
    domain_id     INTEGER NOT NULL,
    active        INTEGER NOT NULL,
    admin_level   INTEGER NOT NULL,                    -- 0 user, 1 administrator of its domain, 2 of the server
    max_size      BIGINT NOT NULL,
    password      TEXT NOT NULL,                       -- argon2id in the PHC form; '': can't log in
    scram_sha_256 TEXT NOT NULL,                       -- RFC 5803's form, or ''
    scram_sha_1   TEXT NOT NULL,
    first_name    TEXT NOT NULL,
    last_name     TEXT NOT NULL,
    created       BIGINT NOT NULL
);
CREATE INDEX account_domain ON account (domain_id, key);
CREATE INDEX account_administrator ON account (admin_level, id) WHERE admin_level > 0;
-- Who keeps SCRAM from being announced; mostly empty, so the question is always cheap.
CREATE INDEX account_without_scram_sha_256 ON account (id) WHERE active = 1 AND password <> '' AND scram_sha_256 = '';
CREATE INDEX account_without_scram_sha_1 ON account (id) WHERE active = 1 AND password <> '' AND scram_sha_1 = '';

CREATE TABLE alias (
    id        INTEGER PRIMARY KEY,
    key       TEXT NOT NULL UNIQUE,
    local     TEXT NOT NULL,
    domain_id INTEGER NOT NULL,
    active    INTEGER NOT NULL,
    created   BIGINT NOT NULL
);
CREATE INDEX alias_domain ON alias (domain_id, key);
CREATE TABLE alias_destination (
    alias_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    key      TEXT NOT NULL,
    address  TEXT NOT NULL,                            -- as it was written, here or anywhere
    PRIMARY KEY (alias_id, position)
) WITHOUT ROWID;
CREATE INDEX alias_destination_key ON alias_destination (key);

-- Failed logins of the last while, and the addresses (IPv6: /64 networks) that may not log in for a time.
CREATE TABLE login_failure (
    id      INTEGER PRIMARY KEY,
    network TEXT NOT NULL,
    name    TEXT NOT NULL,                             -- the account that was tried, as it is compared
    at      BIGINT NOT NULL
);
CREATE INDEX login_failure_network ON login_failure (network, at);
CREATE INDEX login_failure_name ON login_failure (name, at);
CREATE INDEX login_failure_at ON login_failure (at);
CREATE TABLE ban (
    network TEXT PRIMARY KEY,
    reason  TEXT NOT NULL,
    created BIGINT NOT NULL,
    expires BIGINT NOT NULL
) WITHOUT ROWID;

-- Where connections are accepted, unless the configuration file says so.
CREATE TABLE listener (
    id       INTEGER PRIMARY KEY,
    protocol TEXT NOT NULL,                        -- smtp, submission, submissions, lmtp, imap, imaps, pop3, pop3s, http, https
    address  TEXT NOT NULL,                        -- '' is all IPv4 addresses, '::' all of IPv6
    port     INTEGER NOT NULL,
    security INTEGER NOT NULL DEFAULT -1,          -- hMailServer's: 0 none, 1 TLS, 2 STARTTLS, 3 STARTTLS or nothing; -1: as the protocol has it
    certificate_id INTEGER NOT NULL DEFAULT 0,     -- 0: the server's own
    UNIQUE (address, port)
);

-- Where mail for a domain goes instead of where the DNS says.
CREATE TABLE route (
    id               INTEGER PRIMARY KEY,
    domain           TEXT NOT NULL UNIQUE,             -- A-label, lower case, may have wildcards; '' is the smart host
    host             TEXT NOT NULL,                    -- a name, an address, or '' for the one that the DNS names
    port             INTEGER NOT NULL,                 -- 0: the usual one
    security         TEXT NOT NULL,                    -- none, starttls-optional, starttls, tls
    verify           INTEGER NOT NULL,
    username         TEXT NOT NULL,
    password         BLOB NOT NULL,                    -- sealed with the data directory's key, or empty
    mechanism        TEXT NOT NULL,
    login            INTEGER NOT NULL,                 -- whether we log in
    description      TEXT NOT NULL,
    tries            INTEGER NOT NULL,                 -- 0: as the settings say, likewise the minutes
    minutes          INTEGER NOT NULL,
    all_addresses    INTEGER NOT NULL,                 -- or only those of route_address
    recipients_local INTEGER NOT NULL,                 -- strangers may send there
    senders_local    INTEGER NOT NULL
);
CREATE TABLE route_address (
    id       INTEGER PRIMARY KEY,
    route_id INTEGER NOT NULL,
    address  TEXT NOT NULL
);
CREATE INDEX route_address_route ON route_address (route_id);

-- Backups that were made of this store: what the next one may build on, with the highest content id of each shard that it covers.
CREATE TABLE backup (
    id      TEXT PRIMARY KEY,
    created BIGINT NOT NULL,
    upto    TEXT NOT NULL                              -- JSON
) WITHOUT ROWID;

-- Keys of the HTTP API. Only a hash of each is kept: what lies here opens nothing.
CREATE TABLE api_key (
    id         INTEGER PRIMARY KEY,
    digest     BLOB NOT NULL UNIQUE,               -- SHA-256 of the key
    begins     TEXT NOT NULL,                      -- its first characters, so that people can tell keys apart
    scopes     TEXT NOT NULL,                      -- parted by spaces
    account_id INTEGER,                            -- whose mailbox it opens; NULL: an administrator's
    name       TEXT NOT NULL,
    created    BIGINT NOT NULL
);
CREATE INDEX api_key_account ON api_key (account_id) WHERE account_id IS NOT NULL;

-- Requests with an Idempotency-Key: claimed before they act, so that a crash in between doesn't make them act twice.
CREATE TABLE idempotency (
    id        INTEGER PRIMARY KEY,
    key       BLOB NOT NULL,                       -- SHA-256 of the API key
    word      TEXT NOT NULL,                       -- what the client sent
    digest    BLOB NOT NULL,                       -- SHA-256 of method, path and body
    created   BIGINT NOT NULL,
    plan      BLOB NOT NULL,                       -- sealed with the raw key: what the effect makes its ids and secrets of
    result    TEXT,                                -- JSON, written in the commit of an effect on this database
    status    INTEGER,                             -- of the answer; NULL while there is none
    answer    BLOB,                                -- sealed like the plan
    UNIQUE (key, word)
);
CREATE INDEX idempotency_created ON idempotency (created);

-- The password of the object model's Administrator: one row, or none.
CREATE TABLE administrator (password TEXT NOT NULL);
-- The event scripts of the last good load: one row, or none.
CREATE TABLE script (
    number    INTEGER NOT NULL,                    -- counts the loads
    language  TEXT NOT NULL,
    file      TEXT NOT NULL,
    text      BLOB NOT NULL,
    functions TEXT NOT NULL                        -- names, parted by spaces
);
-- Distribution lists: addresses of ours that stand for many.
CREATE TABLE distribution_list (
    id           INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE,             -- the address as it is compared
    address      TEXT NOT NULL,
    domain_id    INTEGER NOT NULL,
    active       INTEGER NOT NULL,
    mode         INTEGER NOT NULL,                 -- who may send: 0 all, 1 members, 2 the sender named below, 3 the list's domain
    require_auth INTEGER NOT NULL,
    sender       TEXT NOT NULL
);
CREATE INDEX distribution_list_domain ON distribution_list (domain_id, key);
CREATE TABLE list_recipient (
    id      INTEGER PRIMARY KEY,
    list_id INTEGER NOT NULL,
    address TEXT NOT NULL                          -- as it was written
);
CREATE INDEX list_recipient_list ON list_recipient (list_id);

-- What few domains and accounts set: those without a row have the usual.
CREATE TABLE domain_profile (
    id                   INTEGER PRIMARY KEY,      -- the domain's
    ad_domain            TEXT NOT NULL,
    greylisting          INTEGER NOT NULL,
    signature            INTEGER NOT NULL,
    signature_method     INTEGER NOT NULL,
    signature_plain      TEXT NOT NULL,
    signature_html       TEXT NOT NULL,
    signature_in_replies INTEGER NOT NULL,
    signature_to_local   INTEGER NOT NULL,
    limit_accounts       INTEGER NOT NULL,
    limit_aliases        INTEGER NOT NULL,
    limit_lists          INTEGER NOT NULL,
    max_accounts         INTEGER NOT NULL,
    max_aliases          INTEGER NOT NULL,
    max_lists            INTEGER NOT NULL,
    dkim                 INTEGER NOT NULL,
    dkim_selector        TEXT NOT NULL,
    dkim_key_file        TEXT NOT NULL,
    dkim_header          INTEGER NOT NULL,
    dkim_body            INTEGER NOT NULL,
    dkim_algorithm       INTEGER NOT NULL
);
CREATE TABLE account_profile (
    id               INTEGER PRIMARY KEY,          -- the account's
    vacation         INTEGER NOT NULL,
    vacation_subject TEXT NOT NULL,
    vacation_text    TEXT NOT NULL,
    vacation_expires INTEGER NOT NULL,
    vacation_until   TEXT NOT NULL,                -- YYYY-MM-DD, or ''
    forward          INTEGER NOT NULL,
    forward_address  TEXT NOT NULL,
    forward_keep     INTEGER NOT NULL,
    signature        INTEGER NOT NULL,
    signature_plain  TEXT NOT NULL,
    signature_html   TEXT NOT NULL,
    is_ad            INTEGER NOT NULL,
    ad_domain        TEXT NOT NULL,
    ad_username      TEXT NOT NULL,
    last_login       BIGINT NOT NULL
);

-- Mailboxes elsewhere whose mail is fetched into an account here.
CREATE TABLE fetch_account (
    id                     INTEGER PRIMARY KEY,
    account_id             INTEGER NOT NULL,
    name                   TEXT NOT NULL,
    enabled                INTEGER NOT NULL,
    server                 TEXT NOT NULL,
    port                   INTEGER NOT NULL,
    server_type            INTEGER NOT NULL,       -- 0: POP3
    security               INTEGER NOT NULL,
    username               TEXT NOT NULL,
    password               BLOB NOT NULL,          -- sealed with the data directory's key, or empty
    minutes                INTEGER NOT NULL,
    days_to_keep           INTEGER NOT NULL,
    mime_recipients        INTEGER NOT NULL,
    mime_recipient_headers TEXT NOT NULL,
    mime_date              INTEGER NOT NULL,
    anti_spam              INTEGER NOT NULL,
    anti_virus             INTEGER NOT NULL,
    route_recipients       INTEGER NOT NULL,
    next_try               BIGINT NOT NULL
);
CREATE INDEX fetch_account_account ON fetch_account (account_id);

-- Rules: the server's own (account 0) and those of accounts.
CREATE TABLE rule (
    id         INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL,
    name       TEXT NOT NULL,
    active     INTEGER NOT NULL,
    every      INTEGER NOT NULL,                   -- all criteria must be met, or one
    position   INTEGER NOT NULL
);
CREATE INDEX rule_account ON rule (account_id, position);
CREATE TABLE rule_criterion (
    id         INTEGER PRIMARY KEY,
    rule_id    INTEGER NOT NULL,
    value      TEXT NOT NULL,
    predefined INTEGER NOT NULL,
    field      INTEGER NOT NULL,
    match      INTEGER NOT NULL,
    header     TEXT NOT NULL
);
CREATE INDEX rule_criterion_rule ON rule_criterion (rule_id);
CREATE TABLE rule_action (
    id              INTEGER PRIMARY KEY,
    rule_id         INTEGER NOT NULL,
    type            INTEGER NOT NULL,
    position        INTEGER NOT NULL,
    subject         TEXT NOT NULL,
    body            TEXT NOT NULL,
    from_name       TEXT NOT NULL,
    from_address    TEXT NOT NULL,
    filename        TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    folder          TEXT NOT NULL,
    script_function TEXT NOT NULL,
    header          TEXT NOT NULL,
    value           TEXT NOT NULL,
    route_id        INTEGER NOT NULL
);
CREATE INDEX rule_action_rule ON rule_action (rule_id, position);

-- Groups of accounts, with which folders are shared.
CREATE TABLE account_group (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE group_member (
    id         INTEGER PRIMARY KEY,
    group_id   INTEGER NOT NULL,
    account_id INTEGER NOT NULL
);
CREATE INDEX group_member_group ON group_member (group_id);
CREATE INDEX group_member_account ON group_member (account_id);

-- Certificates for ports, as files on this machine.
CREATE TABLE certificate (id INTEGER PRIMARY KEY, name TEXT NOT NULL, certificate_file TEXT NOT NULL, key_file TEXT NOT NULL);

-- What the clients of a network may do, by the bits of directory/ranges.py; the highest priority decides.
CREATE TABLE security_range (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    lower      TEXT NOT NULL,
    upper      TEXT NOT NULL,
    priority   INTEGER NOT NULL,
    options    INTEGER NOT NULL,
    expires    INTEGER NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE incoming_relay (id INTEGER PRIMARY KEY, name TEXT NOT NULL, lower TEXT NOT NULL, upper TEXT NOT NULL);

-- What counts against mail, and what is let pass.
CREATE TABLE dns_blacklist (
    id             INTEGER PRIMARY KEY,
    host           TEXT NOT NULL,
    active         INTEGER NOT NULL,
    reject_message TEXT NOT NULL,
    expected       TEXT NOT NULL,
    score          INTEGER NOT NULL
);
CREATE TABLE surbl_server (id INTEGER PRIMARY KEY, host TEXT NOT NULL, active INTEGER NOT NULL, reject_message TEXT NOT NULL, score INTEGER NOT NULL);
CREATE TABLE white_list_address (id INTEGER PRIMARY KEY, lower TEXT NOT NULL, upper TEXT NOT NULL, sender TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE greylisting_white_address (id INTEGER PRIMARY KEY, address TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE blocked_attachment (id INTEGER PRIMARY KEY, wildcard TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE server_message (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT NOT NULL);

-- What a new server has.
INSERT INTO security_range (id, name, lower, upper, priority, options, expires, expires_at) VALUES
    (1, 'Internet', '0.0.0.0', '255.255.255.255', 10, 96203, 0, 0),
    (2, 'My computer', '127.0.0.1', '127.0.0.1', 30, 71627, 0, 0);
INSERT INTO dns_blacklist (id, host, active, reject_message, expected, score) VALUES
    (1, 'zen.spamhaus.org', 0, 'Rejected by Spamhaus.', '127.0.0.2-8|127.0.0.10-11', 3),
    (2, 'bl.spamcop.net', 0, 'Rejected by SpamCop.', '127.0.0.2', 3);
INSERT INTO surbl_server (id, host, active, reject_message, score) VALUES (1, 'multi.surbl.org', 0, 'Rejected by SURBL.', 3);
INSERT INTO blocked_attachment (id, wildcard, description) VALUES
    (1, '*.bat', 'Batch file'),
    (2, '*.cmd', 'Command script'),
    (3, '*.com', 'Program'),
    (4, '*.cpl', 'Control panel extension'),
    (5, '*.csh', 'Shell script'),
    (6, '*.exe', 'Program'),
    (7, '*.inf', 'Set-up file'),
    (8, '*.lnk', 'Shortcut'),
    (9, '*.msi', 'Installer'),
    (10, '*.msp', 'Installer patch'),
    (11, '*.pif', 'Program information file'),
    (12, '*.reg', 'Registry entries'),
    (13, '*.scf', 'Explorer command'),
    (14, '*.scr', 'Screen saver');
INSERT INTO server_message (id, name, text) VALUES
    (1, 'VIRUS_FOUND', 'Virus found'),
    (2, 'VIRUS_ATTACHMENT_REMOVED', 'A virus was found in this attachment, so it was taken out:
%MACRO_FILE%
'),
    (3, 'VIRUS_NOTIFICATION', 'A virus was found in a message, which was not delivered.

From: %MACRO_FROM%
To: %MACRO_TO%
Sent: %MACRO_SENT%
Subject: %MACRO_SUBJECT%
'),
    (4, 'SEND_FAILED_NOTIFICATION', 'Your message could not be delivered to one or more recipients.

Subject: %MACRO_SUBJECT%
Sent: %MACRO_SENT%

These recipients did not get it:

%MACRO_RECIPIENTS%
'),
    (5, 'MESSAGE_UNDELIVERABLE', 'Message undeliverable'),
    (6, 'MESSAGE_FILE_MISSING', 'The file of this message is missing, so its content can not be shown:
%MACRO_FILE%
'),
    (7, 'ATTACHMENT_REMOVED', 'This attachment was taken out, since the administrator does not let files of its kind pass:
%MACRO_FILE%
');
INSERT INTO sequence (kind, next) VALUES
    ('security_range', 3),
    ('dns_blacklist', 3),
    ('surbl_server', 2),
    ('blocked_attachment', 15),
    ('server_message', 8);

-- The password for the relay of all outgoing mail, sealed with the data directory's key: one row, or none.
CREATE TABLE relayer (password BLOB NOT NULL);
-- Who may do what with public folders; the folders lie in the shard of account 0.
CREATE TABLE folder_permission (
    id         INTEGER PRIMARY KEY,
    folder_id  INTEGER NOT NULL,
    kind       INTEGER NOT NULL,                   -- 0 user, 1 group, 2 anyone
    group_id   INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    value      INTEGER NOT NULL                    -- a sum of rights
);
CREATE INDEX folder_permission_folder ON folder_permission (folder_id);
CREATE INDEX folder_permission_account ON folder_permission (account_id);
