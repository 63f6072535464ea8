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
