# Ontvangstbewijzen en dossiers.

# Elk document
doc-page = Pagina { $n } van { $of }
doc-replaced = Tekens waarvoor dit document geen letters heeft, zijn vervangen door hun nummer, zoals [U+1F600]. In de bijbehorende bestanden staan ze zoals ze zijn.
doc-file-description = De registratie en het bewijs ervan, om met een programma te controleren
doc-authority-fr = de Franse autoriteit CNIL
doc-authority-other = de gegevensbeschermingsautoriteit van het land waar u woont of werkt

# Namen van feiten
doc-number = Ontvangstbewijs
doc-when = Datum
doc-address = E-mailadres
doc-controller = Verwerkingsverantwoordelijke
doc-contact = Contact
doc-how = Hoe
doc-page-origin = Website
doc-form = Formulier
doc-form-version = { $name }, versie { $n }
doc-network = Netwerk
doc-network-hash = Netwerk, hash met sleutel
doc-browser = Browser
doc-fetch = Opgegeven door de browser
doc-language = Taal
doc-state = Status
doc-state-change = { $before } → { $after }
doc-wording = Tekst
doc-wording-version = Versie { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Versie
doc-read-at = Waar die te lezen is
doc-message-id = Message-ID
doc-mail-answer = Antwoord van de mailserver
doc-mail-queued = Geschreven
doc-mail-attempts = Pogingen
doc-request = Aanvraag
doc-requested-at = Aangevraagd
doc-record = Registratie
doc-grade = Beoordeling
doc-grade-person = een persoon
doc-grade-likely-automated = waarschijnlijk een programma
doc-reason-code-typed = de code is ingevuld op de plek waar de aanmelding is gedaan
doc-reason-user-activated = volgens de browser heeft iemand geklikt, getikt of een toets ingedrukt
doc-reason-took-time = de pagina stond zo lang open als een persoon nodig heeft
doc-reason-pressed-at-once = de knop werd meteen ingedrukt
doc-reason-page-not-opened = de pagina met de knop was niet geopend
doc-reason-no-activation = de browser meldt niet dat iemand heeft geklikt
doc-reason-no-fetch-metadata = de browser zegt niets over hoe de pagina is opgevraagd
doc-reason-not-navigated = de pagina is niet als pagina opgevraagd
doc-reason-cross-site = de pagina is vanaf een andere site opgevraagd
doc-reason-prefetch = de pagina is vooruit opgehaald
doc-reason-head = alleen de kop van de pagina is opgevraagd
doc-reason-known-scanner = een programma dat bekendstaat om het controleren van links in e-mails
doc-reason-library = een programma, geen browser
doc-reason-no-user-agent = het heeft niet gezegd wat het is
doc-reason-opened-at-once = geopend binnen twee seconden nadat de e-mail was verstuurd
doc-reason-several-links = meerdere links uit één e-mail zijn binnen enkele seconden geopend
doc-openings = Link geopend
doc-opened-at = Pagina geopend
doc-openings-count = { $n } keer, waarvan { $automated } keer door programma’s
doc-openings-program = { $what } (een programma: { $why })
doc-log = Logboek
doc-log-entry = Vermelding
doc-log-entry-of = nummer { $index }, in een logboek met { $size } vermeldingen
doc-log-commitment = Commitment
doc-log-root = Wortel van het logboek
doc-log-signed = Ondertekend door het logboek

# Hoe iets is gedaan
doc-how-form = met het aanmeldformulier
doc-how-link = met de link in de bevestigingsmail
doc-how-code = met de code van 6 cijfers in de bevestigingsmail
doc-how-preferences = op de pagina met de eigen keuzes
doc-how-unsubscribe = met de afmeldlink in een e-mail
doc-how-one-click = met de afmeldknop van het mailprogramma
doc-how-undo = door de vorige wijziging ongedaan te maken
doc-how-not-me = met de link “Ik was het niet”
doc-how-time = vanzelf, toen de termijn voorbij was
doc-how-mail = per e-mail
doc-how-api = door een systeem van de organisatie
doc-how-command = door een beheerder van deze dienst

# Wat er is gebeurd
doc-kind-requested = Aanmelding aangevraagd
doc-kind-mail-sent = Bevestigingsmail verstuurd
doc-kind-mail-bounced = Bevestigingsmail niet bezorgd
doc-kind-confirmed = Toestemming bevestigd
doc-kind-withdrawn = Toestemming ingetrokken
doc-kind-refused = Toestemming geweigerd
doc-kind-expired = Toestemming verlopen
doc-kind-lapsed = Aanvraag beëindigd, niet op tijd bevestigd
doc-kind-reported = Aanvraag gemeld als afkomstig van een ander
doc-kind-paused = Pauze begonnen
doc-kind-resumed = Pauze geëindigd
doc-kind-language = Taal gewijzigd
doc-kind-erased = Gegevens van de persoon gewist

# Hoe het met een toestemming staat
doc-state-unknown = geen toestemming
doc-state-pending = nog niet bevestigd
doc-state-confirmed = bevestigd
doc-state-withdrawn = ingetrokken
doc-state-refused = geweigerd
doc-state-expired = verlopen

# Ontvangstbewijs
doc-receipt-title = Ontvangstbewijs { $number }
doc-receipt-foot = Ontvangstbewijs { $number } · { $name }
doc-receipt-lead-confirmed = U hebt toestemming gegeven om te ontvangen wat hieronder staat. Bewaar dit ontvangstbewijs: het bewijst waarmee u hebt ingestemd, met welke woorden en wanneer.
doc-receipt-lead-withdrawn = U hebt gestopt wat hieronder staat. Bewaar dit ontvangstbewijs: het bewijst dat u dat hebt gedaan, en wanneer.
doc-receipt-lead-refused = U hebt nee gezegd tegen wat hieronder staat. Het wordt u niet gestuurd. Bewaar dit ontvangstbewijs als u dat wilt kunnen bewijzen.
doc-receipt-lead-requested = Iemand, waarschijnlijk uzelf, heeft gevraagd om wat hieronder staat. Het wordt pas gestuurd als dit vanuit uw mailbox is bevestigd.
doc-receipt-lead-other = Dit ontvangstbewijs is van u. Het bewijst wat er is gebeurd, en wanneer.
doc-receipt-what = Waar het om gaat
doc-receipt-words = De tekst op de pagina
doc-receipt-words-lead = Woord voor woord zoals u die te zien kreeg, met de knop die is ingedrukt:
doc-receipt-steps = Hoe het is gegaan
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Privacyverklaring
doc-receipt-log = De plaats in het openbare logboek
doc-receipt-log-lead = Een vingerafdruk van deze registratie staat in een openbaar logboek dat alleen kan groeien. Niemand kan hem ongemerkt veranderen of verwijderen, ook niet wie deze dienst beheert. Het logboek zegt niets over u.
doc-receipt-log-waiting = Toen dit bestand werd gemaakt, wachtte de registratie nog op een plaats in het openbare logboek. Dat duurt een paar seconden. Download het ontvangstbewijs opnieuw om die plaats te zien.
doc-receipt-check = Zonder ons controleren
doc-receipt-check-file = Sla het bestand { $file } op, dat bij deze pdf zit. Het bevat de registratie en het bewijs ervan.
doc-receipt-check-command = Op uw eigen computer, zonder netwerk: ayeaye verify { $file }
doc-receipt-check-page = Of open { $url } en kies het bestand. Het wordt in uw browser gecontroleerd en nergens naartoe gestuurd.
doc-receipt-check-key = Vergelijk de sleutel van het logboek met de sleutel die u elders hebt gekregen: { $key }
doc-receipt-leave = Als u van mening verandert
doc-receipt-leave-text = Gebruik de link onderaan een e-mail, of vraag uw link aan op { $url }. Eén knop, geen wachtwoord. Het geldt meteen.
doc-receipt-join = Als u het toch weer wilt
doc-receipt-join-text = Meld u nog een keer aan, of vraag uw link aan op { $url }. Er wordt niets gestuurd totdat u het bevestigt.
doc-receipt-rights = Uw rechten
doc-receipt-rights-text = U kunt uw gegevens inzien, laten verbeteren, meenemen, laten wissen of het gebruik ervan laten beperken. Schrijf naar { $contact }. U kunt ook een klacht indienen bij { $authority }.

# Ontvangstbewijs als gegevens
doc-data-until-withdrawn = totdat de toestemming wordt ingetrokken of de gegevens worden gewist
doc-data-until-changed = totdat de persoon anders beslist
doc-data-no-country = De verwerkingsverantwoordelijke heeft deze dienst niet verteld in welk land die is gevestigd.
doc-data-no-storage = De verwerkingsverantwoordelijke heeft deze dienst niet verteld waar de gegevens worden bewaard.
doc-data-no-transfer = De verwerkingsverantwoordelijke heeft deze dienst niets verteld over doorgifte naar andere landen.
doc-data-no-notice = De registratie noemt geen privacyverklaring.

# Dossier
doc-dossier-title = Bewijs van toestemmingen
doc-dossier-foot = Bewijs van toestemmingen · { $name } · { $date }
doc-dossier-asked-by = Aangevraagd door
doc-dossier-subject = Betreft
doc-dossier-period = Periode
doc-dossier-period-all = alles wat bekend is
doc-dossier-period-from = vanaf { $from }
doc-dossier-period-to = tot { $to }
doc-dossier-period-between = van { $from } tot { $to }
doc-dossier-made = Gemaakt
doc-dossier-people = Personen
doc-dossier-records = Registraties
doc-dossier-records-erased = { $n }, waarvan { $erased } gewist
doc-dossier-lead = Dit dossier bevat elke stap waarmee een persoon toestemming heeft gegeven, geweigerd of ingetrokken: wie, wanneer, hoe, en de tekst op de pagina, woord voor woord. De tijden zijn in UTC.
doc-dossier-lead-proof = Van elke registratie staat een vingerafdruk in een openbaar logboek dat alleen kan groeien. Daarom kan niemand een registratie achteraf ongemerkt veranderen, en hoeft niemand dit document te geloven: in het laatste hoofdstuk staat hoe u het controleert.
doc-dossier-without-erased = Gewiste personen staan er niet in: nergens staat meer waarmee zij hebben ingestemd.
doc-dossier-index = Hoe het voor iedereen staat
doc-dossier-none = Geen registratie past bij wat is gevraagd.
doc-dossier-since = { $name }: { $state }, sinds { $date }
doc-dossier-nothing = niets toegestaan, geweigerd of ingetrokken
doc-dossier-nobody = Gewiste persoon
doc-dossier-of-person = één persoon, { $id }
doc-dossier-of-purpose = iedereen die is gevraagd voor “{ $name }” ({ $slug })
doc-dossier-gone = gewist: van wat deze registraties zeiden, is niets over
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Persoon
doc-dossier-file = Bestand
doc-dossier-reasons = Redenen
doc-dossier-shown = Op de pagina, woord voor woord:
doc-dossier-erased = Wat deze registratie zei, is gewist, samen met het geheime getal waarmee iemand een vermoeden had kunnen toetsen. De vermelding blijft in het logboek en laat zien dat er een registratie was, niet wat die zei.
doc-dossier-waiting = Toen dit dossier werd gemaakt, wachtte deze registratie nog op een plaats in het logboek.
doc-dossier-check = Hoe u dit dossier controleert
doc-dossier-check-lead = U hebt daarvoor geen van onze diensten nodig. Dit document zit in een ZIP-bestand met de registraties en hun bewijzen.
doc-dossier-keys = Sleutels
doc-dossier-key-log = Logboek
doc-dossier-key-witness = Getuige
doc-dossier-threshold = Benodigde getuigen
doc-dossier-checkpoint = Ondertekende stand
doc-dossier-checkpoint-of = { $size } vermeldingen, bestand { $file }

# Een dossier controleren
doc-verify-title = Hoe u dit dossier controleert
doc-verify-files = Wat er in het ZIP-bestand zit
doc-verify-file-pdf = dossier.pdf: dezelfde feiten, om te lezen
doc-verify-file-proofs = proofs/: één bestand per registratie, met het geheime getal (“salt”) en het bewijs
doc-verify-file-keys = keys.txt: de openbare sleutels van het logboek en van zijn getuigen
doc-verify-file-checkpoints = checkpoints/: standen van het logboek, zoals het die heeft ondertekend
doc-verify-command = Met het programma
doc-verify-command-text = Op elke computer, zonder netwerk en zonder account:
doc-verify-step-command = Met het programma ayeaye, zonder netwerk: ayeaye verify dossier.zip
doc-verify-step-record = Het commitment. Voor elk bestand in proofs/ geeft HMAC-SHA256 van de registratie in canonieke JSON (RFC 8785), met de bytes van het salt als sleutel, de “c” van de vermelding.
doc-verify-step-leaf = De plaats. SHA-256 van een nulbyte gevolgd door de vermelding is het blad. Met de hashes van het bewijs leidt het naar de wortel in de ondertekende stand (RFC 6962, paragraaf 2.1.1).
doc-verify-step-signature = De handtekening. De drie regels van de ondertekende stand zijn ondertekend met de sleutel van het logboek (Ed25519; formaten c2sp.org/signed-note en c2sp.org/tlog-checkpoint).
doc-verify-step-key = De sleutel. Vergelijk hem met de sleutel die het logboek bekendmaakt, of met die van anderen: { $url }
doc-verify-step-now = Het logboek nu. Elke latere stand van het logboek moet deze bevatten. Het is voor iedereen toegankelijk: { $url }
doc-verify-hand = Met de hand
doc-verify-key = { $name }: { $key }
doc-verify-script = Dit programma controleert de commitments en de plaatsen, niet de handtekening. Er is alleen Python 3 voor nodig. Sla het op als check.py naast de map proofs en voer uit: python3 check.py

## Age and guardian
doc-kind-agreed = Eerste van twee toestemmingen
doc-kind-guardian-asked = Ouder of voogd per e-mail gevraagd
doc-kind-guardian-unreached = E-mail aan de ouder of voogd niet bezorgd
doc-how-guardian = met het antwoord van een ouder of voogd
## The browser that signed up
doc-how-same-browser = met de link in de bevestigingsmail, geopend in de browser van de aanmelding
doc-reason-same-browser = de link is geopend in de browser van de aanmelding, de enige die de cookie heeft

## What a system of the organisation's did
doc-kind-restricted = Gegevens bevroren op verzoek van de persoon
doc-kind-unrestricted = Bevriezing beëindigd
doc-kind-suppressed = Adres gemarkeerd om geen e-mails te krijgen
doc-kind-unsuppressed = Markering opgeheven
doc-kind-cancelled = Aanvraag ingetrokken door de organisatie
