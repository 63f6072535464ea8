//! Ayeaye: a preference center and double-opt-in email service. It owns the *permission* to send: who asked, who
//! confirmed, to which exact words, who left, and the proof of each.
//!
//! # Layers
//!
//! One crate, one binary. A layer names only those below it; `tests/tidy.rs` keeps it so.
//!
//! | layer | what it is | may name |
//! |---|---|---|
//! | [`crypto`] | bytes: keys by purpose, MACs, sealed fields, randomness | nothing of ours |
//! | [`tlog`] | the evidence log by public specifications; it knows nothing of consent | nothing of ours |
//! | [`domain`] | what is true whatever the machine: no I/O, no clock, no serde, no SQL | `crypto` |
//! | [`i18n`], [`config`], [`picture`] | texts; every setting once; logos made anew | `domain` |
//! | [`store`] | all SQL, one text for SQLite and PostgreSQL | `domain tlog` |
//! | [`app`] | use cases: one function, one transaction | `config crypto domain store tlog` |
//! | [`document`] | receipts and dossiers: PDF, JSON-LD, ZIP | `domain i18n tlog` |
//! | [`anchor`] | checkpoints to witnesses and a time stamp authority, over the network | `config tlog` |
//! | [`mail`], [`webhook`] | a message, a delivery, and the network client of each | `config crypto domain i18n` |
//! | [`jobs`] | what runs by itself | `anchor app document domain i18n mail store tlog webhook` |
//! | [`web`] | pages and API, on top | `app config document domain i18n tlog`, `store` to read, `mail` in `web::dev` |
//! | [`server`], [`cli`] | put it all together | everything |
//!
//! # What holds the house up
//!
//! - [`app`] never sends: it writes rows. Only [`jobs`] talks to the network. State, evidence, events and mails
//!   of one act commit in one transaction, so an acknowledged act survives a power cut and a failed one leaves
//!   nothing, sends nothing and tells nobody.
//! - [`domain::consent`] is the only place that decides what becomes of a consent. Its reference is a fold over
//!   the evidence, in its tests.
//! - A GET changes nothing. Mail scanners open every link and run scripts; only a POST acts: of a button somebody
//!   pressed, or with the strict cookie of the browser that signed up, which no scanner has. One GET leaves a note:
//!   taking an audience out, with an API key, notes who was given the addresses, for people to be told, and that these
//!   consents are in use ([`app::audience`]).
//! - An outbox row carries ids, kind and language; no address, no body, no secret. Links and codes are made anew
//!   by MAC when the mail is written ([`domain::link`]), the same at every attempt.
//! - A request takes no counter: places in the feed are given afterwards by one sequencer at a time
//!   ([`app::feed`]). Budgets are counted beside the transaction ([`store::Store::beside`]).
//! - Evidence commits to one public log ([`app::log`]). A request never waits for it: places are given afterwards by one
//!   writer at a time, and a checkpoint is kept, also outside the database, before it is published: no size is ever
//!   signed with two roots.
//! - Time and randomness are values ([`app::Clock`], [`crypto::Random`]); lints forbid asking the system.
//! - Every job takes work under a lease of at most 60 s; what it completes is fenced by that lease.
//! - Personal data are masked in `Debug` and `Display`; `expose()` is the only way to the text. Log lines hold
//!   ids, never addresses, tokens or paths with tokens.
//! - [`store`] tells nobody that there are two databases. On SQLite, transactions share their commit: a durable
//!   commit each would stop at some two thousand signups a second.
//!
//! # A signup
//!
//! The form is a page, or stands on somebody else's: `<aye-form>` (`static/embed.js`) fetches the same HTML from
//! [`web::embed`] and sends back a hash of the words it found on the screen, for the evidence.
//!
//! `POST /f/newsletter` → [`web::public::sign_up`] parses the fields into domain types → [`app::sign_up::sign_up`]
//! asks the gatekeeper ([`app::gatekeeper`]: one table of budgets, a proof of work for a form under attack; it stands
//! before every public write but leaving), meets the contact and locks its row, lets
//! [`domain::consent::sign_up`] decide, and writes in one batch: the request, the pending consents, the evidence
//! with the words shown, the event, and an outbox row. The visitor reads *Check your email*, whoever they are.
//! [`jobs`] leases the row, writes the mail from ids, hands it to the relay and records what the relay said as
//! evidence. `POST /c/{token}` → [`app::confirm::decide`] locks the contact, judges the request
//! ([`domain::request::judge`]) and settles the consents. The second click finds it done. Where a child signed up, the
//! first yes settles nothing: [`app::guardian`] waits for both, the child's and the guardian's, in any order.
//!
//! # A webhook
//!
//! The event row of the confirmation has no place yet. [`app::feed::Sequencer`], under its lease, gives it the
//! next place of its tenant and writes one delivery per endpoint that wants it, in one transaction. The delivery
//! job leases what is due in batches, more for endpoints that answer quickly and one at a time for those that do not,
//! prolongs its leases while it works, makes the envelope ([`app::envelope`]), signs it after
//! Standard Webhooks ([`webhook::signature`]) and posts it through a client that checks the address it really
//! connects to ([`domain::guard`]). What came back decides: delivered, again after [`domain::backoff`], or
//! switched off ([`app::endpoint_health`], which also writes to the owner). The owner sees every attempt and sends again
//! what was missed ([`app::replay`]), always with the id of the event.
//!
//! # Being forgotten
//!
//! A request nobody confirmed lapses after seven days ([`app::lapse`]): pending consents fall back to what was
//! settled before, and if nothing was, the person is forgotten ([`store::erasure::forget`]): consents, requests,
//! mails, codes and references go, evidence rows keep their place with record and salt emptied, so that the
//! log of commitments stays verifiable and says nothing about anyone.
//!
//! # An erasure
//!
//! `POST /v1/contacts:erase` or `ayeaye contact erase` → [`app::erase::erase`] locks the contact and, in one
//! transaction, removes what a forgotten person loses, empties the row of the contact, which stays as a mark, and
//! writes one fact, one event `contact.erased` and a keyed hash of the address. The send gate says `erased`, a
//! delivery that still waits carries no address, a mail that still waits is gone. SQLite overwrites what it deletes,
//! and its log is cut after the commit ([`store::Store::scrub`]): the address is in no file. The hash keeps nobody
//! from signing up again by themselves: that is asked to be confirmed like any other.
//!
//! # Who pressed
//!
//! A GET writes nothing, so who opened a page is remembered in memory ([`app::openings`]) until its button is pressed;
//! then it stands in the evidence, beside a grade ([`domain::grade`]): a remark, which never stops anybody.

pub mod anchor;
pub mod app;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod document;
pub mod domain;
pub mod i18n;
pub mod jobs;
pub mod mail;
pub mod picture;
pub mod server;
pub mod store;
pub mod tlog;
pub mod web;
pub mod webhook;
