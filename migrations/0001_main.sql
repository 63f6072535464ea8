-- One text for SQLite and PostgreSQL: TEXT, BIGINT, BOOLEAN only; ids are text, times whole milliseconds.

-- Master keys of signed links, sealed under the installation's root key. Never deleted: links in old
-- mails must keep working after every rotation.
CREATE TABLE link_master (
    number BIGINT NOT NULL PRIMARY KEY,
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Raised by one whenever what tenants set up changes, so that running instances read it anew.
CREATE TABLE catalog (
    one BIGINT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO catalog (one, version) VALUES (1, 1);

CREATE TABLE tenant (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    legal TEXT NOT NULL,
    contact TEXT NOT NULL,
    from_name TEXT NOT NULL,
    from_address TEXT NOT NULL,
    locale TEXT NOT NULL,
    receipts TEXT NOT NULL,
    country TEXT,
    storage TEXT,
    dpo TEXT,
    transfer TEXT,
    test BOOLEAN NOT NULL,
    hosts TEXT NOT NULL,
    texts TEXT NOT NULL,
    theme TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Pictures of tenants, made anew from what they gave; base64.
CREATE TABLE logo (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, sha256)
);

CREATE TABLE purpose (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    frequency TEXT NOT NULL,
    position BIGINT NOT NULL,
    retired_at BIGINT,
    retention_days BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, slug)
);

-- Immutable: a changed text is a new version. Kept as long as a consent may have to be proven.
CREATE TABLE wording (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    purpose_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    version BIGINT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    frequency TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, purpose_id, locale, version)
);

-- The privacy information shown at collection; immutable like a wording.
CREATE TABLE notice (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    version BIGINT NOT NULL,
    facts TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, version)
);

CREATE TABLE form (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    purposes TEXT NOT NULL,
    origins TEXT,
    next_urls TEXT NOT NULL,
    titles TEXT NOT NULL,
    version BIGINT NOT NULL,
    closes_at BIGINT,
    fields TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    minors TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- A form as it will be once published, one at most per form. `based_on` is the published version it began with,
-- 0 when there was none.
CREATE TABLE form_draft (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    slug TEXT NOT NULL,
    body TEXT NOT NULL,
    based_on BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, slug)
);

-- The pages a form was sent from, and the wording it had there: a copied form keeps the words of its day. No person
-- is in it.
CREATE TABLE form_page (
    tenant_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    page TEXT NOT NULL,
    version TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, form_id, page)
);

-- The secret of an endpoint is derived from the root key, its id and its generation: none is stored.
CREATE TABLE endpoint (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    addresses BOOLEAN NOT NULL,
    generation BIGINT NOT NULL,
    previous_until BIGINT,
    disabled_at BIGINT,
    disabled_reason TEXT,
    failing_since BIGINT,
    failed_at BIGINT,
    alerted_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, url)
);

-- Keys are kept as SHA-256 only; they are 256 random bits.
CREATE TABLE api_key (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    name TEXT,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE link_key (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL UNIQUE,
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT,
    indexed_to TEXT NOT NULL,
    name TEXT,
    PRIMARY KEY (tenant_id, id)
);

-- Data handed out: what, to which key, when. A record of disclosure: it stays. The rows themselves are read when the
-- export is.
CREATE TABLE export (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    api_key_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

-- Erasure empties the address, its key and its hash, the external id and the fields; the row stays as the mark "erased".
-- `email_sha256` is the SHA-256 of `lookup_key`, for tools that ask by it; a row without one gets it within seconds.
-- `fields` is what the person entered in declared fields, sealed.
CREATE TABLE contact (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    email TEXT,
    lookup_key TEXT,
    external_id TEXT,
    locale TEXT NOT NULL,
    restricted_at BIGINT,
    suppressed_at BIGINT,
    paused_until BIGINT,
    erased_at BIGINT,
    created_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    fields TEXT,
    email_sha256 TEXT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, lookup_key),
    UNIQUE (tenant_id, external_id)
);
CREATE INDEX contact_email_sha256 ON contact (tenant_id, email_sha256);
CREATE INDEX contact_unhashed ON contact (id) WHERE lookup_key IS NOT NULL AND email_sha256 IS NULL;
CREATE INDEX contact_paused ON contact (paused_until) WHERE paused_until IS NOT NULL;

-- References of contacts in links a tenant mints itself. Goes with the contact.
CREATE TABLE link_ref (
    tenant_id TEXT NOT NULL,
    link_key_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, link_key_id, reference)
);
CREATE INDEX link_ref_contact ON link_ref (tenant_id, contact_id);

CREATE TABLE consent (
    tenant_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    purpose_id TEXT NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    pending_since BIGINT,
    evidence_id TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (tenant_id, contact_id, purpose_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE INDEX consent_purpose ON consent (tenant_id, purpose_id, contact_id);

-- One submitted signup. A submission that leads nowhere (suppressed, caught by the honeypot) is a row
-- without contact, so that it costs and answers the same. Deleted when it lapses. `fields` is what was entered,
-- sealed, until it is confirmed.
-- `younger_than` is the age below which the person said to be, `guardian` the sealed address of whoever must agree too
-- until both have answered, `child_at` and `guardian_at` when each of them did, `agreed` the evidence of the first yes.
-- `mailed_at` is when the relay took its mail last, which outlives the mail.
-- `nowhere` is why one that a system of the tenant's asked for leads nowhere, which it may know: `held` or `confirmed`.
CREATE TABLE request (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    contact_id TEXT,
    form_id TEXT,
    recipient TEXT NOT NULL,
    locale TEXT NOT NULL,
    purposes TEXT NOT NULL,
    generation BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    ended_at BIGINT,
    receipt TEXT,
    fields TEXT,
    younger_than BIGINT,
    guardian TEXT,
    child_at BIGINT,
    guardian_at BIGINT,
    agreed TEXT,
    same_as TEXT,
    mailed_at BIGINT,
    nowhere TEXT,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX request_contact ON request (tenant_id, contact_id, generation);
CREATE INDEX request_ending ON request (expires_at) WHERE outcome <> 'confirmed';

-- One immutable fact. Outlives the person: erasure empties `record` and `salt` and nothing else. `record` is
-- canonical JSON (RFC 8785), `position` its place in the log, given after the commit by the log's writer.
CREATE TABLE evidence (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    receipt TEXT,
    record TEXT,
    salt TEXT,
    position BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX evidence_contact ON evidence (tenant_id, contact_id, id);
CREATE UNIQUE INDEX evidence_receipt ON evidence (tenant_id, receipt) WHERE receipt IS NOT NULL;
CREATE UNIQUE INDEX evidence_position ON evidence (position) WHERE position IS NOT NULL;
CREATE INDEX evidence_unlogged ON evidence (id) WHERE position IS NULL;

-- Each text as it was published: wordings, notices, forms. `sha256` is of `body`, and stands in the log.
CREATE TABLE publication (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    position BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, kind, about, version)
);
CREATE UNIQUE INDEX publication_position ON publication (position) WHERE position IS NOT NULL;
CREATE INDEX publication_unlogged ON publication (id) WHERE position IS NULL;

-- The log of this installation (RFC 6962): how long it is, which history it is (raised by an adoption after a
-- restore), the name it was signed under last, and why nothing may be signed now, if so.
CREATE TABLE log (
    one BIGINT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    origin TEXT,
    refused TEXT
);
INSERT INTO log (one, size, generation) VALUES (1, 0, 1);

-- The entries, exactly as they were hashed. Nothing personal: commitments under salts kept elsewhere.
CREATE TABLE log_entry (
    position BIGINT NOT NULL PRIMARY KEY,
    entry TEXT NOT NULL
);

-- Hash tiles above the leaves (C2SP tlog-tiles), hex; those of level 0 are made from the entries.
CREATE TABLE log_tile (
    level BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hashes TEXT NOT NULL,
    PRIMARY KEY (level, number)
);

-- Signed heads of the log. Kept before they are published, so that no size is ever signed with two roots.
CREATE TABLE checkpoint (
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    published BOOLEAN NOT NULL,
    PRIMARY KEY (origin, size)
);
CREATE INDEX checkpoint_size ON checkpoint (size);
CREATE INDEX checkpoint_at ON checkpoint (at);

-- What witnesses signed, and time stamps (RFC 3161), for a checkpoint.
CREATE TABLE cosignature (
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    witness TEXT NOT NULL,
    line TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (origin, size, witness)
);
CREATE TABLE log_stamp (
    origin TEXT NOT NULL,
    size BIGINT NOT NULL,
    tsa TEXT NOT NULL,
    token TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (origin, size, tsa)
);

-- How each witness and time-stamping authority fares: the last size it has, and since when it fails.
CREATE TABLE anchor (
    name TEXT NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    failing_since BIGINT,
    note TEXT
);

-- What the last examination of evidence and log found.
CREATE TABLE examination (
    one BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    facts BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    first_bad TEXT
);

-- What the outside may be told. `sequence` is given by the sequencer after the commit: a counter taken
-- inside the request would hold a tenant's lock across every commit.
CREATE TABLE event (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    contact_id TEXT,
    data TEXT NOT NULL,
    sequence BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX event_feed ON event (tenant_id, sequence) WHERE sequence IS NOT NULL;
CREATE INDEX event_new ON event (id) WHERE sequence IS NULL;
-- To find what is told of a person when they are erased.
CREATE INDEX event_contact ON event (tenant_id, contact_id);

-- The last sequence given, per tenant, and the last one that is no longer kept: everything after it is.
CREATE TABLE feed (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL,
    forgotten BIGINT NOT NULL
);

-- Where in the feed something was last told of what a contact wants. Written by the sequencer alone, with the place of
-- the event. Outlives the person: that somebody is gone is a change, too.
CREATE TABLE latest (
    tenant_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, contact_id)
);
CREATE UNIQUE INDEX latest_place ON latest (tenant_id, sequence);

-- Who was given addresses: when, of which purpose, how many, and the hash of what they got. No person is in it. Kept
-- as long as the tenant: people may ask to whom their address went (GDPR, Article 15(1)(c)).
CREATE TABLE disclosure (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    id TEXT NOT NULL,
    purpose_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    api_key_id TEXT NOT NULL,
    columns TEXT NOT NULL,
    as_of BIGINT NOT NULL,
    tag TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    outcome TEXT NOT NULL,
    people BIGINT NOT NULL,
    left_out BIGINT NOT NULL,
    sha256 TEXT,
    good_until BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX disclosure_tag ON disclosure (tenant_id, tag);
CREATE INDEX disclosure_purpose ON disclosure (tenant_id, purpose_id, began_at);

-- To whom the addresses of a purpose were ever given, by name, and when last: what people are shown.
CREATE TABLE recipient (
    tenant_id TEXT NOT NULL REFERENCES tenant (id),
    purpose_id TEXT NOT NULL,
    name TEXT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, purpose_id, name)
);

-- Which hosts took somebody's address with an event, how many times, first and last: what that person is shown once
-- the endpoint gets no addresses any more, and deliveries are no longer kept. Goes with the person.
CREATE TABLE told_host (
    tenant_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    host TEXT NOT NULL,
    events BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, contact_id, host)
);

-- Who runs a job that must run once across instances, until when; `token` fences late writers. `holder` is the
-- name of the instance: when it starts again after a crash, it need not wait for the end of its own lease.
CREATE TABLE lease (
    job TEXT NOT NULL PRIMARY KEY,
    token BIGINT NOT NULL,
    until BIGINT NOT NULL,
    holder TEXT
);

-- `held_by` is the name of the instance that has it under way, as in `lease`.
CREATE TABLE delivery (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    held_by TEXT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, endpoint_id, event_id)
);
CREATE INDEX delivery_due ON delivery (endpoint_id, due_at) WHERE state = 'waiting';
CREATE INDEX delivery_ended ON delivery (ended_at, state) WHERE ended_at IS NOT NULL;

-- What each attempt met. Kept 30 days with the delivery.
CREATE TABLE attempt (
    tenant_id TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    ms BIGINT NOT NULL,
    status BIGINT,
    note TEXT NOT NULL,
    PRIMARY KEY (tenant_id, delivery_id, number)
);

-- Work that takes longer than a request, done in batches. `place` is where it goes on.
CREATE TABLE job (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    place TEXT NOT NULL,
    seen BIGINT NOT NULL,
    done BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX job_open ON job (id) WHERE ended_at IS NULL;
CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;

-- An outgoing mail: ids and kind only. Address, links and codes are found when it is rendered, so that
-- nothing personal waits here and an erased person gets nothing.
CREATE TABLE mail (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    about TEXT NOT NULL,
    locale TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    give_up_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    answer TEXT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX mail_due ON mail (due_at) WHERE state = 'waiting';
CREATE INDEX mail_contact ON mail (tenant_id, contact_id, kind, created_at);
CREATE INDEX mail_ended ON mail (ended_at, state) WHERE ended_at IS NOT NULL;

-- A code mailed to raise a preference page to level L1. The code itself is derived, not stored.
CREATE TABLE challenge (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX challenge_contact ON challenge (tenant_id, contact_id, id);
CREATE INDEX challenge_expires ON challenge (expires_at);

-- "Do not mail": kept as a keyed hash of the address, longer than the person, so that nobody who objected
-- is asked again. `erased` keeps others from bringing a person back, never the person: a signup of their own goes its
-- way to a new confirmation, unless it is blocked until `until`. That mark does not end.
CREATE TABLE suppression (
    tenant_id TEXT NOT NULL,
    address_hash TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    until BIGINT,
    PRIMARY KEY (tenant_id, address_hash)
);
CREATE INDEX suppression_until ON suppression (until) WHERE until IS NOT NULL;

-- How often something happened lately. Keys are keyed hashes; rows die with their window.
CREATE TABLE budget (
    id TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,
    used BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    granted BOOLEAN NOT NULL,
    most BIGINT NOT NULL,
    gap BIGINT NOT NULL,
    span BIGINT NOT NULL
);
CREATE INDEX budget_end ON budget ((since + 2 * span));

-- Answers of the API kept for 24 h under the `Idempotency-Key` they were given for, sealed: one may hold a secret that
-- is shown once. `id` is a keyed hash of the API key, method, path and the caller's key; `body` one of what was sent.
-- Erasure empties what is about the person, `body` and `answer` alike; the row stays its 24 h, so that a retry does not
-- bring the person back.
CREATE TABLE idempotency (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    answer TEXT,
    contact_id TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX idempotency_contact ON idempotency (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX idempotency_age ON idempotency (created_at);

-- How much each form was used, in steps of five minutes: how many submissions, how many of them were let in, how many
-- confirmations. Numbers alone. Kept two days, to know what is usual.
CREATE TABLE tally (
    tenant_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    tried BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, form_id, at)
);
CREATE INDEX tally_at ON tally (at);

-- Forms that are, or were, under attack: since when (empty when it is over), when it last looked like it, and when
-- the operator was told last.
CREATE TABLE attack (
    tenant_id TEXT NOT NULL,
    form_id TEXT NOT NULL,
    since BIGINT,
    seen_at BIGINT,
    alerted_at BIGINT,
    PRIMARY KEY (tenant_id, form_id)
);
