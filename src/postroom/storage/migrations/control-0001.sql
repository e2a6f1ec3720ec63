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
    UNIQUE (address, port)
);

-- Where mail for a domain goes instead of where the DNS says.
CREATE TABLE route (
    domain    TEXT PRIMARY KEY,                        -- A-label, lower case; '' is the smart host
    host      TEXT NOT NULL,                           -- a name, an address, or '' for the one that the DNS names
    port      INTEGER NOT NULL,
    security  TEXT NOT NULL,                           -- none, starttls-optional, starttls, tls
    verify    INTEGER NOT NULL,
    username  TEXT NOT NULL,
    password  BLOB NOT NULL,                           -- sealed with the data directory's key, or empty
    mechanism TEXT NOT NULL
) WITHOUT ROWID;

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
