# Date
month-1 = gennaio
month-2 = febbraio
month-3 = marzo
month-4 = aprile
month-5 = maggio
month-6 = giugno
month-7 = luglio
month-8 = agosto
month-9 = settembre
month-10 = ottobre
month-11 = novembre
month-12 = dicembre

# Intorno a ogni pagina
title-error = Errore:
frame-skip = Vai al contenuto
frame-languages = Lingua
frame-responsible = Titolare del trattamento dei suoi dati: { $legal }
frame-contact = Scrivi a { $address }
frame-notice = Informativa sulla privacy
frame-how = Come funziona questa pagina

# La situazione di una persona per una finalità
standing-never = Non riceve queste email.
standing-waiting = In attesa della sua conferma. Apra l’email che le abbiamo inviato.
standing-receiving = Riceve queste email dal giorno { $date }.
standing-left = Ha annullato l’iscrizione il giorno { $date }.
standing-refused = Ha detto di no il giorno { $date }.
standing-lapsed = Il suo consenso è scaduto il giorno { $date }.
purpose-how-often = Frequenza: { $frequency }.
frequency-immediate = quando c’è una novità
frequency-daily = ogni giorno
frequency-weekly = una volta alla settimana
frequency-monthly = una volta al mese
frequency-quarterly = quattro volte all’anno
frequency-occasional = di tanto in tanto

# Moduli
form-errors = C’è un problema
email-label = Indirizzo email
email-missing = Inserisca il suo indirizzo email
email-malformed = Inserisca un indirizzo email completo, per esempio nome@example.com
email-too-long = Inserisca un indirizzo più corto: al massimo 254 caratteri
email-not-ascii = Usi un indirizzo senza accenti prima della @: molti servizi di posta non possono consegnare agli altri
email-several = Inserisca un solo indirizzo email
email-domain = Controlli ciò che segue la @: non sembra il nome di un servizio di posta
code-label = Codice di 6 cifre
code-hint = È nell’email. Può incollarlo.
code-send = Continua
code-malformed = Inserisca le 6 cifre del codice
code-wrong = { $n ->
    [0] Non è il codice che abbiamo inviato. Ci sono stati troppi tentativi: ne chieda uno nuovo
    [one] Non è il codice che abbiamo inviato. Resta un tentativo
   *[other] Non è il codice che abbiamo inviato. Restano { $n } tentativi
  }
code-expired = Questo codice non è più valido. Ne chieda uno nuovo
code-exhausted = Ci sono stati troppi tentativi con questo codice. Ne chieda uno nuovo
receipt-title = La sua ricevuta
receipt-number = Ricevuta
receipt-when = Data
receipt-about = Oggetto
receipt-wording = Testo mostrato
receipt-version = { $name }, versione { $n } ({ $locale })
receipt-open = Apri questa ricevuta
receipt-page-title = Ricevuta { $number }
receipt-address = Indirizzo email
receipt-pdf = Scarica in PDF
receipt-data = Scarica la prova
receipt-files = Il PDF serve per leggere e stampare. La prova è un file che chiunque può verificare, anche senza di noi.
receipt-waiting = La prova è in corso di scrittura. Di solito è pronta in pochi secondi: ricarichi questa pagina o torni più tardi.
receipt-shown = Il testo che le è stato mostrato
receipt-steps = Come è avvenuto
receipt-proof = Perché questo è una prova
receipt-place = È la voce { $n } di un registro pubblico con { $of } voci. Nessuno, nemmeno noi, può modificare una voce in seguito senza che si veda.
receipt-check = Chi ha il file di prova può verificare tutto questo senza chiedere a noi.
receipt-check-go = Verifica un file di prova
number-lead = Ecco che cosa risulta sotto questo numero.
number-organisation = Organizzazione
number-what = Che cosa è successo
number-erased = I dati della persona sono stati cancellati. Restano solo la data e la posizione nel registro.
number-log = Registro pubblico
number-place = Voce { $n }, firmata
number-unsigned = In corso di scrittura. Ricarichi questa pagina tra qualche secondo.
number-how = La ricevuta completa
number-how-text = Solo la persona interessata vede la ricevuta completa. La trova nella pagina delle sue preferenze, nella cronologia. Il file di prova allegato può essere verificato da chiunque.
receipt-keep = Conservi questo numero se vuole dimostrare la sua scelta in futuro. Può stampare questa pagina.
undo = Annulla la modifica
undo-until = Può annullarla fino al giorno { $until }.

# Iscrizione
sign-up-title = Iscrizione alle email di { $name }
sign-up-you-get = Riceverà:
sign-up-choose = Che cosa vuole ricevere?
sign-up-email-why = Lo usiamo solo per inviarle ciò che chiede qui.
sign-up-optional = { $label } (facoltativo)
sign-up-trap = Lasci vuoto questo campo
sign-up-notice = { $legal } usa il suo indirizzo per inviarle ciò che sceglie qui, con il suo consenso, finché non lo revoca. Ogni email contiene un link per farlo.
sign-up-notice-link = Come vengono usati i suoi dati
sign-up-send = Iscrivimi
sign-up-next = Le invieremo un’email per confermare. Fino ad allora nient’altro.
sign-up-nothing-ticked = Scelga almeno un tipo di email
sign-up-not-offered = Scelga tra le caselle di questo modulo
sign-up-field-missing = Compili: { $label }
sign-up-field-too-long = Accorci a { $n } caratteri al massimo: { $label }
sign-up-again = Invii di nuovo il modulo, per favore
sign-up-text-changed = Il testo di questo modulo è cambiato dopo l’apertura. Lo legga e scelga di nuovo. Non è stato salvato nulla.
sign-up-too-soon = È tornato più in fretta del solito. Non è ancora stato salvato nulla. Prema «Iscrivimi» ancora una volta.
sign-up-stale = Questo modulo è rimasto aperto troppo a lungo. Lo controlli e lo invii di nuovo. Non è stato salvato nulla.

# Controlli la posta
check-title = Controlli la sua posta
check-sent = Inviamo un’email all’indirizzo che ci ha dato. Dovrebbe arrivare entro un minuto.
check-do = La apra e prema «Sì, inviatemi queste email», oppure inserisca qui il codice.
check-until = Il link e il codice sono validi fino al giorno { $until }.
check-missing = L’email non è arrivata?
check-missing-wait = Attenda qualche minuto: alcuni servizi di posta trattengono i messaggi prima di lasciarli passare.
check-missing-spam = Guardi nella cartella della posta indesiderata. Cerchi { $sender }.
check-missing-typo = Nell’indirizzo potrebbe esserci un errore di battitura: torni indietro e lo inserisca di nuovo.
check-limit = Per proteggere le persone dalle email non richieste, inviamo allo stesso indirizzo al massimo un’email ogni 10 minuti e tre al giorno. Se è bloccato per nuove richieste, non viene inviato nulla.
check-again = Invia di nuovo
check-other = Usa un altro indirizzo
check-resent = Se il limite per questo indirizzo lo consente, una nuova email è in arrivo. Usi la più recente.

# Conferma
confirm-title = Confermi che cosa vuole ricevere
confirm-asked = Qualcuno, probabilmente lei, ha iscritto { $address } il giorno { $date }.
confirm-you-get = Se dice di sì, riceverà:
confirm-choose = È stato chiesto
confirm-untick = Tolga la spunta da ciò che non vuole.
confirm-nothing-ticked = Lasci almeno una casella spuntata, oppure prema «No, cancellate la mia richiesta»
confirm-not-asked = Scelga tra le caselle di questa richiesta
confirm-yes = Sì, inviatemi queste email
confirm-no = No, cancellate la mia richiesta
confirm-why = Perché ancora un clic? I programmi di sicurezza aprono i link delle email. Il suo clic dimostra che è stata una persona.
confirm-until = Questo link è valido fino al giorno { $until }. Se non fa nulla, la richiesta viene cancellata e non riceverà nulla.
confirmed-title = La sua iscrizione è confermata
confirmed-now = La sua scelta è salvata.
confirmed-already = Ha confermato il giorno { $when }. Non c’è altro da fare.
confirmed-you-get = Ha chiesto:
confirmed-next-title = Che cosa succede ora
confirmed-next = Riceverà la prossima email quando verrà inviata. Ognuna contiene un link per annullare l’iscrizione. Può cambiare idea in qualsiasi momento.
confirmed-preferences = Vedi e cambia le sue scelte
deleted-title = La sua richiesta è cancellata
deleted-now = Non riceverà le email di questa richiesta.
deleted-next = Non è cambiato nient’altro. Se riceve altre nostre email, può annullarle con il link contenuto in ognuna.
deleted-form = Torna al modulo

# Preferenze
preferences-title = Le sue scelte sulle email
preferences-address = Indirizzo: { $address }
preferences-tally = Riceve { $n } di { $of }.
preferences-choose = Email che può ricevere
preferences-language = Lingua delle email
preferences-save = Salva le mie scelte
preferences-stop = Annulla tutte le iscrizioni
preferences-effect = Ciò che annulla termina subito. Un’email già partita può ancora arrivare.
preferences-pause = Fai una pausa
preferences-pause-what = Conserva le sue scelte e non riceve nulla per:
preferences-pause-2w = 2 settimane
preferences-pause-1m = 1 mese
preferences-pause-3m = 3 mesi
preferences-paused = Le sue email sono in pausa fino al giorno { $date }.
preferences-resume = Riprendi ora
preferences-more = Vedi e cambia altro
preferences-more-why = Questa pagina è stata aperta da un link che potrebbe essere stato inoltrato. Per questo il suo indirizzo è in parte nascosto, e anche la sua cronologia. Per vederli, o per ricevere nuove email senza un’altra conferma, inviamo un codice al suo indirizzo.
preferences-code = Inviatemi un codice
preferences-code-again = Inviatemi un nuovo codice
history-title = La sua cronologia
history-none = Non è ancora successo nulla.
history-when = Data
history-what = Che cosa è successo
history-asked = Ha chiesto: { $names }.
history-mailed = Le abbiamo inviato l’email per confermare.
history-bounced = Non è stato possibile consegnare l’email per confermare.
history-yes = Ha detto di sì a: { $names }.
history-left = Ha annullato: { $names }.
history-no = Ha detto di no a: { $names }.
history-too-old = Il suo consenso è scaduto: { $names }.
history-again = Ha ripetuto ciò che aveva già detto.
history-lapsed = La sua richiesta non è stata confermata in tempo ed è stata cancellata.
history-not-me = Ci ha segnalato che una richiesta non era sua.
history-paused = Ha iniziato una pausa.
history-resumed = La pausa è terminata.
history-language = Ha cambiato la lingua delle sue email.
history-by-form = Con un modulo di iscrizione.
history-by-link = Con il link che le abbiamo inviato.
history-by-code = Con il codice che le abbiamo inviato.
history-by-preferences = In questa pagina.
history-by-unsubscribe = Con il link di annullamento di un’email.
history-by-one-click = Con il pulsante di annullamento del suo programma di posta.
history-by-undo = Annullando la modifica precedente.
history-by-not-me = Con il link «Non l’ho chiesto io».
history-by-time = Da sé, allo scadere del termine.
recipients-title = Chi riceve i suoi dati
recipients-none = Solo { $name } e il fornitore di questa pagina, che segue le sue istruzioni.
recipients-some = { $name }, il fornitore di questa pagina, che segue le sue istruzioni, e:
rights-title = I suoi diritti
rights-list = Può vedere i suoi dati, correggerli, portarli altrove, farli cancellare o bloccare, e opporsi al loro uso.
rights-write = Scriva a
rights-deadline = Riceverà una risposta entro un mese, gratuitamente.
saved-title = Salvato
saved-nothing = Non è cambiato nulla.
saved-left = Non riceverà più: { $name }.
saved-joined = Da ora riceverà: { $name }.
saved-asked = In attesa della sua conferma: { $name }.
saved-held = Non ancora iniziato, perché ora non possiamo inviare l’email di conferma: { $name }.
saved-language = Le scriveremo in questa lingua: { $name }.
saved-underway = Ha effetto da subito. Un’email già partita può ancora arrivare.
saved-confirm = Un’email di conferma è in arrivo. Finché non conferma, non riceverà nulla di nuovo.
not-saved-title = Non è cambiato nulla
not-saved-offered = Le scelte disponibili sono cambiate. Le guardi qui sotto e salvi di nuovo.
not-saved-break = Scelga una delle pause qui sotto.
frozen-title = I suoi dati sono bloccati
frozen-what = Lo ha chiesto lei. Non le viene inviato nulla e le sue scelte restano come sono. Può sempre annullare tutte le iscrizioni. Per togliere il blocco, scriva all’indirizzo in fondo a questa pagina.
stopped-title = Tutte le sue iscrizioni sono annullate
stopped-now = Non riceverà più nulla.
paused-title = Le sue email sono in pausa
paused-now = Non riceverà nulla fino al giorno { $date }. Poi riprenderanno da sé.
resumed-title = La pausa è finita
resumed-now = Riceve di nuovo ciò che è spuntato qui sotto.
undone-title = Modifica annullata
undone-now = Le sue scelte sono come prima.
undo-late-title = È troppo tardi per annullare la modifica
undo-late-next = Una modifica si può annullare per 15 minuti. Può ancora cambiare le sue scelte qui sotto.
code-sent-title = Le inviamo un codice
code-sent-now = Dovrebbe arrivare entro un minuto. Lo inserisca sotto «Vedi e cambia altro». È valido per 30 minuti.

# Ricevere il link
ask-title = Ricevere il mio link
ask-what = Le inviamo un link alla pagina in cui può vedere e cambiare ciò che riceve.
ask-hint = L’indirizzo che riceve le nostre email.
ask-send = Inviatemi il link
ask-whose = Da chi riceve email?
ask-nobody = Nessuno invia ancora email con questo servizio.
ask-sent-title = Controlli la sua posta
ask-sent-what = Se conosciamo questo indirizzo, il link dovrebbe arrivare entro un minuto.
ask-sent-unknown = Per proteggere la riservatezza delle persone, questa pagina non dice se un indirizzo è noto.

# Annullare l’iscrizione
unsubscribe-title = Annullare l’iscrizione a «{ $name }»?
unsubscribe-title-all = Annullare l’iscrizione a tutte le email di { $name }?
unsubscribe-already = Ha annullato l’iscrizione il giorno { $date }. Non c’è altro da fare.
unsubscribe-now = Annulla l’iscrizione
unsubscribe-effect = Ha effetto da subito. Un’email già partita può ancora arrivare.
unsubscribe-other = Oppure
unsubscribe-pause = Fai una pausa
unsubscribe-choose = Scegli che cosa ricevere
unsubscribed-title = La sua iscrizione a «{ $name }» è annullata
unsubscribed-title-all = Le sue iscrizioni alle email di { $name } sono annullate
unsubscribed-now = Ha effetto da subito. Non seguirà nessuna email al riguardo.
unsubscribed-mistake = È stato un errore?
unsubscribed-still = Che cosa riceve ancora
unsubscribed-still-none = Nulla da { $name }.
reason-title = Una domanda, se vuole
reason-label = Perché ha annullato l’iscrizione?
reason-none = Preferisco non dirlo
reason-too-many = Troppe email
reason-not-relevant = Non parlano di ciò che mi interessa
reason-never-asked = Non le ho mai chieste
reason-other-address = Ora uso un altro indirizzo
reason-other = Un altro motivo
reason-send = Invia la mia risposta
reason-thanks = Grazie. La sua risposta è salvata.

# Non l’ho chiesto io
not-me-title = La richiesta non viene da lei?
not-me-what = Qualcuno ha inserito { $address } in un modulo di iscrizione. Se la richiesta non viene da lei, basta un pulsante:
not-me-request = la richiesta viene cancellata;
not-me-block = le nuove richieste per questo indirizzo vengono ignorate, quindi non arrivano altre email di questo tipo;
not-me-keep = ciò che riceve già non cambia.
not-me-send = Blocca questo indirizzo
not-me-nothing = Se non fa nulla, la richiesta viene cancellata da sé dopo qualche giorno e non riceverà nulla.
not-me-done-title = Questo indirizzo è bloccato
not-me-done = La richiesta per { $address } è cancellata. I moduli di iscrizione non possono più farci scrivere a questo indirizzo.
not-me-later = Se un giorno vorrà iscriversi, scriva all’indirizzo in fondo a questa pagina.

# Informativa
notice-title = Informativa sulla privacy: { $name }
notice-version = Versione { $version }, in vigore dal giorno { $date }
notice-who = Titolare del trattamento
notice-what-for = Per che cosa viene usato il suo indirizzo
notice-basis = Perché è consentito
notice-basis-text = Perché lei dà il suo consenso, separatamente per ogni tipo di email (GDPR, articolo 6, paragrafo 1, lettera a). Può dire di no in piena libertà: nient’altro dipende da questo.
notice-stop = Come revocare il consenso
notice-stop-text = Usi il link in fondo a qualsiasi email, oppure chieda qui un link. Ha effetto da subito. Ciò che è stato inviato prima resta lecito.
notice-data = Che cosa viene conservato
notice-data-text = Il suo indirizzo, la sua lingua e ciò che inserisce nel modulo. Come prova di ogni scelta: la data e l’ora, il testo mostrato, la pagina, il nome del suo browser e una parte del suo indirizzo di rete.
notice-long = Per quanto tempo
notice-long-request = { $n ->
    [one] Una richiesta non confermata: cancellata dopo un giorno.
   *[other] Una richiesta non confermata: cancellata dopo { $n } giorni.
  }
notice-long-consent = Il suo indirizzo: finché riceve qualcosa, o finché non ci chiede di cancellarlo.
notice-long-lapse = { $n ->
    [one] Un sì a «{ $name }» non usato per un giorno non conta più.
   *[other] Un sì a «{ $name }» non usato per { $n } giorni non conta più.
 }
notice-where = Dove
notice-where-eu = I suoi dati sono conservati nell’Unione europea.
notice-where-country = I suoi dati sono conservati in questo paese: { $country }.
notice-long-proof = La prova delle sue scelte: finché sono valide, poi finché la legge consente di contestarle.
notice-complain = Se qualcosa non va

# La porta d’ingresso
root-title = Il suo consenso a ricevere email
root-link = Ogni email inviata con questo servizio contiene un link alla pagina delle sue scelte. Se non ne ha uno a portata di mano, lo chieda.
root-docs = Documentazione

# Come funziona questa pagina
how-title = Come funziona questa pagina
how-lead = Questo servizio conserva una sola cosa: il suo consenso a ricevere email. Chi può scriverle, su che cosa e da quando.
how-open = Aprire un link non cambia nulla
how-open-text = I programmi di sicurezza aprono i link delle sue email prima di lei. Per questo un link mostra soltanto una pagina. Qualcosa cambia solo quando preme un pulsante su quella pagina.
how-twice = Perché chiediamo due volte
how-twice-text = Chiunque può scrivere il suo indirizzo in un modulo. Per questo un’iscrizione conta solo quando è confermata dalla sua casella di posta. Una richiesta che nessuno conferma viene cancellata.
how-leave = Uscire è facile come entrare
how-leave-text = Un pulsante. Prima, nessuna password e nessuna domanda. Il link funziona in qualsiasi email, anche vecchia, e ha effetto da subito.
how-masked = Perché il suo indirizzo è nascosto
how-masked-text = Le email vengono inoltrate. Chi apre un link di una newsletter può fermare gli invii, ma non vede il suo indirizzo completo né la sua cronologia, e non può iscriverla a nulla. Per questo inviamo un codice alla sua casella di posta.
how-proof = Che cosa si conserva come prova
how-proof-text = Ogni volta che dice sì o no: la data, il testo esatto che le è stato mostrato e come ha risposto. Riceve un numero di ricevuta.
how-watch = Che cosa non succede qui
how-watch-text = Nessun tracciamento e nessuna pubblicità. Nulla in queste pagine viene da un’altra azienda. Funzionano in ogni browser, senza JavaScript.
how-ask = Se non ha un link
how-ask-text = Ne chieda uno: lo inviamo al suo indirizzo. Per tutto il resto, scriva all’organizzazione che le manda le email.

# Quando qualcosa non è avvenuto
message-link-title = Questo link non funziona più
message-expired = Funzionava fino al giorno { $date }. I link scadono dopo un po’ per proteggere i suoi dati.
message-replaced = Nel frattempo abbiamo inviato un link più recente. Usi quello dell’ultima email.
message-revoked = Ha annullato delle email il giorno { $date }. I link inviati prima non ne avviano più. Se invece vuole queste email, chieda un nuovo link.
message-confirmed = La richiesta è stata confermata il giorno { $date } con l’email inviata a questo indirizzo. Può fermare le email nella pagina delle sue scelte.
message-frozen-title = Ora qui non si può cambiare nulla
message-frozen = I suoi dati sono bloccati su sua richiesta, oppure è stato necessario fermare le email al suo indirizzo. Non è cambiato nulla.
message-unreadable-title = Non siamo riusciti a leggere questo link
message-unreadable = Se lo ha copiato da un’email, controlli che sia completo. Può anche chiederne uno nuovo.
message-not-found-title = Pagina non trovata
message-not-found = Se ha digitato l’indirizzo, lo controlli. Se cerca le sue scelte sulle email, chieda il suo link.
message-too-fast-title = Attenda un momento, per favore
message-too-fast = { $n ->
    [one] Ci sono state troppe richieste in poco tempo. Non è cambiato nulla. Riprovi tra un minuto.
   *[other] Ci sono state troppe richieste in poco tempo. Non è cambiato nulla. Riprovi tra { $n } minuti.
  }
message-closed-title = Questo modulo è chiuso
message-closed = Non accetta più iscrizioni. Il suo indirizzo non è stato salvato.
message-origin-title = Questo modulo non si può usare da quel sito
message-origin = Il modulo è stato inviato da un sito che non è autorizzato a usarlo. Non è stato salvato nulla. Può iscriversi sulla nostra pagina.
message-bad-request-title = Non siamo riusciti a leggere questo modulo
message-bad-request = Non è stato inviato nel modo in cui lo fa questa pagina. Non è cambiato nulla. Apra di nuovo la pagina e riprovi.
message-too-large-title = Questo modulo è troppo lungo
message-too-large = Contiene più testo di quanto ne accettiamo. Non è cambiato nulla. Lo accorci e lo invii di nuovo.
message-not-proven-title = La sua ricevuta è quasi pronta
message-not-saved-title = La sua scelta non è stata salvata
message-not-saved = Il problema è nostro. Non è cambiato nulla. Riprovi tra qualche minuto.
message-new-link = Inviatemi un nuovo link
message-same-address = Arriva allo stesso indirizzo di prima. Non serve inserirlo.
message-again = Riprova
message-help = Se ancora non funziona, scriva a

## Declared fields
field-choose = Scelga
field-years = dal { $from } al { $to }
field-years-from = { $from } o dopo
field-years-to = { $to } o prima
sign-up-field-unreadable = Scriva su una sola riga, senza caratteri nascosti: { $label }
sign-up-field-not-offered = Scelga tra le opzioni: { $label }
sign-up-field-repeated = Compili una sola volta: { $label }
preferences-told = Che cosa ci ha detto

## Privacy notice
notice-dpo = Responsabile della protezione dei dati: { $dpo }
notice-transfer = Si trova fuori dallo Spazio economico europeo. Che cosa protegge lì i suoi dati: { $safeguard }
notice-transfer-adequate = Si trova fuori dallo Spazio economico europeo. La Commissione europea ha deciso che lì i dati personali sono ben protetti (decisione di adeguatezza; GDPR, articolo 45).
notice-required = Non è obbligatorio fornire dati: non lo chiedono né la legge né un contratto. Senza il suo indirizzo non possiamo inviarle email. Un campo facoltativo può restare vuoto.
notice-automated = Nessuna decisione che la riguarda è presa soltanto da un programma.
notice-complain-named = Può presentare un reclamo all’autorità di controllo:
notice-complain-other = Può anche rivolgersi all’autorità del paese in cui vive o lavora.
notice-complain-any = Può presentare un reclamo all’autorità di controllo del paese in cui vive o lavora. Quelle dell’Unione europea sono elencate su edpb.europa.eu.
## Age and guardian
age-legend = Quanti anni ha?
age-why = Sotto i { $age } anni la legge chiede anche il consenso di un genitore o tutore. Conserviamo soltanto quale delle due risposte sceglie.
age-why-refuse = Sotto i { $age } anni nessuno può iscriversi qui per conto proprio. Conserviamo soltanto quale delle due risposte sceglie.
age-at-least = Ho { $age } anni o più
age-younger = Ho meno di { $age } anni
age-missing = Indichi se ha { $age } anni o più
guardian-label = Indirizzo email di un genitore o tutore (solo se ha meno di { $age } anni)
guardian-why = Chiediamo per email a questa persona se è d’accordo. Finché non avete detto di sì entrambi, non inviamo nient’altro. Lasci vuoto questo campo se ha { $age } anni o più.
guardian-missing = Inserisca l’indirizzo email di un genitore o tutore, perché ha meno di { $age } anni
guardian-same = Inserisca l’indirizzo di un genitore o tutore, non il suo
guardian-wrong = Controlli l’indirizzo del genitore o tutore. { $problem }
young-title = Non può ancora iscriversi qui per conto proprio
young-nothing = Nulla di ciò che ha inserito è stato conservato.
young-why = Queste email sono per chi ha { $age } anni o più. È l’età dalla quale la legge permette di dare il consenso per conto proprio.
young-next = Non ha fatto nulla di male. Se ha una domanda, chieda a un adulto di scriverci.
waiting-title = Il suo sì è salvato
waiting-now = Ora deve dire di sì anche un genitore o tutore. Abbiamo chiesto per email a quella persona.
waiting-until = La risposta può arrivare fino al giorno { $until }. Senza risposta, la richiesta viene cancellata e lei non riceve nulla.
waiting-next = Non c’è altro da fare. Fino alla risposta non le inviamo nient’altro.
waiting-change = Se ha cambiato idea, può ancora cancellare la sua richiesta.
guardian-title = È d’accordo con queste email?
guardian-asked = Il giorno { $date } una persona con meno di { $age } anni ha chiesto di ricevere email all’indirizzo { $address }. Come indirizzo di chi esercita la responsabilità genitoriale ha indicato quello a cui le abbiamo scritto.
guardian-get = Se dite di sì entrambi, il minore riceverà:
guardian-yes = Sì, sono d’accordo
guardian-no = No, cancellate la richiesta
guardian-both = Servono due consensi: quello del minore e il suo. Prima non viene inviato nulla. Le email si possono fermare in qualsiasi momento.
guardian-until = Questo link è valido fino al giorno { $until }. Se non fa nulla, la richiesta viene cancellata e non viene inviata nessuna email.
guardian-not-me = Non esercito la responsabilità genitoriale su questo minore
guardian-agreed-title = Il suo sì è salvato
guardian-agreed-waits = Il minore deve ancora dire di sì, nell’email che abbiamo inviato a { $address }. Fino ad allora non viene inviato nulla.
guardian-agreed-done = Anche il minore ha detto di sì. Le email possono cominciare.
guardian-agreed-stop = Ogni email contiene un link per fermarla. Può anche scriverci in qualsiasi momento, all’indirizzo qui sotto.
guardian-agreed-kept = Non conserviamo più il suo indirizzo. Come prova della sua risposta conserviamo la data e un codice calcolato dal suo indirizzo.
guardian-over-title = Questa richiesta è conclusa
guardian-over = È stata cancellata. Non fa partire nessuna email e non conserviamo più il suo indirizzo.
guardian-refused-title = La richiesta è cancellata
guardian-refused = Ha detto di no. Non conserviamo più il suo indirizzo, e il minore non riceverà nessuna delle email richieste.
guardian-block-what = Qualcuno ha indicato il suo indirizzo come quello di chi esercita la responsabilità genitoriale. Se non è così, basta un pulsante:
guardian-block-keep = le email che riceve lei non cambiano.
standing-waiting-guardian = Mancano due risposte: la sua e quella di un genitore o tutore. Abbiamo inviato un’email a entrambi.
saved-guardian = Non modificato: { $name }. Serve il consenso di un genitore o tutore: lo chieda con il modulo di iscrizione.
history-agreed-child = Ha detto di sì. Mancava ancora il sì di un genitore o tutore.
history-agreed-guardian = Un genitore o tutore ha detto di sì. Mancava ancora il suo sì.
history-guardian-asked = Abbiamo scritto per email a un genitore o tutore.
history-guardian-unreached = Non è stato possibile consegnare l’email a un genitore o tutore.
history-by-guardian = Con la risposta di un genitore o tutore.
## proof of work and budgets
prove-title = Ancora un passo
prove-why = Il suo indirizzo non è ancora stato salvato. Questo modulo riceve ora moltissime iscrizioni, e la maggior parte non viene da persone.
prove-next = Prema il pulsante per continuare. Il suo browser potrebbe calcolare per un momento: così la distinguiamo da un programma.
prove-send = Continua
prove-counting = Il suo browser sta calcolando. Ci vuole qualche secondo.
email-disposable = Usi un indirizzo che conserverà: questo è di un servizio di indirizzi usa e getta
check-meant = Intendeva un indirizzo di { $domain }?
check-meant-next = L’indirizzo inserito termina in modo un po’ diverso. Se è giusto, va tutto bene. Se non lo è, si iscriva di nuovo con quello giusto.
## Looks
misdirected = Questo nome porta qui, ma non c’è nessuna pagina configurata per esso. Se è suo: lo scriva sotto «hosts» della sua organizzazione e applichi il file, oppure ne faccia l’indirizzo di base. Un proxy posto davanti deve inoltrare l’intestazione Host così come è arrivata.
## The browser that signed up
check-same-browser = Se apre il link dell’email in questo browser, non c’è nessun pulsante da premere: aprirlo vuol dire sì.
history-by-same-browser = Aprendo il link che le abbiamo inviato nel browser dell’iscrizione.
how-cookie = L’unico cookie
how-cookie-text = Quando si iscrive, il suo browser conserva un cookie per questo sito, finché non risponde o finché la richiesta non scade. Se il link dell’email viene aperto in quello stesso browser, la pagina sa che è lei, e non serve premere il pulsante. Nessun altro browser ha questo cookie, e nessun programma di sicurezza lo ha. Non serve a nient’altro, e non ce ne sono altri.
## Embedded forms
embed-down = Non è stato possibile inviare il modulo. Ciò che ha inserito è ancora qui. Prema di nuovo il pulsante tra un momento.
embed-own-page = Vai invece alla nostra pagina di iscrizione
embed-change = Ogni email contiene un link per cambiare le sue scelte o annullare l’iscrizione.

## Snippets
snippet-title = Mettere questo modulo sul suo sito
snippet-lead = Quattro modi, un solo modulo. Il testo che le persone accettano resta quello che ha pubblicato qui.
snippet-element = Elemento
snippet-element-why = Lo incolli dove deve stare il modulo. Prende l’aspetto della sua pagina. Senza script si vede il link.
snippet-pinned = Per caricare esattamente questi byte e nessun altro, usi questa riga per lo script. Non riceve le nostre correzioni.
snippet-plain = Solo HTML
snippet-plain-why = Senza alcuno script. Porta la versione del suo testo: lo incolli di nuovo quando cambia il modulo o un testo.
snippet-frame = Riquadro
snippet-frame-why = Per gli strumenti che non accettano script. Lo script qui sotto adatta soltanto l’altezza; senza, il riquadro scorre.
snippet-link = Link e codice QR
snippet-link-why = Per post, messaggi e carta.
snippet-qr = Codice QR di questo indirizzo
snippet-copy = Copia
snippet-copied = Copiato
snippet-preview = Anteprima
snippet-preview-why = Questo è il modulo vero. Ciò che invia qui è un’iscrizione vera.
snippet-auto = Come la pagina
snippet-light = Chiaro
snippet-dark = Scuro
snippet-bare = Senza il nostro stile
snippet-phone = Larghezza di un telefono
snippet-wide = Tutta la larghezza

## The reference of the API
docs-api = Riferimento dell’API
docs-api-lead = Ogni richiesta che uno strumento può fare, che cosa riceve e che cosa risponde.
docs-api-english = Il riferimento è in inglese, come l’API stessa.

## Acts of the organisation
history-restricted = I suoi dati sono stati congelati su sua richiesta.
history-unrestricted = Il congelamento dei suoi dati è terminato.
history-suppressed = Il suo indirizzo è stato contrassegnato per non ricevere più email.
history-unsuppressed = Il contrassegno che impediva di scrivere al suo indirizzo è stato tolto.
history-cancelled = La richiesta è stata ritirata prima che lei la confermasse.
history-by-api = Come comunicato all’organizzazione.

## Events

docs-events = Eventi
docs-events-lead = Che cosa succede qui, e che cosa ne dicono il feed e i webhook.

## Recipients

recipients-past = { $name } ha ricevuto il suo indirizzo fino al { $date }.
