# Mails.

# Jede E-Mail
mail-raw-url = Wenn der Knopf nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
mail-asked = Angefragt auf { $place } am { $when }.
mail-sent-by = { $host } hat diese E-Mail für { $brand } geschickt.
mail-contact = Kontakt: { $contact }
mail-notice = Datenschutzhinweis

# Bestätigen
mail-confirm-subject = Bestätigen Sie Ihre Anmeldung bei { $brand }
mail-confirm-title = Möchten Sie diese E-Mails?
mail-confirm-who = { $brand } hat eine Anfrage erhalten, E-Mails an { $address } zu schicken. Bis Sie Ja sagen, wird nichts anderes geschickt.
mail-confirm-what = Wenn Sie Ja sagen, erhalten Sie:
mail-confirm-yes = Ja, schicken Sie mir diese E-Mails
mail-confirm-code = Oder geben Sie diesen Code auf der Anmeldeseite ein:
mail-confirm-expires = Der Link und der Code gelten bis zum { $when }.
mail-confirm-leave = Wenn Sie Ja sagen, können Sie sich trotzdem jederzeit mit einem Klick abmelden.
mail-confirm-ignore = Wenn Sie das nicht waren, tun Sie nichts: Es wird nichts mehr geschickt, und die Anfrage wird gelöscht.
mail-confirm-not-me = Das war ich nicht
mail-confirm-not-me-means = (neue Anfragen für diese Adresse sperren)

# Schon angemeldet
mail-already-subject = Ihre Anmeldung bei { $brand } gilt schon
mail-already-title = Sie sind schon angemeldet
mail-already-who = { $brand } hat eine neue Anfrage erhalten, E-Mails an { $address } zu schicken. Sie erhalten sie schon, also ändert sich nichts.
mail-already-what = Was Sie erhalten:
mail-already-since = seit dem { $date }
mail-already-link = Auswahl ansehen oder ändern
mail-already-ignore = Wenn Sie das nicht waren, tun Sie nichts.

# Ihr Link
mail-link-subject = Ihr Link zu Ihrer Auswahl bei { $brand }
mail-link-title = Hier ist Ihr Link
mail-link-who = Sie haben einen Link zu Ihrer Auswahl bei { $brand } angefordert, für { $address }.
mail-link-opens = Er öffnet die Seite, auf der Sie sehen, was Sie seit wann erhalten. Dort können Sie es ändern, sich abmelden und Ihre Rechte an Ihren Daten nutzen.
mail-link-button = Meine Auswahl öffnen
mail-link-expires =
    { $minutes ->
        [one] Der Link gilt eine Minute, bis zum { $when }.
       *[other] Der Link gilt { $minutes } Minuten, bis zum { $when }.
    }
mail-link-keep = Leiten Sie diese E-Mail nicht weiter: Wer sie hat, kann den Link nutzen.
mail-link-ignore = Wenn Sie ihn nicht angefordert haben, tun Sie nichts: Ohne diese E-Mail kann niemand den Link nutzen.

# Ihr Code
mail-code-subject = Ihr Code für { $brand }
mail-code-title = Ihr Code
mail-code-allows-preferences = Geben Sie ihn auf der Seite ein, die Sie offen haben, um Ihre Auswahl bei { $brand } zu sehen und zu ändern (Adresse { $address }).
mail-code-allows-export = Geben Sie ihn auf der Seite ein, die Sie offen haben, um die Daten herunterzuladen, die { $brand } über { $address } gespeichert hat.
mail-code-allows-erasure = Geben Sie ihn auf der Seite ein, die Sie offen haben, um die Daten zu löschen, die { $brand } über { $address } gespeichert hat. Das lässt sich nicht rückgängig machen.
mail-code-expires =
    { $minutes ->
        [one] Der Code gilt eine Minute, bis zum { $when }.
       *[other] Der Code gilt { $minutes } Minuten, bis zum { $when }.
    }
mail-code-ignore = Wenn Sie ihn nicht angefordert haben, tun Sie nichts und geben Sie ihn niemandem. { $brand } fragt nie am Telefon oder per E-Mail nach diesem Code.

# Beleg
mail-receipt-subject = Ihr Beleg { $number } von { $brand }
mail-receipt-title = Ihr Beleg
mail-receipt-agreed = Am { $when } haben Sie in E-Mails von { $brand } an { $address } eingewilligt:
mail-receipt-stopped = Am { $when } haben Sie E-Mails von { $brand } an { $address } abbestellt:
mail-receipt-refused = Am { $when } haben Sie Nein gesagt zu E-Mails von { $brand } an { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = ja
mail-receipt-stop = abbestellt
mail-receipt-no = nein
mail-receipt-number = Belegnummer: { $number }
mail-receipt-files = Im Anhang: { $paper } (zum Lesen) und { $proof } (der Nachweis)
mail-receipt-keep = Heben Sie diese E-Mail auf: Sie belegt, wofür Sie sich entschieden haben, und wann.
mail-receipt-check = Um den Nachweis zu prüfen, wählen Sie die Datei { $proof } auf dieser Seite aus. Sie wird in Ihrem Browser geprüft und nirgendwohin geschickt:
mail-receipt-ask = Wenn Sie Ihre Meinung ändern oder wenn Sie das nicht waren, fordern Sie hier einen Link zu Ihrer Auswahl an:

## Guardian
mail-guardian-subject = Eine Anmeldung bei { $brand } braucht Ihre Antwort
mail-guardian-title = Stimmen Sie diesen E-Mails zu?
mail-guardian-who = Eine Person unter { $age } Jahren hat { $brand } gebeten, E-Mails an { $address } zu schicken, und Ihre Adresse als die einer erziehungsberechtigten Person angegeben.
mail-guardian-both = In diesem Alter müssen zwei zustimmen: das Kind und eine erziehungsberechtigte Person. Bis beide Ja gesagt haben, wird nichts anderes geschickt.
mail-guardian-what = Wenn Sie beide Ja sagen, erhält das Kind:
mail-guardian-yes = Ja, ich stimme diesen E-Mails zu
mail-guardian-expires = Der Link gilt bis zum { $when }. Auf seiner Seite können Sie auch Nein sagen.
mail-guardian-leave = Wenn Sie Ja sagen, lassen sich die E-Mails trotzdem jederzeit mit einem Klick abbestellen.
mail-guardian-ignore = Wenn Sie nicht zustimmen oder nicht wissen, um wen es geht, können Sie auch einfach nichts tun: Es werden keine E-Mails geschickt, und die Anfrage wird gelöscht.
mail-guardian-kept = Ihre Adresse dient nur dieser einen Frage. Sie wird gelöscht, sobald die Frage geklärt ist.
mail-guardian-not-me-means = (neue Anfragen für Ihre Adresse sperren)
## alert
mail-alert-subject-began = Das Formular { $form } wird möglicherweise angegriffen
mail-alert-subject-ended = Das Formular { $form } ist wieder ruhig
mail-alert-began = Seit dem { $when } erhält das Formular { $form } viel mehr Anmeldungen als sonst, oder fast keine davon wird bestätigt. Vielleicht wird es genutzt, um Menschen unerwünschte E-Mails zu schicken.
mail-alert-began-now = Das Formular verlangt jetzt von Browsern eine kurze Rechnung, bevor es eine Anmeldung annimmt. Wer es besucht, sieht höchstens einen Knopf mehr. Was auch geschieht: Niemand erhält mehr als ein paar E-Mails zur Bestätigung.
mail-alert-began-do = Sie müssen nichts tun. Das Formular schaltet von selbst zurück, und dann schreiben wir Ihnen.
mail-alert-ended = Das Formular { $form } ist seit einer halben Stunde ruhig. Es nimmt Anmeldungen an wie zuvor.
mail-alert-ended-do = Sie müssen nichts tun.

## Webhook endpoints

mail-endpoint-subject-failing = Ihr Webhook-Endpunkt bei { $host } nimmt nichts an
mail-endpoint-subject-disabled = Ihr Webhook-Endpunkt bei { $host } ist abgeschaltet
mail-endpoint-failing = Seit dem { $when } hat Ihr Webhook-Endpunkt bei { $host } keine unserer Nachrichten angenommen. Jede Nachricht wird höchstens drei Tage lang erneut versucht.
mail-endpoint-failing-do = Bitte lassen Sie ihn prüfen. Wenn er am { $when } noch immer nichts annimmt, schalten wir ihn ab und schreiben Ihnen.
mail-endpoint-gone = Ihr Webhook-Endpunkt bei { $host } hat geantwortet, dass es ihn nicht mehr gibt (410). Wir haben ihn abgeschaltet.
mail-endpoint-failed = Ihr Webhook-Endpunkt bei { $host } ist abgeschaltet: Fünf Tage lang ist jede Zustellung gescheitert.
mail-endpoint-disabled-do = Er erhält nichts mehr. Sobald er wieder funktioniert, schalten Sie ihn mit { $enable } ein und lassen Sie das Verpasste mit { $replay } noch einmal senden.
mail-endpoint-id = Seine Kennung ist { $id }.
