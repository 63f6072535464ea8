# Mails.

# Elke mail
mail-raw-url = Werkt de knop niet, kopieer dan dit adres naar uw browser:
mail-asked = Aangevraagd op { $place }, { $when }.
mail-sent-by = { $host } heeft deze e-mail verstuurd voor { $brand }.
mail-contact = Contact: { $contact }
mail-notice = Privacyverklaring

# Bevestigen
mail-confirm-subject = Bevestig uw aanmelding bij { $brand }
mail-confirm-title = Wilt u deze e-mails ontvangen?
mail-confirm-who = { $brand } heeft een aanvraag ontvangen om e-mails te sturen naar { $address }. Verder wordt er niets gestuurd totdat u ja zegt.
mail-confirm-what = Als u ja zegt, ontvangt u:
mail-confirm-yes = Ja, stuur mij deze e-mails
mail-confirm-code = Of vul deze code in op de aanmeldpagina:
mail-confirm-expires = De link en de code werken tot { $when }.
mail-confirm-leave = Als u ja zegt, kunt u zich altijd nog met één klik afmelden.
mail-confirm-ignore = Was u het niet, dan hoeft u niets te doen: er wordt niets meer gestuurd en de aanvraag wordt verwijderd.
mail-confirm-not-me = Ik was het niet
mail-confirm-not-me-means = (om nieuwe aanvragen voor dit adres te blokkeren)

# Al aangemeld
mail-already-subject = U bent al aangemeld bij { $brand }
mail-already-title = U bent al aangemeld
mail-already-who = { $brand } heeft een nieuwe aanvraag ontvangen om e-mails te sturen naar { $address }. U ontvangt ze al, dus er verandert niets.
mail-already-what = Wat u ontvangt:
mail-already-since = sinds { $date }
mail-already-link = Mijn keuzes bekijken of wijzigen
mail-already-ignore = Was u het niet, dan hoeft u niets te doen.

# Uw link
mail-link-subject = Uw link naar uw keuzes bij { $brand }
mail-link-title = Hier is uw link
mail-link-who = U hebt een link aangevraagd naar uw keuzes bij { $brand }, voor { $address }.
mail-link-opens = De link opent de pagina waar u ziet wat u ontvangt en sinds wanneer. Daar kunt u dit wijzigen, u afmelden en uw rechten op uw gegevens uitoefenen.
mail-link-button = Mijn keuzes openen
mail-link-expires =
    { $minutes ->
        [one] De link werkt één minuut, tot { $when }.
       *[other] De link werkt { $minutes } minuten, tot { $when }.
    }
mail-link-keep = Stuur deze e-mail niet door: wie hem heeft, kan de link gebruiken.
mail-link-ignore = Hebt u er niet om gevraagd, dan hoeft u niets te doen: zonder deze e-mail kan niemand de link gebruiken.

# Uw code
mail-code-subject = Uw code voor { $brand }
mail-code-title = Uw code
mail-code-allows-preferences = Vul de code in op de pagina die u open hebt, om uw keuzes bij { $brand } te bekijken en te wijzigen (adres { $address }).
mail-code-allows-export = Vul de code in op de pagina die u open hebt, om de gegevens te downloaden die { $brand } over { $address } bewaart.
mail-code-allows-erasure = Vul de code in op de pagina die u open hebt, om de gegevens te wissen die { $brand } over { $address } bewaart. Dit kan niet ongedaan worden gemaakt.
mail-code-expires =
    { $minutes ->
        [one] De code werkt één minuut, tot { $when }.
       *[other] De code werkt { $minutes } minuten, tot { $when }.
    }
mail-code-ignore = Hebt u er niet om gevraagd, dan hoeft u niets te doen. Geef de code aan niemand. { $brand } vraagt er nooit om via de telefoon of per e-mail.

# Ontvangstbewijs
mail-receipt-subject = Uw ontvangstbewijs { $number } van { $brand }
mail-receipt-title = Uw ontvangstbewijs
mail-receipt-agreed = Op { $when } hebt u toestemming gegeven voor e-mails van { $brand } naar { $address }:
mail-receipt-stopped = Op { $when } hebt u zich afgemeld voor e-mails van { $brand } naar { $address }:
mail-receipt-refused = Op { $when } hebt u nee gezegd tegen e-mails van { $brand } naar { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = ja
mail-receipt-stop = gestopt
mail-receipt-no = nee
mail-receipt-number = Nummer van het ontvangstbewijs: { $number }
mail-receipt-files = Bijgevoegd: { $paper } (om te lezen) en { $proof } (het bewijs)
mail-receipt-keep = Bewaar deze e-mail: hij bewijst wat u hebt gekozen, en wanneer.
mail-receipt-check = Om het bewijs te controleren, kiest u het bestand { $proof } op deze pagina. Het wordt in uw browser gecontroleerd en nergens naartoe gestuurd:
mail-receipt-ask = Verandert u van mening, of was u het niet, vraag hier dan een link naar uw keuzes aan:

## Guardian
mail-guardian-subject = Een aanmelding bij { $brand } wacht op uw antwoord
mail-guardian-title = Geeft u toestemming voor deze e-mails?
mail-guardian-who = Iemand jonger dan { $age } jaar heeft { $brand } gevraagd e-mails te sturen naar { $address }, en heeft uw adres opgegeven als dat van een ouder of voogd.
mail-guardian-both = Op die leeftijd moeten twee mensen toestemming geven: het kind en een ouder of voogd. Verder wordt er niets gestuurd totdat beiden ja hebben gezegd.
mail-guardian-what = Als u allebei ja zegt, ontvangt het kind:
mail-guardian-yes = Ja, ik geef toestemming voor deze e-mails
mail-guardian-expires = De link werkt tot { $when }. Op die pagina kunt u ook nee zeggen.
mail-guardian-leave = Als u ja zegt, kunnen de e-mails altijd nog met één klik worden gestopt.
mail-guardian-ignore = Geeft u geen toestemming, of weet u niet om wie het gaat, dan kunt u ook niets doen: er worden geen e-mails gestuurd en de aanvraag wordt verwijderd.
mail-guardian-kept = Uw adres dient alleen voor deze ene vraag. Het wordt gewist zodra de vraag is afgehandeld.
mail-guardian-not-me-means = (om nieuwe aanvragen voor uw adres te blokkeren)
## alert
mail-alert-subject-began = Het formulier { $form } wordt misschien aangevallen
mail-alert-subject-ended = Het formulier { $form } is weer rustig
mail-alert-began = Sinds { $when } krijgt het formulier { $form } veel meer aanmeldingen dan gewoonlijk, of wordt bijna geen ervan bevestigd. Misschien wordt het gebruikt om mensen ongewenste e-mails te sturen.
mail-alert-began-now = Het formulier vraagt browsers nu om een korte berekening voordat het een aanmelding aanneemt. Bezoekers zien hoogstens één knop meer. Wat er ook gebeurt, niemand krijgt meer dan een paar bevestigingsmails.
mail-alert-began-do = U hoeft niets te doen. Het formulier schakelt vanzelf terug, en dan schrijven we u.
mail-alert-ended = Het formulier { $form } is al een half uur rustig. Het neemt aanmeldingen aan zoals voorheen.
mail-alert-ended-do = U hoeft niets te doen.

## Webhook endpoints

mail-endpoint-subject-failing = Uw webhook-eindpunt op { $host } neemt niets aan
mail-endpoint-subject-disabled = Uw webhook-eindpunt op { $host } is uitgeschakeld
mail-endpoint-failing = Sinds { $when } heeft uw webhook-eindpunt op { $host } geen van onze berichten aangenomen. Elk bericht wordt opnieuw geprobeerd, hoogstens drie dagen lang.
mail-endpoint-failing-do = Laat het nakijken. Als het op { $when } nog steeds niets aanneemt, schakelen wij het uit en schrijven wij u.
mail-endpoint-gone = Uw webhook-eindpunt op { $host } antwoordde dat het niet meer bestaat (410). Wij hebben het uitgeschakeld.
mail-endpoint-failed = Uw webhook-eindpunt op { $host } is uitgeschakeld: elke bezorging is 5 dagen lang mislukt.
mail-endpoint-disabled-do = Het krijgt niets meer. Schakel het weer in met { $enable } zodra het werkt en laat met { $replay } opnieuw sturen wat het heeft gemist.
mail-endpoint-id = De id is { $id }.
