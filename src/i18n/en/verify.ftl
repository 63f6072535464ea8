# Checking a proof: the page and the command
verify-title = Check a proof
verify-lead = Choose a receipt, a proof or a dossier. You see what it proves, and whether anything in it was changed.
verify-here = Your browser checks the file itself. It is not sent anywhere.
verify-sent = No script runs in this browser, so the file goes to this server to be checked. It is not kept. It may hold 1 MiB.
verify-file = File to check
verify-file-hint = A receipt (.jsonld or .json), a proof (.json) or a dossier (.zip).
verify-file-missing = Choose the file to check.
verify-drop = You can also drop it anywhere on this page.
verify-go = Check this file
verify-busy = The file is being checked.
verify-elsewhere = How to check without us
verify-elsewhere-text = The command below does the same on any computer, without a network and without this server. The formats are public, so anybody can write another program.

# The whole
verify-holds = The proof holds
verify-holds-text = What you read below is what the log holds. Nothing in it was changed.
verify-fails = The proof does not hold
verify-fails-text = Something in the file was changed, cut off or put in from elsewhere. The step that does not hold says where.
verify-open = The check is not complete
verify-open-text = Nothing was found wrong, but a step that matters could not be checked. It says why.
verify-more = { $n ->
    [one] One more proof holds and is not shown.
   *[other] { $n } more proofs hold and are not shown.
  }

# What a record says
verify-label-when = Date
verify-label-who = Person
verify-label-organisation = Organisation
verify-label-about = About
verify-label-receipt = Receipt
verify-shown = The text as it was shown
verify-steps = Each step
verify-unnamed = A fact
verify-kind-signup-requested = Sign-up requested
verify-kind-signup-mail-sent = Email to confirm sent
verify-kind-signup-mail-bounced = Email to confirm came back
verify-kind-signup-expired = Request not confirmed in time
verify-kind-signup-reported = Request reported as not theirs
verify-kind-consent-confirmed = Consent given and confirmed
verify-kind-consent-withdrawn = Consent withdrawn
verify-kind-consent-refused = Consent refused
verify-kind-consent-expired = Consent expired
verify-kind-pause-started = Break begun
verify-kind-pause-ended = Break ended
verify-kind-preference-changed = Preference changed

# Steps and verdicts
verify-step-file = The file can be read
verify-step-record = The record can be read
verify-step-commitment = The log entry belongs to this record
verify-step-leaf = Fingerprint of the entry
verify-step-inclusion = The entry is in the log
verify-step-checkpoint = The log signed its state
verify-step-witnesses = Independent witnesses signed it too
verify-step-timestamp = Time stamps
verify-verdict-ok = holds
verify-verdict-failed = does not hold
verify-verdict-absent = nothing to check
verify-verdict-unchecked = not checked

# What the checker has to say
verify-too-large = The file is larger than { $mib } MiB.
verify-not-json = The text cannot be read from byte { $at } on: it was cut off, changed, or is of another kind.
verify-foreign = This is no receipt, proof or dossier of this kind.
verify-no-proof = There is no proof in it.
verify-not-zip = The dossier cannot be unpacked. It stops making sense at byte { $at }.
verify-bomb = The dossier unpacks to more than this checker takes.
verify-earlier = A step before it does not hold.
verify-browser-cannot = This browser cannot do this step. The command below can.
verify-waiting = The fact is not in the log yet. That normally takes two seconds: download the file again.
verify-other-format = This proof is not written in the format ayeaye-proof/1.
verify-no-record = There is no record in the proof.
verify-not-canonical = The record holds a value that has no single spelling.
verify-canonical = Its canonical form has { $n } bytes.
verify-bad-salt = The salt is not 64 hexadecimal digits.
verify-bad-entry = The log entry is not written as an entry of evidence.
verify-other-record = The log entry was made of another record or another salt: one of them was changed.
verify-committed = Record and salt give exactly the value in the log entry.
verify-leaf = { $hash }
verify-bad-proof = The path through the log cannot be read from byte { $at } of its text on.
verify-bad-checkpoint = The state of the log cannot be read from byte { $at } of the proof’s text on.
verify-other-root = The path from this entry does not lead to the state that the log signed.
verify-included = The entry with number { $index } of { $size }, counted from 0.
verify-bad-note = The signatures cannot be read from byte { $at } of the proof’s text on.
verify-bad-key = Key { $n } of the log in the file is not a key.
verify-other-log = No key of the log { $origin } is known.
verify-not-signed = The known key of the log did not sign this state.
verify-wrong-signature = A signature of the log is wrong: the state or the signature was changed.
verify-signed = Signed by { $origin } with the key known here. The log says it signed on { $at }.
verify-signed-untimed = Signed by { $origin } with the key known here. It does not say when.
verify-signed-by-file = Signed by { $origin } with the key that came with the file: compare that key with the one the organisation publishes. The log says it signed on { $at }.
verify-signed-by-file-untimed = Signed by { $origin } with the key that came with the file: compare that key with the one the organisation publishes. It does not say when.
verify-bad-threshold = The number of witnesses that are needed is not a number.
verify-no-witness = No witness is named.
verify-bad-witness = Key { $n } of the witnesses is not a key.
verify-wrong-witness = The signature of the witness { $name } is wrong.
verify-too-few-witnesses = Known witnesses that signed: { $n }. Needed: { $needed }.
verify-witnessed = Known witnesses that signed: { $n }. Needed: { $needed }.
verify-no-timestamp = There is no time stamp.
verify-bad-timestamp = Time stamp { $n } cannot be read.
verify-other-timestamp = Time stamp { $n } was made for something else.
verify-wrong-timestamp = The signature or the certificate of time stamp { $n } is wrong.
verify-untrusted-timestamp = The authority of time stamp { $n } does not descend from a certificate you gave.
verify-stamped = This state existed on { $at }. The authority descends from a certificate you gave.
verify-stamped-uncompared = This state existed on { $at }, says an authority whose certificate was not compared with a trusted one.
