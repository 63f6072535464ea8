# Datums
month-1 = januari
month-2 = februari
month-3 = maart
month-4 = april
month-5 = mei
month-6 = juni
month-7 = juli
month-8 = augustus
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

# Rond elke pagina
title-error = Fout:
frame-skip = Naar de inhoud
frame-languages = Taal
frame-responsible = Verwerkingsverantwoordelijke: { $legal }
frame-contact = Schrijf naar { $address }
frame-notice = Privacyverklaring
frame-how = Hoe deze pagina werkt

# Hoe het voor iemand met een doel staat
standing-never = U ontvangt dit niet.
standing-waiting = We wachten op uw bevestiging. Open de e-mail die we u hebben gestuurd.
standing-receiving = U ontvangt dit sinds { $date }.
standing-left = U hebt zich hiervoor afgemeld op { $date }.
standing-refused = U hebt nee gezegd op { $date }.
standing-lapsed = Uw toestemming is geëindigd op { $date }.
purpose-how-often = Hoe vaak: { $frequency }.
frequency-immediate = zodra er nieuws is
frequency-daily = elke dag
frequency-weekly = één keer per week
frequency-monthly = één keer per maand
frequency-quarterly = vier keer per jaar
frequency-occasional = af en toe

# Formulieren
form-errors = Er is een probleem
email-label = E-mailadres
email-missing = Vul uw e-mailadres in
email-malformed = Vul een volledig e-mailadres in, bijvoorbeeld naam@example.com
email-too-long = Vul een korter e-mailadres in: hoogstens 254 tekens
email-not-ascii = Gebruik een adres zonder accenten voor de @: veel maildiensten kunnen er anders niets bezorgen
email-several = Vul maar één e-mailadres in
email-domain = Controleer wat na de @ staat: het lijkt niet op de naam van een maildienst
code-label = Code van 6 cijfers
code-hint = De code staat in de e-mail. U kunt hem plakken.
code-send = Verder
code-malformed = Vul de 6 cijfers van de code in
code-wrong = { $n ->
    [0] Dit is niet de code die we hebben gestuurd. Er is te vaak geprobeerd: vraag een nieuwe code aan
    [one] Dit is niet de code die we hebben gestuurd. U kunt het nog één keer proberen
   *[other] Dit is niet de code die we hebben gestuurd. U kunt het nog { $n } keer proberen
  }
code-expired = Deze code werkt niet meer. Vraag een nieuwe aan
code-exhausted = Deze code is te vaak geprobeerd. Vraag een nieuwe aan
receipt-title = Uw ontvangstbewijs
receipt-number = Ontvangstbewijs
receipt-when = Datum
receipt-about = Betreft
receipt-wording = Tekst
receipt-version = { $name }, versie { $n } ({ $locale })
receipt-open = Dit ontvangstbewijs openen
receipt-page-title = Ontvangstbewijs { $number }
receipt-address = E-mailadres
receipt-pdf = Downloaden als pdf
receipt-data = Het bewijs downloaden
receipt-files = De pdf is om te lezen en af te drukken. Het bewijs is een bestand dat iedereen kan controleren, ook zonder ons.
receipt-waiting = Het bewijs wordt nu geschreven. Meestal is het na een paar seconden klaar: laad deze pagina opnieuw of kom later terug.
receipt-shown = De tekst die u te zien kreeg
receipt-steps = Hoe het is gegaan
receipt-proof = Waarom dit het bewijst
receipt-place = Dit is vermelding { $n } in een openbaar logboek met { $of } vermeldingen. Niemand kan een vermelding achteraf ongemerkt veranderen, ook wij niet.
receipt-check = Wie het bewijsbestand heeft, kan dit allemaal controleren zonder het ons te vragen.
receipt-check-go = Een bewijsbestand controleren
number-lead = Dit is onder dit nummer vastgelegd.
number-organisation = Organisatie
number-what = Wat er is gebeurd
number-erased = De gegevens van de persoon zijn gewist. Alleen de datum en de plaats in het logboek zijn over.
number-log = Openbaar logboek
number-place = Vermelding { $n }, ondertekend
number-unsigned = Wordt nu geschreven. Laad deze pagina over een paar seconden opnieuw.
number-how = Het volledige ontvangstbewijs
number-how-text = Alleen de persoon om wie het gaat, ziet het volledige ontvangstbewijs. Het staat op de pagina met de eigen keuzes, bij de geschiedenis. Het bewijsbestand dat erbij hoort, kan iedereen controleren.
receipt-keep = Bewaar dit nummer als u uw keuze later wilt bewijzen. U kunt deze pagina afdrukken.
undo = Ongedaan maken
undo-until = U kunt dit ongedaan maken tot { $until }.

# Aanmelden
sign-up-title = Meld u aan voor e-mails van { $name }
sign-up-you-get = U ontvangt:
sign-up-choose = Wat wilt u ontvangen?
sign-up-email-why = We gebruiken het alleen om te sturen waar u hier om vraagt.
sign-up-optional = { $label } (niet verplicht)
sign-up-trap = Laat dit leeg
sign-up-notice = { $legal } gebruikt uw adres om u te sturen wat u hier kiest, met uw toestemming, totdat u die intrekt. In elke e-mail staat een link om te stoppen.
sign-up-notice-link = Hoe uw gegevens worden gebruikt
sign-up-send = Aanmelden
sign-up-next = We sturen u een e-mail om te bevestigen. Tot u dat doet, sturen we niets anders.
sign-up-nothing-ticked = Kies ten minste één soort e-mail
sign-up-not-offered = Kies uit de vakjes van dit formulier
sign-up-field-missing = Vul in: { $label }
sign-up-field-too-long = Maak korter, hoogstens { $n } tekens: { $label }
sign-up-again = Verstuur het formulier nog een keer
sign-up-text-changed = De tekst van dit formulier is veranderd nadat u het had geopend. Lees de tekst en kies opnieuw. Er is niets opgeslagen.
sign-up-too-soon = Het formulier kwam sneller terug dan gewoonlijk. Er is nog niets opgeslagen. Druk nog één keer op “Aanmelden”.
sign-up-stale = Dit formulier stond te lang open. Controleer het en verstuur het nog een keer. Er is niets opgeslagen.

# Kijk in uw e-mail
check-title = Kijk in uw e-mail
check-sent = We sturen een e-mail naar het adres dat u hebt opgegeven. Die komt als het goed is binnen een minuut aan.
check-do = Open de e-mail en druk op “Ja, stuur mij deze e-mails”, of vul hier de code in.
check-until = De link en de code werken tot { $until }.
check-missing = Is de e-mail niet aangekomen?
check-missing-wait = Wacht een paar minuten: sommige maildiensten houden een bericht even vast voordat ze het doorlaten.
check-missing-spam = Kijk in uw spammap. Zoek naar { $sender }.
check-missing-typo = Misschien staat er een typefout in het adres: ga terug en vul het opnieuw in.
check-limit = Om mensen te beschermen tegen ongewenste e-mail sturen we naar hetzelfde adres hoogstens één e-mail per 10 minuten en drie per dag. Als het adres voor nieuwe aanvragen is geblokkeerd, sturen we niets.
check-again = Opnieuw sturen
check-other = Een ander adres gebruiken
check-resent = Als de limiet voor dit adres het toelaat, is er een nieuwe e-mail onderweg. Gebruik de nieuwste.

# Bevestigen
confirm-title = Bevestig wat u wilt ontvangen
confirm-asked = Iemand, waarschijnlijk uzelf, heeft { $address } aangemeld op { $date }.
confirm-you-get = Als u ja zegt, ontvangt u:
confirm-choose = U hebt gevraagd om
confirm-untick = Haal het vinkje weg bij wat u niet wilt.
confirm-nothing-ticked = Laat ten minste één vakje aangevinkt, of druk op “Nee, verwijder mijn aanvraag”
confirm-not-asked = Kies uit de vakjes van deze aanvraag
confirm-yes = Ja, stuur mij deze e-mails
confirm-no = Nee, verwijder mijn aanvraag
confirm-why = Waarom nog een klik? Beveiligingssoftware opent de links in e-mails. Uw klik bewijst dat u het was.
confirm-until = Deze link werkt tot { $until }. Als u niets doet, wordt de aanvraag verwijderd en ontvangt u niets.
confirmed-title = U bent aangemeld
confirmed-now = Uw keuze is opgeslagen.
confirmed-already = U hebt dit bevestigd op { $when }. U hoeft niets meer te doen.
confirmed-you-get = U hebt gevraagd om:
confirmed-next-title = Wat er nu gebeurt
confirmed-next = U ontvangt de volgende e-mail zodra die wordt verstuurd. In elke e-mail staat een link om te stoppen. U kunt altijd van mening veranderen.
confirmed-preferences = Uw keuzes bekijken en wijzigen
deleted-title = Uw aanvraag is verwijderd
deleted-now = U ontvangt de e-mails van deze aanvraag niet.
deleted-next = Verder is er niets veranderd. Ontvangt u andere e-mails van ons, dan kunt u die stoppen met de link die erin staat.
deleted-form = Terug naar het formulier

# Keuzes
preferences-title = Uw keuzes voor e-mails
preferences-address = Adres: { $address }
preferences-tally = U ontvangt { $n } van de { $of }.
preferences-choose = E-mails die u kunt ontvangen
preferences-language = Taal van de e-mails
preferences-save = Mijn keuzes opslaan
preferences-stop = Afmelden voor alles
preferences-effect = Wat u stopt, stopt nu. Een e-mail die al onderweg is, kan nog aankomen.
preferences-pause = Pauze nemen
preferences-pause-what = U houdt uw keuzes en ontvangt niets gedurende:
preferences-pause-2w = 2 weken
preferences-pause-1m = 1 maand
preferences-pause-3m = 3 maanden
preferences-paused = Uw e-mails zijn gepauzeerd tot { $date }.
preferences-resume = Nu hervatten
preferences-more = Meer bekijken en wijzigen
preferences-more-why = Deze pagina is geopend met een link die misschien is doorgestuurd. Daarom is uw adres deels verborgen, en uw geschiedenis ook. Om ze te zien, of om nieuwe e-mails aan te zetten zonder nog een bevestiging, sturen we een code naar uw adres.
preferences-code = Stuur mij een code
preferences-code-again = Stuur mij een nieuwe code
history-title = Uw geschiedenis
history-none = Er is nog niets gebeurd.
history-when = Datum
history-what = Wat er is gebeurd
history-asked = U hebt gevraagd om: { $names }.
history-mailed = We hebben u de e-mail gestuurd om te bevestigen.
history-bounced = De e-mail om te bevestigen kon niet worden bezorgd.
history-yes = U hebt ja gezegd tegen: { $names }.
history-left = U hebt zich afgemeld voor: { $names }.
history-no = U hebt nee gezegd tegen: { $names }.
history-too-old = Uw toestemming is geëindigd: { $names }.
history-again = U hebt uw eerdere keuze herhaald.
history-lapsed = Uw aanvraag is niet op tijd bevestigd en is verwijderd.
history-not-me = U hebt ons laten weten dat een aanvraag niet van u was.
history-paused = U hebt een pauze genomen.
history-resumed = De pauze is geëindigd.
history-language = U hebt de taal van uw e-mails gewijzigd.
history-by-form = Met een aanmeldformulier.
history-by-link = Met de link die we u hebben gestuurd.
history-by-code = Met de code die we u hebben gestuurd.
history-by-preferences = Op deze pagina.
history-by-unsubscribe = Met de afmeldlink in een e-mail.
history-by-one-click = Met de afmeldknop van uw mailprogramma.
history-by-undo = Door de vorige wijziging ongedaan te maken.
history-by-not-me = Met de link “Ik was het niet”.
history-by-time = Vanzelf.
recipients-title = Wie uw gegevens ontvangt
recipients-none = Niemand behalve { $name } en de aanbieder van deze pagina, die in opdracht van deze organisatie werkt.
recipients-some = { $name }, de aanbieder van deze pagina, die in opdracht van deze organisatie werkt, en:
rights-title = Uw rechten
rights-list = U kunt uw gegevens inzien, laten verbeteren, meenemen, laten wissen of het gebruik ervan laten beperken, en bezwaar maken tegen het gebruik.
rights-write = Schrijf naar
rights-deadline = U krijgt binnen één maand antwoord. Het is gratis.
saved-title = Opgeslagen
saved-nothing = Er is niets gewijzigd.
saved-left = U ontvangt niet meer: { $name }.
saved-joined = U ontvangt voortaan: { $name }.
saved-asked = Nog te bevestigen: { $name }.
saved-held = Nog niet begonnen, omdat we de e-mail om te bevestigen nu niet mogen sturen: { $name }.
saved-language = We schrijven u in deze taal: { $name }.
saved-underway = Het geldt vanaf nu. Een e-mail die al onderweg is, kan nog aankomen.
saved-confirm = Er is een e-mail onderweg om te bevestigen. U ontvangt niets nieuws totdat u bevestigt.
not-saved-title = Er is niets gewijzigd
not-saved-offered = Het aanbod is veranderd. Bekijk de keuzes hieronder en sla opnieuw op.
not-saved-break = Kies een van de pauzes hieronder.
frozen-title = Het gebruik van uw gegevens is beperkt
frozen-what = U hebt daarom gevraagd. U krijgt niets toegestuurd en uw keuzes blijven zoals ze zijn. U kunt zich nog wel voor alles afmelden. Wilt u de beperking beëindigen, schrijf dan naar het adres onderaan deze pagina.
stopped-title = U bent voor alles afgemeld
stopped-now = U ontvangt niets meer.
paused-title = Uw e-mails zijn gepauzeerd
paused-now = U ontvangt niets tot { $date }. Daarna beginnen ze vanzelf weer.
resumed-title = De pauze is voorbij
resumed-now = U ontvangt weer wat hieronder is aangevinkt.
undone-title = Ongedaan gemaakt
undone-now = Uw keuzes zijn weer zoals ze waren.
undo-late-title = Dit kan niet meer ongedaan worden gemaakt
undo-late-next = Een wijziging kan 15 minuten lang ongedaan worden gemaakt. U kunt uw keuzes hieronder nog altijd wijzigen.
code-sent-title = We sturen u een code
code-sent-now = De code komt als het goed is binnen een minuut aan. Vul hem in onder “Meer bekijken en wijzigen”. Hij werkt 30 minuten.

# Mijn link aanvragen
ask-title = Stuur mij mijn link
ask-what = We sturen u een link naar de pagina waar u ziet en wijzigt wat u ontvangt.
ask-hint = Het adres waarop u onze e-mails ontvangt.
ask-send = Stuur mij mijn link
ask-whose = Van wie ontvangt u e-mails?
ask-nobody = Nog niemand stuurt e-mails met deze dienst.
ask-sent-title = Kijk in uw e-mail
ask-sent-what = Als we dit adres kennen, komt de link binnen een minuut aan.
ask-sent-unknown = Om ieders privacy te beschermen, zegt deze pagina niet of een adres bekend is.

# Afmelden
unsubscribe-title = Afmelden voor “{ $name }”?
unsubscribe-title-all = Afmelden voor alle e-mails van { $name }?
unsubscribe-already = U hebt zich al afgemeld op { $date }. U hoeft niets meer te doen.
unsubscribe-now = Afmelden
unsubscribe-effect = Het geldt meteen. Een e-mail die al onderweg is, kan nog aankomen.
unsubscribe-other = Of anders
unsubscribe-pause = Pauze nemen
unsubscribe-choose = Kiezen wat u ontvangt
unsubscribed-title = U bent afgemeld voor “{ $name }”
unsubscribed-title-all = U bent afgemeld voor alle e-mails van { $name }
unsubscribed-now = Het geldt vanaf nu. U krijgt hierover geen e-mail meer.
unsubscribed-mistake = Was het een vergissing?
unsubscribed-still = Wat u nog ontvangt
unsubscribed-still-none = Niets van { $name }.
reason-title = Eén vraag, als u wilt
reason-label = Waarom hebt u zich afgemeld?
reason-none = Dat zeg ik liever niet
reason-too-many = Te veel e-mails
reason-not-relevant = Ze gaan niet over wat mij interesseert
reason-never-asked = Ik heb er nooit om gevraagd
reason-other-address = Ik gebruik nu een ander adres
reason-other = Een andere reden
reason-send = Mijn antwoord versturen
reason-thanks = Dank u. Uw antwoord is opgeslagen.

# Ik was het niet
not-me-title = Was u het niet?
not-me-what = Iemand heeft { $address } ingevuld in een aanmeldformulier. Was u het niet, dan is één knop genoeg:
not-me-request = de aanvraag wordt verwijderd;
not-me-block = nieuwe aanvragen voor dit adres worden genegeerd, zodat er geen e-mails van deze soort meer worden gestuurd;
not-me-keep = wat u al ontvangt, verandert niet.
not-me-send = Dit adres blokkeren
not-me-nothing = Als u niets doet, wordt de aanvraag na een paar dagen vanzelf verwijderd en ontvangt u niets.
not-me-done-title = Dit adres is geblokkeerd
not-me-done = De aanvraag voor { $address } is verwijderd. Aanmeldformulieren kunnen ons niet meer naar dit adres laten schrijven.
not-me-later = Wilt u zich later toch aanmelden, schrijf dan naar het adres onderaan deze pagina.

# Privacyverklaring
notice-title = Privacyverklaring: { $name }
notice-version = Versie { $version }, geldig sinds { $date }
notice-who = Wie verantwoordelijk is
notice-what-for = Waarvoor uw adres wordt gebruikt
notice-basis = Waarom dit mag
notice-basis-text = Omdat u er toestemming voor geeft, voor elke soort e-mail apart (AVG, artikel 6, lid 1, onder a). U mag vrij nee zeggen: er hangt niets anders van af.
notice-stop = Hoe u stopt
notice-stop-text = Gebruik de link onderaan een e-mail, of vraag hier een link aan. Het geldt meteen. Wat eerder is verstuurd, blijft rechtmatig.
notice-data = Wat er wordt bewaard
notice-data-text = Uw adres, uw taal en wat u in het formulier invult. Als bewijs van elke keuze: de datum en tijd, de tekst die u te zien kreeg, de pagina, de naam van uw browser en een deel van uw netwerkadres.
notice-long = Hoelang
notice-long-request = { $n ->
    [one] Een aanvraag die niet wordt bevestigd: verwijderd na één dag.
   *[other] Een aanvraag die niet wordt bevestigd: verwijderd na { $n } dagen.
  }
notice-long-consent = Uw adres: zolang u iets ontvangt, of totdat u ons vraagt het te wissen.
notice-long-lapse = { $n ->
    [one] Een ja tegen “{ $name }” dat één dag niet wordt gebruikt, telt niet meer.
   *[other] Een ja tegen “{ $name }” dat { $n } dagen niet wordt gebruikt, telt niet meer.
 }
notice-where = Waar
notice-where-eu = Uw gegevens worden bewaard in de Europese Unie.
notice-where-country = Uw gegevens worden bewaard in dit land: { $country }.
notice-long-proof = Het bewijs van uw keuzes: zolang ze gelden, en daarna zolang iemand ze volgens de wet kan betwisten.
notice-complain = Als u niet tevreden bent

# De voordeur
root-title = Uw toestemming om e-mails te ontvangen
root-link = In elke e-mail die met deze dienst wordt verstuurd, staat een link naar de pagina met uw keuzes. Hebt u er geen bij de hand, vraag er dan een aan.
root-docs = Documentatie

# Hoe deze pagina werkt
how-title = Hoe deze pagina werkt
how-lead = Deze dienst bewaart één ding: uw toestemming om e-mails te ontvangen. Wie u mag schrijven, waarover en sinds wanneer.
how-open = Een link openen verandert niets
how-open-text = Beveiligingssoftware opent de links in uw e-mails voordat u dat doet. Daarom toont een link alleen een pagina. Er verandert pas iets als u daar op een knop drukt.
how-twice = Waarom we het twee keer vragen
how-twice-text = Iedereen kan uw adres in een formulier invullen. Daarom telt een aanmelding pas als die vanuit uw eigen mailbox is bevestigd. Een aanvraag die niemand bevestigt, wordt verwijderd.
how-leave = Afmelden is net zo makkelijk als aanmelden
how-leave-text = Eén knop. Geen wachtwoord en geen vraag vooraf. De link werkt in elke e-mail, hoe oud ook, en geldt meteen.
how-masked = Waarom uw adres verborgen is
how-masked-text = E-mails worden doorgestuurd. Wie een link uit een nieuwsbrief opent, kan e-mails stoppen, maar ziet uw volledige adres en uw geschiedenis niet en kan u nergens voor aanmelden. Daarvoor sturen we een code naar uw mailbox.
how-proof = Wat als bewijs wordt bewaard
how-proof-text = Elke keer dat u ja of nee zegt: de datum, de precieze tekst die u te zien kreeg en hoe u hebt geantwoord. U krijgt er een ontvangstbewijs met een nummer voor.
how-watch = Wat hier niet gebeurt
how-watch-text = Niemand volgt u hier en er is geen reclame. Niets op deze pagina’s komt van een ander bedrijf. Ze werken in elke browser, zonder JavaScript.
how-ask = Als u geen link hebt
how-ask-text = Vraag er een aan: we sturen hem naar uw adres. Schrijf voor al het andere naar de organisatie die u de e-mails stuurt.

# Als er iets niet is gebeurd
message-link-title = Deze link werkt niet meer
message-expired = De link werkte tot { $date }. Links stoppen na een tijd om uw gegevens te beschermen.
message-replaced = We hebben daarna een nieuwere link gestuurd. Gebruik die uit de nieuwste e-mail.
message-revoked = U hebt e-mails gestopt op { $date }. Links van vóór die datum zetten geen e-mails meer aan. Wilt u deze e-mails toch, vraag dan een nieuwe link aan.
message-confirmed = De aanvraag is op { $date } bevestigd met de e-mail die we naar dit adres hebben gestuurd. U kunt de e-mails stoppen op de pagina met uw keuzes.
message-frozen-title = Hier kan nu niets worden gewijzigd
message-frozen = Het gebruik van uw gegevens is op uw verzoek beperkt, of we moesten stoppen met e-mails naar uw adres. Er is niets gewijzigd.
message-unreadable-title = We konden deze link niet lezen
message-unreadable = Hebt u de link uit een e-mail gekopieerd, controleer dan of hij volledig is. U kunt ook een nieuwe aanvragen.
message-not-found-title = Pagina niet gevonden
message-not-found = Hebt u het adres ingetypt, controleer het dan. Zoekt u uw keuzes voor e-mails, vraag dan uw link aan.
message-too-fast-title = Even geduld, alstublieft
message-too-fast = { $n ->
    [one] Er waren te veel aanvragen in korte tijd. Er is niets gewijzigd. Probeer het over één minuut opnieuw.
   *[other] Er waren te veel aanvragen in korte tijd. Er is niets gewijzigd. Probeer het over { $n } minuten opnieuw.
  }
message-closed-title = Dit formulier is gesloten
message-closed = U kunt zich er niet meer mee aanmelden. Uw adres is niet opgeslagen.
message-origin-title = Dit formulier kan niet vanaf die site worden gebruikt
message-origin = Het formulier is verstuurd vanaf een site die het niet mag gebruiken. Er is niets opgeslagen. U kunt zich aanmelden op onze eigen pagina.
message-bad-request-title = We konden dit formulier niet lezen
message-bad-request = Het is anders verstuurd dan deze pagina het doet. Er is niets gewijzigd. Open de pagina opnieuw en probeer het nog een keer.
message-too-large-title = Dit formulier is te lang
message-too-large = Er staat meer tekst in dan we aannemen. Er is niets gewijzigd. Maak de tekst korter en verstuur het opnieuw.
message-not-proven-title = Uw ontvangstbewijs is bijna klaar
message-not-saved-title = Uw keuze is niet opgeslagen
message-not-saved = De fout ligt bij ons. Er is niets gewijzigd. Probeer het over een paar minuten opnieuw.
message-new-link = Stuur mij een nieuwe link
message-same-address = De link gaat naar hetzelfde adres als de vorige. U hoeft het niet in te vullen.
message-again = Opnieuw proberen
message-help = Werkt het nog steeds niet, schrijf dan naar

## Declared fields
field-choose = Kies
field-years = { $from } tot en met { $to }
field-years-from = { $from } of later
field-years-to = { $to } of eerder
sign-up-field-unreadable = Schrijf op één regel, zonder verborgen tekens: { $label }
sign-up-field-not-offered = Kies uit de mogelijkheden: { $label }
sign-up-field-repeated = Vul maar één keer in: { $label }
preferences-told = Wat u ons hebt verteld

## Privacy notice
notice-dpo = Functionaris voor gegevensbescherming: { $dpo }
notice-transfer = Dat ligt buiten de Europese Economische Ruimte. Wat uw gegevens daar beschermt: { $safeguard }
notice-transfer-adequate = Dat ligt buiten de Europese Economische Ruimte. De Europese Commissie heeft besloten dat persoonsgegevens daar goed beschermd zijn (adequaatheidsbesluit; AVG, artikel 45).
notice-required = U hoeft niets te geven: geen wet en geen contract vraagt erom. Zonder uw adres kunnen we u geen e-mails sturen. Een veld dat niet verplicht is, mag leeg blijven.
notice-automated = Geen enkel besluit over u wordt door een programma alleen genomen.
notice-complain-named = U kunt een klacht indienen bij de gegevensbeschermingsautoriteit:
notice-complain-other = U kunt ook terecht bij de autoriteit van het land waar u woont of werkt.
notice-complain-any = U kunt een klacht indienen bij de gegevensbeschermingsautoriteit van het land waar u woont of werkt. Die van de Europese Unie staan op edpb.europa.eu.
## Age and guardian
age-legend = Hoe oud bent u?
age-why = Onder de { $age } jaar vraagt de wet ook de toestemming van een ouder of voogd. We bewaren alleen welk van de twee antwoorden u kiest.
age-why-refuse = Onder de { $age } jaar kan niemand zich hier alleen aanmelden. We bewaren alleen welk van de twee antwoorden u kiest.
age-at-least = Ik ben { $age } jaar of ouder
age-younger = Ik ben jonger dan { $age } jaar
age-missing = Geef aan of u { $age } jaar of ouder bent
guardian-label = E-mailadres van een ouder of voogd (alleen als u jonger bent dan { $age } jaar)
guardian-why = We vragen die persoon per e-mail om toestemming. Verder sturen we niets totdat u allebei ja hebt gezegd. Laat dit leeg als u { $age } jaar of ouder bent.
guardian-missing = Vul het e-mailadres van een ouder of voogd in, omdat u jonger bent dan { $age } jaar
guardian-same = Vul het adres van een ouder of voogd in, niet uw eigen adres
guardian-wrong = Controleer het adres van uw ouder of voogd. { $problem }
young-title = U kunt zich hier nog niet alleen aanmelden
young-nothing = Niets van wat u hebt ingevuld, is bewaard.
young-why = Deze e-mails zijn voor mensen van { $age } jaar of ouder. Vanaf die leeftijd mag u van de wet zelf toestemming geven.
young-next = U hebt niets verkeerd gedaan. Hebt u een vraag, vraag dan een volwassene om ons te schrijven.
waiting-title = Uw ja is opgeslagen
waiting-now = Nu moet een ouder of voogd ook ja zeggen. We hebben dat per e-mail gevraagd.
waiting-until = Antwoorden kan tot { $until }. Komt er geen antwoord, dan wordt de aanvraag verwijderd en ontvangt u niets.
waiting-next = U hoeft niets meer te doen. Tot er antwoord is, sturen we u niets anders.
waiting-change = Bent u van mening veranderd, dan kunt u uw aanvraag nog verwijderen.
guardian-title = Geeft u toestemming voor deze e-mails?
guardian-asked = Op { $date } heeft iemand jonger dan { $age } jaar gevraagd om e-mails op { $address } en uw adres opgegeven als dat van een ouder of voogd.
guardian-get = Als u allebei ja zegt, ontvangt het kind:
guardian-yes = Ja, ik geef toestemming
guardian-no = Nee, verwijder de aanvraag
guardian-both = Twee mensen moeten toestemming geven: het kind en u. Voor die tijd wordt er niets gestuurd. De e-mails kunnen altijd worden gestopt.
guardian-until = Deze link werkt tot { $until }. Als u niets doet, wordt de aanvraag verwijderd en worden er geen e-mails gestuurd.
guardian-not-me = Ik ben geen ouder of voogd van dit kind
guardian-agreed-title = Uw ja is opgeslagen
guardian-agreed-waits = Het kind moet nog ja zeggen, in de e-mail die we naar { $address } hebben gestuurd. Tot dan wordt er niets gestuurd.
guardian-agreed-done = Het kind heeft ook ja gezegd. De e-mails kunnen beginnen.
guardian-agreed-stop = In elke e-mail staat een link om te stoppen. U kunt ons ook altijd schrijven, op het adres hieronder.
guardian-agreed-kept = We bewaren uw adres niet meer. Als bewijs van uw antwoord bewaren we de datum en een code die uit uw adres is berekend.
guardian-over-title = Deze aanvraag is voorbij
guardian-over = De aanvraag is verwijderd. Er worden geen e-mails voor gestuurd, en we bewaren uw adres niet meer.
guardian-refused-title = De aanvraag is verwijderd
guardian-refused = U hebt nee gezegd. Het kind ontvangt geen van de gevraagde e-mails, en we bewaren uw adres niet meer.
guardian-block-what = Iemand heeft uw adres opgegeven als dat van een ouder of voogd. Klopt dat niet, dan is één knop genoeg:
guardian-block-keep = e-mails die u zelf ontvangt, veranderen niet.
standing-waiting-guardian = We wachten op twee antwoorden: dat van u en dat van een ouder of voogd. We hebben u allebei een e-mail gestuurd.
saved-guardian = Niet gewijzigd: { $name }. Een ouder of voogd moet toestemming geven: vraag erom met het aanmeldformulier.
history-agreed-child = U hebt ja gezegd. Een ouder of voogd moest nog ja zeggen.
history-agreed-guardian = Een ouder of voogd heeft ja gezegd. U moest zelf nog ja zeggen.
history-guardian-asked = We hebben het per e-mail aan een ouder of voogd gevraagd.
history-guardian-unreached = De e-mail aan een ouder of voogd kon niet worden bezorgd.
history-by-guardian = Met het antwoord van een ouder of voogd.
## proof of work and budgets
prove-title = Nog één stap
prove-why = Uw adres is nog niet opgeslagen. Dit formulier krijgt nu heel veel aanmeldingen, en de meeste komen niet van mensen.
prove-next = Druk op de knop om verder te gaan. Uw browser rekent misschien even: zo onderscheiden we u van een programma.
prove-send = Verder
prove-counting = Uw browser rekent. Dit duurt een paar seconden.
email-disposable = Gebruik een adres dat u blijft gebruiken: dit is van een dienst voor wegwerpadressen
check-meant = Bedoelde u een adres bij { $domain }?
check-meant-next = Het adres dat u hebt ingevuld, eindigt net iets anders. Klopt het, dan is alles in orde. Zo niet, meld u dan opnieuw aan met het juiste adres.
## Looks
misdirected = Deze naam leidt hierheen, maar er is geen pagina voor ingesteld. Is de naam van u: zet hem onder “hosts” van uw organisatie en pas het bestand toe, of maak er het basisadres van. Een proxy die ervoor staat, moet de header Host ongewijzigd doorgeven.
## The browser that signed up
check-same-browser = Opent u de link uit de e-mail in deze browser, dan hoeft u niet op een knop te drukken: openen betekent ja.
history-by-same-browser = Door de link die we u hebben gestuurd te openen in de browser van uw aanmelding.
how-cookie = De enige cookie
how-cookie-text = Als u zich aanmeldt, bewaart uw browser één cookie voor deze site, totdat u antwoordt of de aanvraag afloopt. Wordt de link uit de e-mail in diezelfde browser geopend, dan weet de pagina dat u het bent en hoeft u niet op de knop te drukken. Geen enkele andere browser heeft deze cookie, en beveiligingssoftware ook niet. Hij dient nergens anders voor, en er is geen andere cookie.
## Embedded forms
embed-down = Het formulier kon niet worden verstuurd. Wat u hebt ingevuld, staat er nog. Druk zo meteen nog een keer op de knop.
embed-own-page = Liever aanmelden op onze eigen pagina
embed-change = In elke e-mail staat een link om uw keuzes te wijzigen of te stoppen.

## Snippets
snippet-title = Dit formulier op uw site zetten
snippet-lead = Vier manieren, één formulier. De tekst waar mensen mee instemmen, blijft de tekst die u hier hebt gepubliceerd.
snippet-element = Element
snippet-element-why = Plak dit op de plek waar het formulier moet komen. Het neemt het uiterlijk van uw pagina over. Zonder script ziet men de link.
snippet-pinned = Wilt u precies deze bytes laden en geen andere, gebruik dan deze regel voor het script. Die krijgt onze verbeteringen niet.
snippet-plain = Alleen HTML
snippet-plain-why = Helemaal zonder script. De versie van de tekst zit erin: plak het opnieuw als u het formulier of een tekst wijzigt.
snippet-frame = Frame
snippet-frame-why = Voor websitebouwers die geen script toelaten. Het script hieronder past alleen de hoogte aan; zonder dat script schuift de inhoud van het frame.
snippet-link = Link en QR-code
snippet-link-why = Voor posts, berichten en papier.
snippet-qr = QR-code van dit adres
snippet-copy = Kopiëren
snippet-copied = Gekopieerd
snippet-preview = Voorbeeld
snippet-preview-why = Dit is het echte formulier. Wat u hier verstuurt, is een echte aanmelding.
snippet-auto = Zoals de pagina
snippet-light = Licht
snippet-dark = Donker
snippet-bare = Zonder onze stijl
snippet-phone = Breedte van een telefoon
snippet-wide = Volle breedte

## The reference of the API
docs-api = Naslag van de API
docs-api-lead = Elk verzoek dat een programma kan doen, wat het meegeeft en wat het terugkrijgt.
docs-api-english = De naslag is in het Engels, net als de API zelf.

## Acts of the organisation
history-restricted = Uw gegevens zijn op uw verzoek bevroren.
history-unrestricted = Uw gegevens zijn niet langer bevroren.
history-suppressed = Uw adres is gemarkeerd om geen e-mails meer te krijgen.
history-unsuppressed = De markering dat er niet naar uw adres gemaild mag worden, is opgeheven.
history-cancelled = De aanvraag is ingetrokken voordat u die had bevestigd.
history-by-api = Zoals gemeld aan de organisatie.

## Events

docs-events = Gebeurtenissen
docs-events-lead = Wat hier gebeurt, en wat de feed en de webhooks ervan zeggen.

## Recipients

recipients-past = { $name } ontving uw adres tot en met { $date }.
