# Datum
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

# Rund um jede Seite
title-error = Fehler:
frame-skip = Zum Inhalt springen
frame-languages = Sprache
frame-responsible = Verantwortlich für Ihre Daten: { $legal }
frame-contact = An { $address } schreiben
frame-notice = Datenschutzhinweis
frame-how = So funktioniert diese Seite

# Wo jemand bei einem Zweck steht
standing-never = Sie erhalten diese E-Mails nicht.
standing-waiting = Wartet auf Ihre Bestätigung. Öffnen Sie die E-Mail, die wir Ihnen geschickt haben.
standing-receiving = Sie erhalten diese E-Mails seit dem { $date }.
standing-left = Sie haben sich am { $date } abgemeldet.
standing-refused = Sie haben am { $date } Nein gesagt.
standing-lapsed = Ihre Einwilligung ist am { $date } erloschen.
purpose-how-often = Häufigkeit: { $frequency }.
frequency-immediate = sobald es etwas gibt
frequency-daily = täglich
frequency-weekly = einmal pro Woche
frequency-monthly = einmal im Monat
frequency-quarterly = viermal im Jahr
frequency-occasional = hin und wieder

# Formulare
form-errors = Etwas stimmt noch nicht
email-label = E-Mail-Adresse
email-missing = Geben Sie Ihre E-Mail-Adresse ein
email-malformed = Geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.com
email-too-long = Geben Sie eine kürzere E-Mail-Adresse ein: höchstens 254 Zeichen
email-not-ascii = Nehmen Sie eine Adresse ohne Umlaute und Akzente vor dem @: Viele Maildienste können andere nicht zustellen
email-several = Geben Sie nur eine E-Mail-Adresse ein
email-domain = Prüfen Sie, was nach dem @ steht: Es sieht nicht nach einem Maildienst aus
code-label = Code mit 6 Ziffern
code-hint = Er steht in der E-Mail. Sie können ihn einfügen.
code-send = Weiter
code-malformed = Geben Sie die 6 Ziffern des Codes ein
code-wrong = { $n ->
    [0] Das ist nicht der Code, den wir geschickt haben. Es gab zu viele Versuche: Fordern Sie einen neuen an
    [one] Das ist nicht der Code, den wir geschickt haben. Sie haben noch einen Versuch
   *[other] Das ist nicht der Code, den wir geschickt haben. Sie haben noch { $n } Versuche
  }
code-expired = Dieser Code gilt nicht mehr. Fordern Sie einen neuen an
code-exhausted = Mit diesem Code gab es zu viele Versuche. Fordern Sie einen neuen an
receipt-title = Ihr Beleg
receipt-number = Beleg
receipt-when = Datum
receipt-about = Betrifft
receipt-wording = Wortlaut
receipt-version = { $name }, Version { $n } ({ $locale })
receipt-open = Diesen Beleg öffnen
receipt-page-title = Beleg { $number }
receipt-address = E-Mail-Adresse
receipt-pdf = Als PDF herunterladen
receipt-data = Nachweis herunterladen
receipt-files = Das PDF ist zum Lesen und Drucken. Der Nachweis ist eine Datei, die alle prüfen können, auch ohne uns.
receipt-waiting = Der Nachweis wird gerade geschrieben. Meist ist er in wenigen Sekunden fertig: Laden Sie diese Seite neu, oder kommen Sie später wieder.
receipt-shown = Der Wortlaut, der Ihnen gezeigt wurde
receipt-steps = Wie es dazu kam
receipt-proof = Warum das ein Nachweis ist
receipt-place = Es ist Eintrag { $n } in einem öffentlichen Protokoll mit { $of } Einträgen. Niemand, auch wir nicht, kann einen Eintrag nachträglich ändern, ohne dass es auffällt.
receipt-check = Wer die Nachweisdatei hat, kann all das prüfen, ohne uns zu fragen.
receipt-check-go = Nachweisdatei prüfen
number-lead = Das ist unter dieser Nummer festgehalten.
number-organisation = Organisation
number-what = Was geschehen ist
number-erased = Die Daten dieser Person sind gelöscht. Geblieben sind nur das Datum und der Platz im Protokoll.
number-log = Öffentliches Protokoll
number-place = Eintrag { $n }, signiert
number-unsigned = Wird gerade geschrieben. Laden Sie diese Seite in ein paar Sekunden neu.
number-how = Der ganze Beleg
number-how-text = Den ganzen Beleg sieht nur die Person, um die es geht. Er liegt auf der Seite mit ihrer Auswahl, im Verlauf. Die Nachweisdatei dazu können alle prüfen.
receipt-keep = Heben Sie diese Nummer auf, wenn Sie Ihre Entscheidung später belegen möchten. Sie können diese Seite drucken.
undo = Rückgängig machen
undo-until = Sie können das bis zum { $until } rückgängig machen.

# Anmeldung
sign-up-title = Für E-Mails von { $name } anmelden
sign-up-you-get = Sie erhalten:
sign-up-choose = Was möchten Sie erhalten?
sign-up-email-why = Wir nutzen sie nur, um Ihnen zu schicken, was Sie hier bestellen.
sign-up-optional = { $label } (freiwillig)
sign-up-trap = Lassen Sie dieses Feld leer
sign-up-notice = { $legal } nutzt Ihre Adresse mit Ihrer Einwilligung, um Ihnen zu schicken, was Sie hier auswählen, bis Sie die Einwilligung widerrufen. Jede E-Mail enthält einen Link dafür.
sign-up-notice-link = Wie Ihre Daten genutzt werden
sign-up-send = Anmelden
sign-up-next = Wir schicken Ihnen eine E-Mail zur Bestätigung. Vorher schicken wir nichts anderes.
sign-up-nothing-ticked = Wählen Sie mindestens eine Art von E-Mails aus
sign-up-not-offered = Wählen Sie nur aus den Kästchen dieses Formulars
sign-up-field-missing = Füllen Sie aus: { $label }
sign-up-field-too-long = Kürzen Sie auf höchstens { $n } Zeichen: { $label }
sign-up-again = Bitte senden Sie das Formular noch einmal
sign-up-text-changed = Der Text dieses Formulars hat sich geändert, nachdem Sie es geöffnet haben. Lesen Sie ihn und wählen Sie neu aus. Es wurde nichts gespeichert.
sign-up-too-soon = Es kam schneller zurück als üblich. Noch ist nichts gespeichert. Drücken Sie noch einmal auf „Anmelden“.
sign-up-stale = Dieses Formular war zu lange offen. Prüfen Sie es und senden Sie es noch einmal. Es wurde nichts gespeichert.

# E-Mails ansehen
check-title = Sehen Sie in Ihr Postfach
check-sent = Wir schicken eine E-Mail an die angegebene Adresse. Sie sollte in einer Minute ankommen.
check-do = Öffnen Sie sie und drücken Sie auf „Ja, schicken Sie mir diese E-Mails“, oder geben Sie hier den Code ein.
check-until = Der Link und der Code gelten bis zum { $until }.
check-missing = Die E-Mail ist nicht angekommen?
check-missing-wait = Warten Sie ein paar Minuten: Manche Maildienste halten Nachrichten zurück, bevor sie sie durchlassen.
check-missing-spam = Sehen Sie im Spam-Ordner nach. Suchen Sie nach { $sender }.
check-missing-typo = Vielleicht ist ein Tippfehler in der Adresse: Gehen Sie zurück und geben Sie sie noch einmal ein.
check-limit = Damit niemand unerwünschte Post bekommt, schicken wir an eine Adresse höchstens eine E-Mail alle 10 Minuten und drei am Tag. Ist sie für neue Anfragen gesperrt, schicken wir nichts.
check-again = Noch einmal schicken
check-other = Andere Adresse angeben
check-resent = Wenn die Grenze für diese Adresse es zulässt, ist eine neue E-Mail unterwegs. Nehmen Sie die neueste.

# Bestätigen
confirm-title = Bestätigen Sie, was Sie erhalten möchten
confirm-asked = Jemand, vermutlich Sie selbst, hat { $address } am { $date } angemeldet.
confirm-you-get = Wenn Sie Ja sagen, erhalten Sie:
confirm-choose = Das wurde angefordert
confirm-untick = Entfernen Sie die Häkchen bei allem, was Sie nicht möchten.
confirm-nothing-ticked = Lassen Sie mindestens ein Häkchen stehen, oder drücken Sie auf „Nein, Anfrage löschen“
confirm-not-asked = Wählen Sie nur aus den Kästchen dieser Anfrage
confirm-yes = Ja, schicken Sie mir diese E-Mails
confirm-no = Nein, Anfrage löschen
confirm-why = Warum noch ein Klick? Sicherheitsprogramme öffnen die Links in E-Mails. Ihr Klick zeigt, dass Sie es waren.
confirm-until = Dieser Link gilt bis zum { $until }. Wenn Sie nichts tun, wird die Anfrage gelöscht und Sie erhalten nichts.
confirmed-title = Sie sind angemeldet
confirmed-now = Ihre Auswahl ist gespeichert.
confirmed-already = Sie haben das am { $when } bestätigt. Es ist nichts mehr zu tun.
confirmed-you-get = Sie haben angefordert:
confirmed-next-title = Wie es weitergeht
confirmed-next = Sie erhalten die nächste E-Mail, sobald sie verschickt wird. Jede enthält einen Link zum Abmelden. Sie können Ihre Meinung jederzeit ändern.
confirmed-preferences = Auswahl ansehen und ändern
deleted-title = Ihre Anfrage ist gelöscht
deleted-now = Sie erhalten die angefragten E-Mails nicht.
deleted-next = Sonst hat sich nichts geändert. Wenn Sie andere E-Mails von uns erhalten, können Sie sich mit dem Link in jeder davon abmelden.
deleted-form = Zurück zum Formular

# Auswahl
preferences-title = Ihre E-Mail-Auswahl
preferences-address = Adresse: { $address }
preferences-tally = Sie erhalten { $n } von { $of }.
preferences-choose = E-Mails, die Sie erhalten können
preferences-language = Sprache der E-Mails
preferences-save = Auswahl speichern
preferences-stop = Von allem abmelden
preferences-effect = Was Sie abbestellen, endet sofort. Eine E-Mail, die schon unterwegs ist, kann noch ankommen.
preferences-pause = Pause machen
preferences-pause-what = Ihre Auswahl bleibt, und Sie erhalten nichts für:
preferences-pause-2w = 2 Wochen
preferences-pause-1m = 1 Monat
preferences-pause-3m = 3 Monate
preferences-paused = Ihre E-Mails pausieren bis zum { $date }.
preferences-resume = Pause beenden
preferences-more = Mehr sehen und ändern
preferences-more-why = Diese Seite wurde über einen Link geöffnet, der vielleicht weitergegeben wurde. Darum sind Ihre Adresse und Ihr Verlauf zum Teil verborgen. Um sie zu sehen, oder um neue E-Mails ohne weitere Bestätigung zu erhalten, schicken wir einen Code an Ihre Adresse.
preferences-code = Code schicken
preferences-code-again = Neuen Code schicken
history-title = Ihr Verlauf
history-none = Es ist noch nichts geschehen.
history-when = Datum
history-what = Was geschehen ist
history-asked = Sie haben angefordert: { $names }.
history-mailed = Wir haben Ihnen die E-Mail zur Bestätigung geschickt.
history-bounced = Die E-Mail zur Bestätigung konnte nicht zugestellt werden.
history-yes = Sie haben Ja gesagt zu: { $names }.
history-left = Sie haben abbestellt: { $names }.
history-no = Sie haben Nein gesagt zu: { $names }.
history-too-old = Ihre Einwilligung ist erloschen: { $names }.
history-again = Sie haben noch einmal gesagt, was Sie schon gesagt hatten.
history-lapsed = Ihre Anfrage wurde nicht rechtzeitig bestätigt und wurde gelöscht.
history-not-me = Sie haben gemeldet, dass eine Anfrage nicht von Ihnen war.
history-paused = Sie haben eine Pause begonnen.
history-resumed = Die Pause ist zu Ende gegangen.
history-language = Sie haben die Sprache Ihrer E-Mails geändert.
history-by-form = Mit einem Anmeldeformular.
history-by-link = Mit dem Link, den wir Ihnen geschickt haben.
history-by-code = Mit dem Code, den wir Ihnen geschickt haben.
history-by-preferences = Auf dieser Seite.
history-by-unsubscribe = Mit dem Abmeldelink einer E-Mail.
history-by-one-click = Mit dem Abmeldeknopf Ihres Mailprogramms.
history-by-undo = Durch Rückgängigmachen der Änderung davor.
history-by-not-me = Mit dem Link „Das war ich nicht“.
history-by-time = Von selbst.
recipients-title = Wer Ihre Daten erhält
recipients-none = Nur { $name } und der Anbieter dieser Seite, der nach deren Weisung arbeitet.
recipients-some = { $name }, der Anbieter dieser Seite, der nach deren Weisung arbeitet, und:
rights-title = Ihre Rechte
rights-list = Sie können Ihre Daten einsehen, berichtigen, mitnehmen, löschen oder einschränken lassen und ihrer Verarbeitung widersprechen.
rights-write = Schreiben Sie an
rights-deadline = Sie erhalten innerhalb eines Monats kostenlos Antwort.
saved-title = Gespeichert
saved-nothing = Es wurde nichts geändert.
saved-left = Sie erhalten nicht mehr: { $name }.
saved-joined = Sie erhalten ab jetzt: { $name }.
saved-asked = Wartet auf Ihre Bestätigung: { $name }.
saved-held = Noch nicht begonnen, weil wir die E-Mail zur Bestätigung gerade nicht schicken dürfen: { $name }.
saved-language = Wir schreiben Ihnen in dieser Sprache: { $name }.
saved-underway = Das gilt ab sofort. Eine E-Mail, die schon unterwegs ist, kann noch ankommen.
saved-confirm = Eine E-Mail zur Bestätigung ist unterwegs. Bis Sie bestätigen, erhalten Sie nichts Neues.
not-saved-title = Es wurde nichts geändert
not-saved-offered = Das Angebot hat sich geändert. Sehen Sie es unten an und speichern Sie noch einmal.
not-saved-break = Wählen Sie unten eine der Pausen.
frozen-title = Ihre Daten sind eingefroren
frozen-what = Sie haben darum gebeten. Wir schicken Ihnen nichts, und Ihre Auswahl bleibt, wie sie ist. Sie können sich weiterhin von allem abmelden. Um das zu beenden, schreiben Sie an die Adresse unten auf dieser Seite.
stopped-title = Sie sind von allem abgemeldet
stopped-now = Sie erhalten nichts mehr.
paused-title = Ihre E-Mails pausieren
paused-now = Bis zum { $date } erhalten Sie nichts. Danach geht es von selbst weiter.
resumed-title = Die Pause ist beendet
resumed-now = Sie erhalten wieder, was unten angekreuzt ist.
undone-title = Rückgängig gemacht
undone-now = Ihre Auswahl ist wieder wie vorher.
undo-late-title = Das lässt sich nicht mehr rückgängig machen
undo-late-next = Eine Änderung lässt sich 15 Minuten lang rückgängig machen. Ihre Auswahl können Sie unten weiterhin ändern.
code-sent-title = Wir schicken Ihnen einen Code
code-sent-now = Er sollte in einer Minute ankommen. Geben Sie ihn unter „Mehr sehen und ändern“ ein. Er gilt 30 Minuten.

# Link anfordern
ask-title = Meinen Link anfordern
ask-what = Wir schicken Ihnen einen Link zu der Seite, auf der Sie sehen und ändern, was Sie erhalten.
ask-hint = Die Adresse, an die unsere E-Mails gehen.
ask-send = Link anfordern
ask-whose = Von wem erhalten Sie E-Mails?
ask-nobody = Noch verschickt niemand E-Mails mit diesem Dienst.
ask-sent-title = Sehen Sie in Ihr Postfach
ask-sent-what = Wenn wir diese Adresse kennen, sollte der Link in einer Minute ankommen.
ask-sent-unknown = Um alle zu schützen, sagt diese Seite nicht, ob eine Adresse bekannt ist.

# Abmelden
unsubscribe-title = Von „{ $name }“ abmelden?
unsubscribe-title-all = Von allen E-Mails von { $name } abmelden?
unsubscribe-already = Sie haben sich am { $date } abgemeldet. Es ist nichts mehr zu tun.
unsubscribe-now = Abmelden
unsubscribe-effect = Das gilt sofort. Eine E-Mail, die schon unterwegs ist, kann noch ankommen.
unsubscribe-other = Oder aber
unsubscribe-pause = Pause machen
unsubscribe-choose = Auswählen, was Sie erhalten
unsubscribed-title = Sie sind von „{ $name }“ abgemeldet
unsubscribed-title-all = Sie sind von allen E-Mails von { $name } abgemeldet
unsubscribed-now = Das gilt ab sofort. Dazu schicken wir keine E-Mail mehr.
unsubscribed-mistake = War es ein Versehen?
unsubscribed-still = Was Sie weiterhin erhalten
unsubscribed-still-none = Nichts mehr von { $name }.
reason-title = Eine Frage, wenn Sie mögen
reason-label = Warum haben Sie sich abgemeldet?
reason-none = Das möchte ich nicht sagen
reason-too-many = Zu viele E-Mails
reason-not-relevant = Die Themen interessieren mich nicht
reason-never-asked = Ich habe sie nie angefordert
reason-other-address = Ich nutze jetzt eine andere Adresse
reason-other = Ein anderer Grund
reason-send = Antwort senden
reason-thanks = Danke. Ihre Antwort ist gespeichert.

# Das war ich nicht
not-me-title = Das waren nicht Sie?
not-me-what = Jemand hat { $address } in ein Anmeldeformular eingegeben. Wenn Sie das nicht waren, genügt ein Knopf:
not-me-request = Die Anfrage wird gelöscht.
not-me-block = Neue Anfragen für diese Adresse werden nicht beachtet, also kommen keine solchen E-Mails mehr.
not-me-keep = Was Sie schon erhalten, bleibt, wie es ist.
not-me-send = Diese Adresse sperren
not-me-nothing = Wenn Sie nichts tun, wird die Anfrage nach einigen Tagen von selbst gelöscht, und Sie erhalten nichts.
not-me-done-title = Diese Adresse ist gesperrt
not-me-done = Die Anfrage für { $address } ist gelöscht. Anmeldeformulare können uns nicht mehr dazu bringen, an sie zu schreiben.
not-me-later = Wenn Sie sich eines Tages anmelden möchten, schreiben Sie an die Adresse unten auf dieser Seite.

# Datenschutzhinweis
notice-title = Datenschutzhinweis: { $name }
notice-version = Version { $version }, gültig seit dem { $date }
notice-who = Verantwortlicher
notice-what-for = Wofür Ihre Adresse genutzt wird
notice-basis = Warum das erlaubt ist
notice-basis-text = Weil Sie einwilligen, für jede Art von E-Mails einzeln (DSGVO, Artikel 6 Absatz 1 Buchstabe a). Sie können frei Nein sagen: Sonst hängt nichts davon ab.
notice-stop = Wie Sie widerrufen
notice-stop-text = Nutzen Sie den Link unten in jeder E-Mail, oder fordern Sie hier einen Link an. Der Widerruf gilt sofort. Was vorher geschickt wurde, bleibt rechtmäßig.
notice-data = Was gespeichert wird
notice-data-text = Ihre Adresse, Ihre Sprache und was Sie in das Formular eingeben. Als Nachweis jeder Entscheidung: Datum und Uhrzeit, der gezeigte Text, die Seite, der Name Ihres Browsers und ein Teil Ihrer Netzwerkadresse.
notice-long = Wie lange
notice-long-request = { $n ->
    [one] Eine Anfrage, die nicht bestätigt wird: gelöscht nach einem Tag.
   *[other] Eine Anfrage, die nicht bestätigt wird: gelöscht nach { $n } Tagen.
  }
notice-long-consent = Ihre Adresse: solange Sie etwas erhalten, oder bis Sie ihre Löschung verlangen.
notice-long-lapse = { $n ->
    [one] Ein Ja zu „{ $name }“, das einen Tag lang nicht genutzt wird, gilt nicht mehr.
   *[other] Ein Ja zu „{ $name }“, das { $n } Tage lang nicht genutzt wird, gilt nicht mehr.
 }
notice-where = Wo
notice-where-eu = Ihre Daten werden in der Europäischen Union gespeichert.
notice-where-country = Ihre Daten werden in diesem Land gespeichert: { $country }.
notice-long-proof = Der Nachweis Ihrer Entscheidungen: solange sie gelten, danach so lange, wie sie vor dem Gesetz bestritten werden können.
notice-complain = Wenn Sie nicht zufrieden sind

# Die Eingangstür
root-title = Ihre Einwilligung, E-Mails zu erhalten
root-link = Jede E-Mail, die mit diesem Dienst verschickt wird, enthält einen Link zu Ihrer Auswahl. Wenn Sie keinen zur Hand haben, fordern Sie ihn an.
root-docs = Dokumentation

# So funktioniert diese Seite
how-title = So funktioniert diese Seite
how-lead = Dieser Dienst bewahrt eines auf: Ihre Einwilligung, E-Mails zu erhalten. Wer Ihnen schreiben darf, worüber und seit wann.
how-open = Einen Link zu öffnen ändert nichts
how-open-text = Sicherheitsprogramme öffnen die Links in Ihren E-Mails vor Ihnen. Darum zeigt ein Link nur eine Seite. Etwas ändert sich erst, wenn Sie dort einen Knopf drücken.
how-twice = Warum wir zweimal fragen
how-twice-text = Jeder kann Ihre Adresse in ein Formular eintippen. Darum zählt eine Anmeldung erst, wenn sie aus Ihrem eigenen Postfach bestätigt ist. Eine Anfrage, die niemand bestätigt, wird gelöscht.
how-leave = Abmelden ist so einfach wie Anmelden
how-leave-text = Ein Knopf. Vorher kein Passwort und keine Frage. Der Link funktioniert in jeder E-Mail, auch in alten, und wirkt sofort.
how-masked = Warum Ihre Adresse verborgen ist
how-masked-text = E-Mails werden weitergeleitet. Wer einen Link aus einem Newsletter öffnet, kann E-Mails abbestellen, sieht aber weder Ihre ganze Adresse noch Ihren Verlauf und kann Sie nirgends anmelden. Dafür schicken wir einen Code in Ihr Postfach.
how-proof = Was als Nachweis aufbewahrt wird
how-proof-text = Jedes Mal, wenn Sie Ja oder Nein sagen: das Datum, der genaue Text, der Ihnen gezeigt wurde, und wie Sie geantwortet haben. Sie erhalten dafür eine Belegnummer.
how-watch = Was hier nicht geschieht
how-watch-text = Keine Verfolgung und keine Werbung. Nichts auf diesen Seiten kommt von einer anderen Firma. Sie funktionieren in jedem Browser, ohne JavaScript.
how-ask = Wenn Sie keinen Link haben
how-ask-text = Fordern Sie einen an: Wir schicken ihn an Ihre Adresse. Für alles andere schreiben Sie an die Organisation, die Ihnen die E-Mails schickt.

# Wenn etwas nicht geschehen ist
message-link-title = Dieser Link gilt nicht mehr
message-expired = Er galt bis zum { $date }. Links enden nach einer Weile, um Ihre Daten zu schützen.
message-replaced = Wir haben seitdem einen neueren Link geschickt. Nehmen Sie den aus der neuesten E-Mail.
message-revoked = Sie haben sich am { $date } von E-Mails abgemeldet. Links von davor lösen keine mehr aus. Wenn Sie diese E-Mails doch möchten, fordern Sie einen neuen Link an.
message-confirmed = Die Anfrage wurde am { $date } mit der E-Mail bestätigt, die wir an diese Adresse geschickt haben. Auf der Seite mit Ihrer Auswahl können Sie sich abmelden.
message-frozen-title = Hier lässt sich gerade nichts ändern
message-frozen = Ihre Daten sind auf Ihren Wunsch eingefroren, oder E-Mails an Ihre Adresse mussten angehalten werden. Es wurde nichts geändert.
message-unreadable-title = Wir konnten diesen Link nicht lesen
message-unreadable = Wenn Sie ihn aus einer E-Mail kopiert haben, prüfen Sie, ob er vollständig ist. Sie können auch einen neuen anfordern.
message-not-found-title = Seite nicht gefunden
message-not-found = Wenn Sie die Adresse eingetippt haben, prüfen Sie sie. Wenn Sie Ihre E-Mail-Auswahl suchen, fordern Sie Ihren Link an.
message-too-fast-title = Bitte warten Sie etwas
message-too-fast = { $n ->
    [one] Es kamen zu viele Anfragen in kurzer Zeit. Es wurde nichts geändert. Versuchen Sie es in einer Minute noch einmal.
   *[other] Es kamen zu viele Anfragen in kurzer Zeit. Es wurde nichts geändert. Versuchen Sie es in { $n } Minuten noch einmal.
  }
message-closed-title = Dieses Formular ist geschlossen
message-closed = Es nimmt keine Anmeldungen mehr an. Ihre Adresse wurde nicht gespeichert.
message-origin-title = Dieses Formular lässt sich von jener Website aus nicht nutzen
message-origin = Das Formular kam von einer Website, die es nicht nutzen darf. Es wurde nichts gespeichert. Sie können sich auf unserer eigenen Seite anmelden.
message-bad-request-title = Wir konnten dieses Formular nicht lesen
message-bad-request = Es wurde nicht so gesendet, wie diese Seite es sendet. Es wurde nichts geändert. Öffnen Sie die Seite neu und versuchen Sie es noch einmal.
message-too-large-title = Dieses Formular ist zu lang
message-too-large = Es enthält mehr Text, als wir annehmen. Es wurde nichts geändert. Kürzen Sie es und senden Sie es noch einmal.
message-not-proven-title = Ihr Beleg ist fast fertig
message-not-saved-title = Ihre Auswahl wurde nicht gespeichert
message-not-saved = Der Fehler liegt bei uns. Es wurde nichts geändert. Versuchen Sie es in ein paar Minuten noch einmal.
message-new-link = Neuen Link anfordern
message-same-address = Er geht an dieselbe Adresse wie zuvor. Sie brauchen sie nicht einzugeben.
message-again = Noch einmal versuchen
message-help = Wenn es weiterhin nicht geht, schreiben Sie an

## Declared fields
field-choose = Bitte auswählen
field-years = { $from } bis { $to }
field-years-from = { $from } oder später
field-years-to = { $to } oder früher
sign-up-field-unreadable = Schreiben Sie in eine Zeile, ohne verborgene Zeichen: { $label }
sign-up-field-not-offered = Wählen Sie nur aus dem, was angeboten wird: { $label }
sign-up-field-repeated = Füllen Sie nur einmal aus: { $label }
preferences-told = Was Sie uns mitgeteilt haben

## Privacy notice
notice-dpo = Datenschutzbeauftragte Person: { $dpo }
notice-transfer = Das liegt außerhalb des Europäischen Wirtschaftsraums. Was Ihre Daten dort schützt: { $safeguard }
notice-transfer-adequate = Das liegt außerhalb des Europäischen Wirtschaftsraums. Die Europäische Kommission hat entschieden, dass personenbezogene Daten dort gut geschützt sind (Angemessenheitsbeschluss; DSGVO, Artikel 45).
notice-required = Sie müssen nichts angeben: Kein Gesetz und kein Vertrag verlangt es. Ohne Ihre Adresse können wir Ihnen keine E-Mails schicken. Ein freiwilliges Feld darf leer bleiben.
notice-automated = Nichts, was Sie betrifft, wird von einem Programm allein entschieden.
notice-complain-named = Sie können sich bei der Datenschutzbehörde beschweren:
notice-complain-other = Sie können sich auch an die Behörde des Landes wenden, in dem Sie leben oder arbeiten.
notice-complain-any = Sie können sich bei der Datenschutzbehörde des Landes beschweren, in dem Sie leben oder arbeiten. Die Behörden in der Europäischen Union sind auf edpb.europa.eu aufgeführt.
## Age and guardian
age-legend = Wie alt sind Sie?
age-why = Unter { $age } Jahren verlangt das Gesetz auch die Zustimmung einer erziehungsberechtigten Person. Wir speichern nur, welche der beiden Antworten Sie wählen.
age-why-refuse = Unter { $age } Jahren kann sich hier niemand allein anmelden. Wir speichern nur, welche der beiden Antworten Sie wählen.
age-at-least = Ich bin { $age } Jahre alt oder älter
age-younger = Ich bin jünger als { $age } Jahre
age-missing = Geben Sie an, ob Sie { $age } Jahre alt oder älter sind
guardian-label = E-Mail-Adresse einer erziehungsberechtigten Person (nur wenn Sie jünger als { $age } Jahre sind)
guardian-why = Wir fragen diese Person per E-Mail, ob sie zustimmt. Bis Sie beide Ja gesagt haben, schicken wir nichts anderes. Lassen Sie das Feld leer, wenn Sie { $age } Jahre alt oder älter sind.
guardian-missing = Geben Sie die E-Mail-Adresse einer erziehungsberechtigten Person ein, da Sie jünger als { $age } Jahre sind
guardian-same = Geben Sie die Adresse einer erziehungsberechtigten Person ein, nicht Ihre eigene
guardian-wrong = Prüfen Sie die Adresse der erziehungsberechtigten Person. { $problem }
young-title = Sie können sich hier noch nicht allein anmelden
young-nothing = Nichts von dem, was Sie eingegeben haben, wurde gespeichert.
young-why = Diese E-Mails sind für Menschen ab { $age } Jahren. Ab diesem Alter erlaubt das Gesetz, allein einzuwilligen.
young-next = Sie haben nichts falsch gemacht. Wenn Sie eine Frage haben, bitten Sie eine erwachsene Person, uns zu schreiben.
waiting-title = Ihr Ja ist gespeichert
waiting-now = Jetzt muss noch eine erziehungsberechtigte Person Ja sagen. Wir haben sie per E-Mail gefragt.
waiting-until = Sie kann bis zum { $until } antworten. Kommt keine Antwort, wird die Anfrage gelöscht und Sie erhalten nichts.
waiting-next = Sie müssen nichts mehr tun. Bis die Antwort da ist, schicken wir Ihnen nichts anderes.
waiting-change = Wenn Sie Ihre Meinung geändert haben, können Sie Ihre Anfrage noch löschen.
guardian-title = Stimmen Sie diesen E-Mails zu?
guardian-asked = Am { $date } hat eine Person unter { $age } Jahren E-Mails an { $address } angefordert und Ihre Adresse als die einer erziehungsberechtigten Person angegeben.
guardian-get = Wenn Sie beide Ja sagen, erhält das Kind:
guardian-yes = Ja, ich stimme zu
guardian-no = Nein, Anfrage löschen
guardian-both = Zwei müssen zustimmen: das Kind und Sie. Vorher wird nichts geschickt. Die E-Mails lassen sich jederzeit abbestellen.
guardian-until = Dieser Link gilt bis zum { $until }. Wenn Sie nichts tun, wird die Anfrage gelöscht und es werden keine E-Mails geschickt.
guardian-not-me = Ich bin für dieses Kind nicht erziehungsberechtigt
guardian-agreed-title = Ihr Ja ist gespeichert
guardian-agreed-waits = Das Kind muss noch Ja sagen, in der E-Mail, die wir an { $address } geschickt haben. Bis dahin wird nichts geschickt.
guardian-agreed-done = Auch das Kind hat Ja gesagt. Die E-Mails können beginnen.
guardian-agreed-stop = Jede E-Mail enthält einen Link zum Abmelden. Sie können uns auch jederzeit schreiben, an die Adresse unten.
guardian-agreed-kept = Ihre Adresse bewahren wir nicht mehr auf. Als Nachweis Ihrer Antwort behalten wir das Datum und einen Code, der aus Ihrer Adresse berechnet ist.
guardian-over-title = Diese Anfrage ist beendet
guardian-over = Sie wurde gelöscht. Es werden keine E-Mails wegen dieser Anfrage geschickt, und Ihre Adresse bewahren wir nicht mehr auf.
guardian-refused-title = Die Anfrage ist gelöscht
guardian-refused = Sie haben Nein gesagt. Das Kind erhält keine der angefragten E-Mails, und Ihre Adresse bewahren wir nicht mehr auf.
guardian-block-what = Jemand hat Ihre Adresse als die einer erziehungsberechtigten Person angegeben. Wenn das nicht stimmt, genügt ein Knopf:
guardian-block-keep = E-Mails, die Sie selbst erhalten, bleiben, wie sie sind.
standing-waiting-guardian = Wartet auf zwei Antworten: Ihre und die einer erziehungsberechtigten Person. Wir haben Ihnen beiden eine E-Mail geschickt.
saved-guardian = Nicht geändert: { $name }. Eine erziehungsberechtigte Person muss zustimmen: Fordern Sie das mit dem Anmeldeformular an.
history-agreed-child = Sie haben Ja gesagt. Das Ja einer erziehungsberechtigten Person fehlte noch.
history-agreed-guardian = Eine erziehungsberechtigte Person hat Ja gesagt. Ihr eigenes Ja fehlte noch.
history-guardian-asked = Wir haben eine erziehungsberechtigte Person per E-Mail gefragt.
history-guardian-unreached = Die E-Mail an eine erziehungsberechtigte Person konnte nicht zugestellt werden.
history-by-guardian = Mit der Antwort einer erziehungsberechtigten Person.
## proof of work and budgets
prove-title = Noch ein Schritt
prove-why = Ihre Adresse ist noch nicht gespeichert. Dieses Formular erhält gerade sehr viele Anmeldungen, und die meisten kommen nicht von Menschen.
prove-next = Drücken Sie auf den Knopf, um fortzufahren. Ihr Browser rechnet vielleicht einen Moment: So unterscheiden wir Sie von einem Programm.
prove-send = Weiter
prove-counting = Ihr Browser rechnet. Das dauert ein paar Sekunden.
email-disposable = Nehmen Sie eine Adresse, die Sie behalten: Diese gehört zu einem Dienst für Wegwerfadressen
check-meant = Meinten Sie eine Adresse bei { $domain }?
check-meant-next = Die eingegebene Adresse endet ein wenig anders. Wenn sie stimmt, ist alles gut. Wenn nicht, melden Sie sich mit der richtigen noch einmal an.
## Looks
misdirected = Dieser Name führt hierher, aber für ihn ist keine Seite eingerichtet. Wenn es Ihrer ist: Tragen Sie ihn unter „hosts“ Ihrer Organisation ein und wenden Sie die Datei an, oder machen Sie ihn zur Basisadresse. Ein vorgeschalteter Proxy muss die Kopfzeile Host unverändert weitergeben.
## The browser that signed up
check-same-browser = Wenn Sie den Link aus der E-Mail in diesem Browser öffnen, müssen Sie keinen Knopf drücken: Das Öffnen heißt Ja.
history-by-same-browser = Durch Öffnen des Links, den wir Ihnen geschickt haben, in dem Browser Ihrer Anmeldung.
how-cookie = Das einzige Cookie
how-cookie-text = Wenn Sie sich anmelden, speichert Ihr Browser ein Cookie für diese Website, bis Sie antworten oder die Anfrage abläuft. Wird der Link aus der E-Mail im selben Browser geöffnet, weiß die Seite, dass Sie es sind, und Sie müssen den Knopf nicht drücken. Kein anderer Browser hat dieses Cookie, und kein Sicherheitsprogramm hat es. Es dient nur dazu, und es gibt kein anderes Cookie.
## Embedded forms
embed-down = Das Formular konnte nicht gesendet werden. Was Sie eingegeben haben, ist noch da. Drücken Sie gleich noch einmal auf den Knopf.
embed-own-page = Lieber auf unserer eigenen Seite anmelden
embed-change = Jede E-Mail enthält einen Link, um Ihre Auswahl zu ändern oder sich abzumelden.

## Snippets
snippet-title = Dieses Formular auf Ihre Website setzen
snippet-lead = Vier Wege, ein Formular. Der Wortlaut, dem Menschen zustimmen, bleibt der, den Sie hier veröffentlicht haben.
snippet-element = Element
snippet-element-why = Fügen Sie das dort ein, wo das Formular stehen soll. Es nimmt das Aussehen Ihrer Seite an. Ohne Skript sieht man den Link.
snippet-pinned = Um genau diese Bytes zu laden und keine anderen, nehmen Sie diese Zeile für das Skript. Sie erhält unsere Korrekturen nicht.
snippet-plain = Reines HTML
snippet-plain-why = Ganz ohne Skript. Es trägt die Version seines Wortlauts: Fügen Sie es neu ein, wenn Sie das Formular oder einen Text ändern.
snippet-frame = Rahmen
snippet-frame-why = Für Website-Baukästen, die kein Skript zulassen. Das Skript unten passt nur die Höhe an; ohne es scrollt der Rahmen.
snippet-link = Link und QR-Code
snippet-link-why = Für Beiträge, Nachrichten und Papier.
snippet-qr = QR-Code dieser Adresse
snippet-copy = Kopieren
snippet-copied = Kopiert
snippet-preview = Vorschau
snippet-preview-why = Das ist das echte Formular. Was Sie hier senden, ist eine echte Anmeldung.
snippet-auto = Wie die Seite
snippet-light = Hell
snippet-dark = Dunkel
snippet-bare = Ohne unsere Gestaltung
snippet-phone = Breite eines Telefons
snippet-wide = Volle Breite

## The reference of the API
docs-api = Referenz der API
docs-api-lead = Jede Anfrage, die ein Programm stellen kann, was sie braucht und was sie beantwortet bekommt.
docs-api-english = Die Referenz ist auf Englisch, wie die API selbst.

## Acts of the organisation
history-restricted = Ihre Daten wurden auf Ihren Wunsch eingefroren.
history-unrestricted = Das Einfrieren Ihrer Daten ist beendet.
history-suppressed = Ihre Adresse wurde gesperrt: Sie soll keine E-Mails mehr erhalten.
history-unsuppressed = Die Sperre Ihrer Adresse wurde aufgehoben.
history-cancelled = Die Anfrage wurde zurückgezogen, bevor Sie sie bestätigt haben.
history-by-api = Wie der Organisation mitgeteilt.

## Events

docs-events = Ereignisse
docs-events-lead = Was hier geschieht, und was der Feed und die Webhooks davon sagen.

## Recipients

recipients-past = { $name } erhielt Ihre Adresse bis zum { $date }.
