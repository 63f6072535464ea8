# Receipts and dossiers.

# Every document
doc-page = Page { $n } of { $of }
doc-replaced = Characters that this document has no letters for are written as their number, like [U+1F600]. The files beside it hold them as they are.
doc-file-description = The record and its proof, to be checked by a program
doc-authority-fr = the CNIL
doc-authority-other = the data protection authority of the country where you live or work

# Names of facts
doc-number = Receipt
doc-when = Date
doc-address = Email address
doc-controller = Responsible
doc-contact = Contact
doc-how = How
doc-page-origin = Website
doc-form = Form
doc-form-version = { $name }, version { $n }
doc-network = Network
doc-network-hash = Network, keyed hash
doc-browser = Browser
doc-fetch = Told by the browser
doc-language = Language
doc-state = State
doc-state-change = { $before } → { $after }
doc-wording = Wording
doc-wording-version = Version { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Version
doc-read-at = Where to read it
doc-message-id = Message-ID
doc-mail-answer = Mail server’s answer
doc-mail-queued = Written
doc-mail-attempts = Attempts
doc-request = Request
doc-requested-at = Requested
doc-record = Record
doc-grade = Assessment
doc-grade-person = a person
doc-grade-likely-automated = probably a program
doc-reason-code-typed = the code was typed where the sign-up was made
doc-reason-user-activated = the browser says that somebody clicked, tapped or pressed a key
doc-reason-took-time = the page had been open for as long as a person needs
doc-reason-pressed-at-once = the button was pressed at once
doc-reason-page-not-opened = the page with the button had not been opened
doc-reason-no-activation = the browser does not say that anybody clicked
doc-reason-no-fetch-metadata = the browser says nothing about how the page was asked for
doc-reason-not-navigated = the page was not asked for as a page
doc-reason-cross-site = it was asked for from another site
doc-reason-prefetch = it was fetched ahead of a visit
doc-reason-head = only the head of the page was asked for
doc-reason-known-scanner = a program known to check the links of emails
doc-reason-library = a program, not a browser
doc-reason-no-user-agent = it did not say what it is
doc-reason-opened-at-once = opened within two seconds of the email being sent
doc-reason-several-links = several links of one email opened within seconds
doc-openings = Link opened
doc-opened-at = Page opened
doc-openings-count = { $n } times, of which { $automated } by programs
doc-openings-program = { $what } (a program: { $why })
doc-log = Log
doc-log-entry = Entry
doc-log-entry-of = number { $index }, in a log of { $size } entries
doc-log-commitment = Commitment
doc-log-root = Root of the log
doc-log-signed = Signed by the log

# How something was done
doc-how-form = with the sign-up form
doc-how-link = with the link in the confirmation email
doc-how-code = with the 6-digit code in the confirmation email
doc-how-preferences = on the page of one’s choices
doc-how-unsubscribe = with the unsubscribe link of an email
doc-how-one-click = with the unsubscribe button of the mail program
doc-how-undo = by undoing the change before
doc-how-not-me = with the link “It was not me”
doc-how-time = by itself, when its time was over
doc-how-mail = by email
doc-how-api = by a system of the organisation
doc-how-command = by an operator of this service

# What happened
doc-kind-requested = Sign-up requested
doc-kind-mail-sent = Confirmation email sent
doc-kind-mail-bounced = Confirmation email not delivered
doc-kind-confirmed = Consent confirmed
doc-kind-withdrawn = Consent withdrawn
doc-kind-refused = Consent refused
doc-kind-expired = Consent expired
doc-kind-lapsed = Request ended, not confirmed in time
doc-kind-reported = Request reported as somebody else’s
doc-kind-paused = Break started
doc-kind-resumed = Break ended
doc-kind-language = Language changed
doc-kind-erased = Person erased

# Where a consent stands
doc-state-unknown = nothing agreed
doc-state-pending = waiting for confirmation
doc-state-confirmed = confirmed
doc-state-withdrawn = withdrawn
doc-state-refused = refused
doc-state-expired = expired

# Receipt
doc-receipt-title = Receipt { $number }
doc-receipt-foot = Receipt { $number } · { $name }
doc-receipt-lead-confirmed = You agreed to receive what is below. Keep this receipt: it proves what you agreed to, to which words, and when.
doc-receipt-lead-withdrawn = You stopped what is below. Keep this receipt: it proves that you did, and when.
doc-receipt-lead-refused = You said no to what is below. It is not sent to you. Keep this receipt if you want to prove it.
doc-receipt-lead-requested = Somebody, probably you, asked for what is below. It is sent only once this is confirmed from your mailbox.
doc-receipt-lead-other = This receipt is yours. It proves what happened, and when.
doc-receipt-what = What it is about
doc-receipt-words = The words on the page
doc-receipt-words-lead = Word for word as you were shown them, with the button that was pressed:
doc-receipt-steps = How it happened
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Privacy notice
doc-receipt-log = Its place in the public log
doc-receipt-log-lead = A fingerprint of this record stands in a public log that can only grow. Nobody can change or remove it unseen, not even those who run this service. The log says nothing about you.
doc-receipt-log-waiting = When this file was made, the record was still waiting for its place in the public log. That takes a few seconds. Download the receipt again to have it.
doc-receipt-check = How to check it without us
doc-receipt-check-file = Save the file { $file }, which is attached to this PDF. It holds the record and its proof.
doc-receipt-check-command = On your own computer, with no network: ayeaye verify { $file }
doc-receipt-check-page = Or open { $url } and choose the file. It is checked inside your browser and sent nowhere.
doc-receipt-check-key = Compare the key of the log with the one you were given elsewhere: { $key }
doc-receipt-leave = If you change your mind
doc-receipt-leave-text = Use the link at the bottom of any email, or ask for your link at { $url }. One button, no password. It takes effect at once.
doc-receipt-join = If you want it again
doc-receipt-join-text = Sign up once more, or ask for your link at { $url }. Nothing is sent until you confirm it.
doc-receipt-rights = Your rights
doc-receipt-rights-text = You can see your data, correct them, take them elsewhere, have them frozen or erased. Write to { $contact }. You can also complain to { $authority }.

# Receipt as data
doc-data-until-withdrawn = until the consent is withdrawn or the data are erased
doc-data-until-changed = until the person decides otherwise
doc-data-no-country = The controller has not told this service its country.
doc-data-no-storage = The controller has not told this service where the data are stored.
doc-data-no-transfer = The controller has not told this service about transfers to other countries.
doc-data-no-notice = The record names no privacy notice.

# Dossier
doc-dossier-title = Evidence of consents
doc-dossier-foot = Evidence of consents · { $name } · { $date }
doc-dossier-asked-by = Asked for by
doc-dossier-subject = About
doc-dossier-period = Period
doc-dossier-period-all = everything that is known
doc-dossier-period-from = from { $from }
doc-dossier-period-to = until { $to }
doc-dossier-period-between = from { $from } until { $to }
doc-dossier-made = Made
doc-dossier-people = People
doc-dossier-records = Records
doc-dossier-records-erased = { $n }, of which { $erased } erased
doc-dossier-lead = This dossier holds each step by which a person gave, refused or withdrew consent: who, when, how, and the text on the page, word for word. Times are in UTC.
doc-dossier-lead-proof = Every record has a fingerprint in a public log that can only grow. So nobody can change a record afterwards unseen, and nobody has to trust this document: its last chapter says how to check it.
doc-dossier-without-erased = People who were erased are not in it: nothing says any more what they agreed to.
doc-dossier-index = Where everyone stands
doc-dossier-none = No record answers to what was asked.
doc-dossier-since = { $name }: { $state }, since { $date }
doc-dossier-nothing = nothing agreed, refused or withdrawn
doc-dossier-nobody = Erased person
doc-dossier-of-person = one person, { $id }
doc-dossier-of-purpose = everyone who was asked for “{ $name }” ({ $slug })
doc-dossier-gone = erased: nothing is left of what these records said
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Person
doc-dossier-file = File
doc-dossier-reasons = Reasons
doc-dossier-shown = On the page, word for word:
doc-dossier-erased = What this record said has been erased, and with it the secret number that would let anyone test a guess. Its entry stays in the log and shows that a record was made, not what it said.
doc-dossier-waiting = When this dossier was made, this record was still waiting for its place in the log.
doc-dossier-check = How to check this dossier
doc-dossier-check-lead = You need none of our services for it. This document comes in a ZIP file with the records and their proofs.
doc-dossier-keys = Keys
doc-dossier-key-log = Log
doc-dossier-key-witness = Witness
doc-dossier-threshold = Witnesses needed
doc-dossier-checkpoint = Signed state
doc-dossier-checkpoint-of = { $size } entries, file { $file }

# How to check a dossier
doc-verify-title = How to check this dossier
doc-verify-files = What is in the ZIP file
doc-verify-file-pdf = dossier.pdf: the same facts, to read
doc-verify-file-proofs = proofs/: one file for each record, with its secret number (“salt”) and its proof
doc-verify-file-keys = keys.txt: the public keys of the log and of its witnesses
doc-verify-file-checkpoints = checkpoints/: states of the log, as it signed them
doc-verify-command = With the program
doc-verify-command-text = On any computer, with no network and no account:
doc-verify-step-command = With the program ayeaye, with no network: ayeaye verify dossier.zip
doc-verify-step-record = The commitment. For each file in proofs/, HMAC-SHA256 of the record in canonical JSON (RFC 8785), with the bytes of the salt as key, gives the “c” of the entry.
doc-verify-step-leaf = The place. SHA-256 of a zero byte and the entry is the leaf. With the hashes of the proof it leads to the root in the signed state (RFC 6962, section 2.1.1).
doc-verify-step-signature = The signature. The three lines of the signed state are signed with the log’s key (Ed25519; formats c2sp.org/signed-note and c2sp.org/tlog-checkpoint).
doc-verify-step-key = The key. Compare it with the one published by the log, or the one other people got: { $url }
doc-verify-step-now = The log today. Every later state of the log must contain this one. It is open to all: { $url }
doc-verify-hand = By hand
doc-verify-key = { $name }: { $key }
doc-verify-script = This program checks the commitments and the places, without the signature. It needs Python 3 and nothing else. Save it as check.py beside the folder proofs and run: python3 check.py

## Age and guardian
doc-kind-agreed = First of two agreements
doc-kind-guardian-asked = Guardian asked by email
doc-kind-guardian-unreached = Email to the guardian not delivered
doc-how-guardian = with the answer of a parent or guardian
## The browser that signed up
doc-how-same-browser = with the link in the confirmation email, opened in the browser that signed up
doc-reason-same-browser = the link was opened in the browser that signed up, which alone has the cookie

## What a system of the organisation's did
doc-kind-restricted = Data frozen at the person’s request
doc-kind-unrestricted = Freeze ended
doc-kind-suppressed = Address marked as not to be mailed
doc-kind-unsuppressed = Mark lifted
doc-kind-cancelled = Request taken back by the organisation
