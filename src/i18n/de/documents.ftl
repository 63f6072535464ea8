# Belege und Dossiers.

# Jedes Dokument
doc-page = Seite { $n } von { $of }
doc-replaced = Zeichen, für die dieses Dokument keine Schrift hat, sind als ihre Nummer geschrieben, etwa [U+1F600]. Die Dateien daneben enthalten sie unverändert.
doc-file-description = Die Aufzeichnung und ihr Nachweis, zum Prüfen mit einem Programm
doc-authority-fr = die CNIL in Frankreich
doc-authority-other = die Datenschutzbehörde des Landes, in dem Sie leben oder arbeiten

# Namen von Angaben
doc-number = Beleg
doc-when = Datum
doc-address = E-Mail-Adresse
doc-controller = Verantwortlicher
doc-contact = Kontakt
doc-how = Wie
doc-page-origin = Website
doc-form = Formular
doc-form-version = { $name }, Version { $n }
doc-network = Netzwerk
doc-network-hash = Netzwerk, Hash mit Schlüssel
doc-browser = Browser
doc-fetch = Angaben des Browsers
doc-language = Sprache
doc-state = Stand
doc-state-change = { $before } → { $after }
doc-wording = Wortlaut
doc-wording-version = Version { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Version
doc-read-at = Wo er zu lesen ist
doc-message-id = Message-ID
doc-mail-answer = Antwort des Mailservers
doc-mail-queued = Geschrieben
doc-mail-attempts = Versuche
doc-request = Anfrage
doc-requested-at = Angefragt
doc-record = Aufzeichnung
doc-grade = Einschätzung
doc-grade-person = eine Person
doc-grade-likely-automated = vermutlich ein Programm
doc-reason-code-typed = der Code wurde dort eingegeben, wo die Anmeldung begann
doc-reason-user-activated = der Browser meldet einen Klick, eine Berührung oder einen Tastendruck
doc-reason-took-time = die Seite war so lange offen, wie ein Mensch braucht
doc-reason-pressed-at-once = der Knopf wurde sofort gedrückt
doc-reason-page-not-opened = die Seite mit dem Knopf war nicht geöffnet worden
doc-reason-no-activation = der Browser meldet keinen Klick
doc-reason-no-fetch-metadata = der Browser sagt nicht, wie die Seite aufgerufen wurde
doc-reason-not-navigated = die Seite wurde nicht als Seite aufgerufen
doc-reason-cross-site = sie wurde von einer anderen Website aus aufgerufen
doc-reason-prefetch = sie wurde vor einem Besuch geladen
doc-reason-head = nur der Kopf der Seite wurde abgerufen
doc-reason-known-scanner = ein Programm, das bekanntlich Links in E-Mails prüft
doc-reason-library = ein Programm, kein Browser
doc-reason-no-user-agent = es hat nicht gesagt, was es ist
doc-reason-opened-at-once = geöffnet binnen zwei Sekunden nach dem Versand der E-Mail
doc-reason-several-links = mehrere Links einer E-Mail binnen Sekunden geöffnet
doc-openings = Link geöffnet
doc-opened-at = Seite geöffnet
doc-openings-count = { $n }-mal, davon { $automated }-mal von Programmen
doc-openings-program = { $what } (ein Programm: { $why })
doc-log = Protokoll
doc-log-entry = Eintrag
doc-log-entry-of = Nummer { $index } in einem Protokoll mit { $size } Einträgen
doc-log-commitment = Festlegung
doc-log-root = Wurzel des Protokolls
doc-log-signed = Vom Protokoll signiert

# Auf welchem Weg
doc-how-form = mit dem Anmeldeformular
doc-how-link = mit dem Link in der E-Mail zur Bestätigung
doc-how-code = mit dem Code aus 6 Ziffern in der E-Mail zur Bestätigung
doc-how-preferences = auf der Seite mit der eigenen Auswahl
doc-how-unsubscribe = mit dem Abmeldelink einer E-Mail
doc-how-one-click = mit dem Abmeldeknopf des Mailprogramms
doc-how-undo = durch Rückgängigmachen der Änderung davor
doc-how-not-me = mit dem Link „Das war ich nicht“
doc-how-time = von selbst, nach Ablauf der Frist
doc-how-mail = per E-Mail
doc-how-api = durch ein System der Organisation
doc-how-command = durch einen Betreiber dieses Dienstes

# Was geschehen ist
doc-kind-requested = Anmeldung angefragt
doc-kind-mail-sent = E-Mail zur Bestätigung geschickt
doc-kind-mail-bounced = E-Mail zur Bestätigung nicht zugestellt
doc-kind-confirmed = Einwilligung bestätigt
doc-kind-withdrawn = Einwilligung widerrufen
doc-kind-refused = Einwilligung verweigert
doc-kind-expired = Einwilligung erloschen
doc-kind-lapsed = Anfrage beendet, nicht rechtzeitig bestätigt
doc-kind-reported = Anfrage als fremd gemeldet
doc-kind-paused = Pause begonnen
doc-kind-resumed = Pause beendet
doc-kind-language = Sprache geändert
doc-kind-erased = Person gelöscht

# Stand einer Einwilligung
doc-state-unknown = keine Einwilligung
doc-state-pending = wartet auf Bestätigung
doc-state-confirmed = bestätigt
doc-state-withdrawn = widerrufen
doc-state-refused = verweigert
doc-state-expired = erloschen

# Beleg
doc-receipt-title = Beleg { $number }
doc-receipt-foot = Beleg { $number } · { $name }
doc-receipt-lead-confirmed = Sie haben eingewilligt, zu erhalten, was unten steht. Heben Sie diesen Beleg auf: Er weist nach, worin Sie eingewilligt haben, mit welchem Wortlaut und wann.
doc-receipt-lead-withdrawn = Sie haben abbestellt, was unten steht. Heben Sie diesen Beleg auf: Er weist nach, dass Sie es getan haben, und wann.
doc-receipt-lead-refused = Sie haben Nein gesagt zu dem, was unten steht. Es wird Ihnen nicht geschickt. Heben Sie diesen Beleg auf, wenn Sie das nachweisen möchten.
doc-receipt-lead-requested = Jemand, vermutlich Sie selbst, hat angefordert, was unten steht. Es wird erst geschickt, wenn es aus Ihrem Postfach bestätigt ist.
doc-receipt-lead-other = Dieser Beleg gehört Ihnen. Er weist nach, was geschehen ist, und wann.
doc-receipt-what = Worum es geht
doc-receipt-words = Der Wortlaut auf der Seite
doc-receipt-words-lead = Wort für Wort, wie er Ihnen gezeigt wurde, mit dem Knopf, der gedrückt wurde:
doc-receipt-steps = Wie es dazu kam
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Datenschutzhinweis
doc-receipt-log = Sein Platz im öffentlichen Protokoll
doc-receipt-log-lead = Ein Fingerabdruck dieser Aufzeichnung steht in einem öffentlichen Protokoll, das nur wachsen kann. Niemand kann ihn unbemerkt ändern oder entfernen, auch nicht, wer diesen Dienst betreibt. Das Protokoll sagt nichts über Sie.
doc-receipt-log-waiting = Als diese Datei entstand, wartete die Aufzeichnung noch auf ihren Platz im öffentlichen Protokoll. Das dauert ein paar Sekunden. Laden Sie den Beleg noch einmal herunter, um ihn zu erhalten.
doc-receipt-check = Wie Sie ohne uns prüfen
doc-receipt-check-file = Speichern Sie die Datei { $file }, die an diesem PDF hängt. Sie enthält die Aufzeichnung und ihren Nachweis.
doc-receipt-check-command = Auf Ihrem eigenen Rechner, ohne Netz: ayeaye verify { $file }
doc-receipt-check-page = Oder öffnen Sie { $url } und wählen Sie die Datei aus. Sie wird in Ihrem Browser geprüft und nirgendwohin geschickt.
doc-receipt-check-key = Vergleichen Sie den Schlüssel des Protokolls mit dem, den Sie anderswo erhalten haben: { $key }
doc-receipt-leave = Wenn Sie Ihre Meinung ändern
doc-receipt-leave-text = Nutzen Sie den Link unten in jeder E-Mail, oder fordern Sie Ihren Link auf { $url } an. Ein Knopf, kein Passwort. Es gilt sofort.
doc-receipt-join = Wenn Sie es wieder möchten
doc-receipt-join-text = Melden Sie sich noch einmal an, oder fordern Sie Ihren Link auf { $url } an. Bis Sie bestätigen, wird nichts geschickt.
doc-receipt-rights = Ihre Rechte
doc-receipt-rights-text = Sie können Ihre Daten einsehen, berichtigen, mitnehmen, einschränken oder löschen lassen. Schreiben Sie an { $contact }. Sie können sich auch bei einer Aufsichtsbehörde beschweren: { $authority }.

# Beleg als Daten
doc-data-until-withdrawn = bis die Einwilligung widerrufen wird oder die Daten gelöscht werden
doc-data-until-changed = bis die Person anders entscheidet
doc-data-no-country = Der Verantwortliche hat diesem Dienst sein Land nicht genannt.
doc-data-no-storage = Der Verantwortliche hat diesem Dienst nicht gesagt, wo die Daten gespeichert werden.
doc-data-no-transfer = Der Verantwortliche hat diesem Dienst nichts über Übermittlungen in andere Länder gesagt.
doc-data-no-notice = Die Aufzeichnung nennt keinen Datenschutzhinweis.

# Dossier
doc-dossier-title = Nachweis von Einwilligungen
doc-dossier-foot = Nachweis von Einwilligungen · { $name } · { $date }
doc-dossier-asked-by = Angefordert von
doc-dossier-subject = Betrifft
doc-dossier-period = Zeitraum
doc-dossier-period-all = alles, was bekannt ist
doc-dossier-period-from = ab dem { $from }
doc-dossier-period-to = bis zum { $to }
doc-dossier-period-between = vom { $from } bis zum { $to }
doc-dossier-made = Erstellt
doc-dossier-people = Personen
doc-dossier-records = Aufzeichnungen
doc-dossier-records-erased = { $n }, davon { $erased } gelöscht
doc-dossier-lead = Dieses Dossier enthält jeden Schritt, mit dem eine Person eine Einwilligung erteilt, verweigert oder widerrufen hat: wer, wann, wie, und den Text auf der Seite, Wort für Wort. Uhrzeiten sind in UTC angegeben.
doc-dossier-lead-proof = Von jeder Aufzeichnung steht ein Fingerabdruck in einem öffentlichen Protokoll, das nur wachsen kann. Darum kann niemand eine Aufzeichnung nachträglich unbemerkt ändern, und niemand muss diesem Dokument glauben: Sein letztes Kapitel sagt, wie man es prüft.
doc-dossier-without-erased = Gelöschte Personen kommen darin nicht vor: Nichts sagt mehr, worin sie eingewilligt hatten.
doc-dossier-index = Wo alle stehen
doc-dossier-none = Keine Aufzeichnung passt zur Anfrage.
doc-dossier-since = { $name }: { $state }, seit dem { $date }
doc-dossier-nothing = nichts erteilt, verweigert oder widerrufen
doc-dossier-nobody = Gelöschte Person
doc-dossier-of-person = eine Person, { $id }
doc-dossier-of-purpose = alle, die nach „{ $name }“ ({ $slug }) gefragt wurden
doc-dossier-gone = gelöscht: Vom Inhalt dieser Aufzeichnungen ist nichts geblieben
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Person
doc-dossier-file = Datei
doc-dossier-reasons = Gründe
doc-dossier-shown = Auf der Seite, Wort für Wort:
doc-dossier-erased = Was diese Aufzeichnung sagte, ist gelöscht, und mit ihm die geheime Zahl, mit der man eine Vermutung prüfen könnte. Ihr Eintrag bleibt im Protokoll und zeigt, dass es eine Aufzeichnung gab, nicht, was sie sagte.
doc-dossier-waiting = Als dieses Dossier entstand, wartete diese Aufzeichnung noch auf ihren Platz im Protokoll.
doc-dossier-check = Wie Sie dieses Dossier prüfen
doc-dossier-check-lead = Sie brauchen dafür keinen unserer Dienste. Dieses Dokument kommt in einer ZIP-Datei mit den Aufzeichnungen und ihren Nachweisen.
doc-dossier-keys = Schlüssel
doc-dossier-key-log = Protokoll
doc-dossier-key-witness = Zeuge
doc-dossier-threshold = Nötige Zeugen
doc-dossier-checkpoint = Signierter Stand
doc-dossier-checkpoint-of = { $size } Einträge, Datei { $file }

# Ein Dossier prüfen
doc-verify-title = Wie Sie dieses Dossier prüfen
doc-verify-files = Was in der ZIP-Datei ist
doc-verify-file-pdf = dossier.pdf: dieselben Angaben, zum Lesen
doc-verify-file-proofs = proofs/: eine Datei für jede Aufzeichnung, mit ihrer geheimen Zahl („salt“) und ihrem Nachweis
doc-verify-file-keys = keys.txt: die öffentlichen Schlüssel des Protokolls und seiner Zeugen
doc-verify-file-checkpoints = checkpoints/: Stände des Protokolls, wie es sie signiert hat
doc-verify-command = Mit dem Programm
doc-verify-command-text = Auf jedem Rechner, ohne Netz und ohne Konto:
doc-verify-step-command = Mit dem Programm ayeaye, ohne Netz: ayeaye verify dossier.zip
doc-verify-step-record = Die Festlegung. Für jede Datei in proofs/ ergibt der HMAC-SHA256 der Aufzeichnung in kanonischem JSON (RFC 8785), mit den Bytes des „salt“ als Schlüssel, das „c“ des Eintrags.
doc-verify-step-leaf = Der Platz. Der SHA-256 aus einem Nullbyte und dem Eintrag ist das Blatt. Mit den Hashes des Nachweises führt es zur Wurzel im signierten Stand (RFC 6962, Abschnitt 2.1.1).
doc-verify-step-signature = Die Signatur. Die drei Zeilen des signierten Standes sind mit dem Schlüssel des Protokolls signiert (Ed25519; Formate c2sp.org/signed-note und c2sp.org/tlog-checkpoint).
doc-verify-step-key = Der Schlüssel. Vergleichen Sie ihn mit dem, den das Protokoll veröffentlicht, oder mit dem, den andere erhalten haben: { $url }
doc-verify-step-now = Das Protokoll heute. Jeder spätere Stand des Protokolls muss diesen enthalten. Es steht allen offen: { $url }
doc-verify-hand = Von Hand
doc-verify-key = { $name }: { $key }
doc-verify-script = Dieses Programm prüft die Festlegungen und die Plätze, ohne die Signatur. Es braucht Python 3 und sonst nichts. Speichern Sie es als check.py neben dem Ordner proofs und starten Sie: python3 check.py

## Age and guardian
doc-kind-agreed = Erste von zwei Zustimmungen
doc-kind-guardian-asked = Erziehungsberechtigte Person per E-Mail gefragt
doc-kind-guardian-unreached = E-Mail an die erziehungsberechtigte Person nicht zugestellt
doc-how-guardian = mit der Antwort einer erziehungsberechtigten Person
## The browser that signed up
doc-how-same-browser = mit dem Link der E-Mail zur Bestätigung, geöffnet im Browser der Anmeldung
doc-reason-same-browser = der Link wurde im Browser der Anmeldung geöffnet, der als einziger das Cookie hat

## What a system of the organisation's did
doc-kind-restricted = Daten auf Wunsch der Person eingefroren
doc-kind-unrestricted = Einfrieren beendet
doc-kind-suppressed = Adresse für E-Mails gesperrt
doc-kind-unsuppressed = Sperre aufgehoben
doc-kind-cancelled = Anfrage von der Organisation zurückgezogen
