# Email.

# Ogni email
mail-raw-url = Se il pulsante non funziona, copi questo indirizzo nel suo browser:
mail-asked = Richiesta fatta su { $place } il giorno { $when }.
mail-sent-by = { $host } ha inviato questa email per { $brand }.
mail-contact = Contatto: { $contact }
mail-notice = Informativa sulla privacy

# Conferma
mail-confirm-subject = Confermi la sua iscrizione a { $brand }
mail-confirm-title = Vuole queste email?
mail-confirm-who = { $brand } ha ricevuto una richiesta di inviare email a { $address }. Finché non dice di sì, non viene inviato nient’altro.
mail-confirm-what = Se dice di sì, riceverà:
mail-confirm-yes = Sì, inviatemi queste email
mail-confirm-code = Oppure inserisca questo codice nella pagina di iscrizione:
mail-confirm-expires = Il link e il codice sono validi fino al giorno { $when }.
mail-confirm-leave = Se dice di sì, potrà comunque annullare l’iscrizione in qualsiasi momento, con un clic.
mail-confirm-ignore = Se la richiesta non viene da lei, non faccia nulla: non verrà inviato altro e la richiesta sarà cancellata.
mail-confirm-not-me = Non l’ho chiesto io
mail-confirm-not-me-means = (per bloccare nuove richieste per questo indirizzo)

# Iscrizione già attiva
mail-already-subject = La sua iscrizione a { $brand } è già attiva
mail-already-title = La sua iscrizione è già attiva
mail-already-who = Una nuova richiesta ha chiesto a { $brand } di inviare email a { $address }. Le riceve già, quindi non cambia nulla.
mail-already-what = Che cosa riceve:
mail-already-since = dal giorno { $date }
mail-already-link = Vedi o cambia le mie scelte
mail-already-ignore = Se la richiesta non viene da lei, non faccia nulla.

# Il suo link
mail-link-subject = Il link alle sue scelte su { $brand }
mail-link-title = Ecco il suo link
mail-link-who = Ha chiesto un link alle sue scelte su { $brand }, per { $address }.
mail-link-opens = Apre la pagina in cui può vedere che cosa riceve e da quando. Lì può cambiarlo, annullare l’iscrizione ed esercitare i diritti sui suoi dati.
mail-link-button = Apri le mie scelte
mail-link-expires =
    { $minutes ->
        [one] Il link è valido per un minuto, fino al giorno { $when }.
       *[other] Il link è valido per { $minutes } minuti, fino al giorno { $when }.
    }
mail-link-keep = Non inoltri questa email: chi la possiede può usare il link.
mail-link-ignore = Se non lo ha chiesto lei, non faccia nulla: nessuno può usare il link senza questa email.

# Il suo codice
mail-code-subject = Il suo codice per { $brand }
mail-code-title = Il suo codice
mail-code-allows-preferences = Lo inserisca nella pagina che ha aperto per vedere e cambiare le sue scelte su { $brand } (indirizzo { $address }).
mail-code-allows-export = Lo inserisca nella pagina che ha aperto per scaricare i dati che { $brand } conserva su { $address }.
mail-code-allows-erasure = Lo inserisca nella pagina che ha aperto per cancellare i dati che { $brand } conserva su { $address }. La cancellazione è definitiva.
mail-code-expires =
    { $minutes ->
        [one] Il codice è valido per un minuto, fino al giorno { $when }.
       *[other] Il codice è valido per { $minutes } minuti, fino al giorno { $when }.
    }
mail-code-ignore = Se non lo ha chiesto lei, non faccia nulla e non lo dia a nessuno. { $brand } non chiede mai questo codice per telefono o per email.

# Ricevuta
mail-receipt-subject = La sua ricevuta { $number } da { $brand }
mail-receipt-title = La sua ricevuta
mail-receipt-agreed = Il giorno { $when } ha accettato di ricevere email da { $brand } all’indirizzo { $address }:
mail-receipt-stopped = Il giorno { $when } ha annullato email da { $brand } all’indirizzo { $address }:
mail-receipt-refused = Il giorno { $when } ha detto di no a email da { $brand } all’indirizzo { $address }:
mail-receipt-change = { $name }: { $state }
mail-receipt-yes = sì
mail-receipt-stop = annullata
mail-receipt-no = no
mail-receipt-number = Numero della ricevuta: { $number }
mail-receipt-files = In allegato: { $paper } (da leggere) e { $proof } (la prova)
mail-receipt-keep = Conservi questa email: prova che cosa ha scelto, e quando.
mail-receipt-check = Per verificare la prova, scelga il file { $proof } in questa pagina. Viene verificato nel suo browser e non viene inviato da nessuna parte:
mail-receipt-ask = Se cambia idea, o se la scelta non è sua, chieda qui un link alle sue scelte:

## Guardian
mail-guardian-subject = Un’iscrizione a { $brand } attende la sua risposta
mail-guardian-title = È d’accordo con queste email?
mail-guardian-who = Una persona con meno di { $age } anni ha chiesto a { $brand } di inviare email a { $address }. Come indirizzo di chi esercita la responsabilità genitoriale ha indicato quello che riceve questa email.
mail-guardian-both = A quell’età servono due consensi: quello del minore e quello di chi esercita la responsabilità genitoriale. Finché non hanno detto di sì entrambi, non viene inviato nient’altro.
mail-guardian-what = Se dite di sì entrambi, il minore riceverà:
mail-guardian-yes = Sì, sono d’accordo con queste email
mail-guardian-expires = Il link è valido fino al giorno { $when }. Nella sua pagina può anche dire di no.
mail-guardian-leave = Se dice di sì, le email si potranno comunque fermare in qualsiasi momento, con un clic.
mail-guardian-ignore = Se non è d’accordo, o se non sa di chi si tratta, può anche non fare nulla: non verrà inviata nessuna email e la richiesta sarà cancellata.
mail-guardian-kept = Il suo indirizzo serve soltanto per questa domanda. Viene cancellato appena la domanda è risolta.
mail-guardian-not-me-means = (per bloccare nuove richieste per il suo indirizzo)
## alert
mail-alert-subject-began = Il modulo { $form } potrebbe essere sotto attacco
mail-alert-subject-ended = Il modulo { $form } è di nuovo tranquillo
mail-alert-began = Dal giorno { $when } il modulo { $form } riceve molte più iscrizioni del solito, oppure quasi nessuna viene confermata. Forse viene usato per inviare alle persone email non richieste.
mail-alert-began-now = Il modulo chiede ora ai browser un breve calcolo prima di accettare un’iscrizione. Chi lo visita vede al massimo un pulsante in più. Qualunque cosa succeda, nessuno riceve più di qualche email di conferma.
mail-alert-began-do = Non occorre fare nulla. Il modulo tornerà da sé alla normalità, e allora le scriveremo.
mail-alert-ended = Il modulo { $form } è tranquillo da mezz’ora. Accetta le iscrizioni come prima.
mail-alert-ended-do = Non occorre fare nulla.

## Webhook endpoints

mail-endpoint-subject-failing = Il suo endpoint webhook su { $host } non funziona
mail-endpoint-subject-disabled = Il suo endpoint webhook su { $host } è disattivato
mail-endpoint-failing = Dal { $when } il suo endpoint webhook su { $host } non ha accettato nessuno dei nostri messaggi. Ogni messaggio viene ritentato, al massimo per tre giorni.
mail-endpoint-failing-do = Lo faccia controllare. Se il { $when } non accetta ancora nulla, lo disattiveremo e le scriveremo.
mail-endpoint-gone = Il suo endpoint webhook su { $host } ha risposto che non esiste più (410). Lo abbiamo disattivato.
mail-endpoint-failed = Il suo endpoint webhook su { $host } è disattivato: tutti gli invii sono falliti per 5 giorni.
mail-endpoint-disabled-do = Non riceve più nulla. Quando funziona di nuovo, lo riattivi con { $enable } e faccia rimandare ciò che ha perso con { $replay }.
mail-endpoint-id = Il suo identificativo è { $id }.
