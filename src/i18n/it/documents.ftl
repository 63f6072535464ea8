# Ricevute e fascicoli.

# Ogni documento
doc-page = Pagina { $n } di { $of }
doc-replaced = I caratteri che questo documento non sa scrivere sono sostituiti dal loro numero, come [U+1F600]. I file che lo accompagnano li contengono così come sono.
doc-file-description = La registrazione e la sua prova, da verificare con un programma
doc-authority-fr = la CNIL, in Francia
doc-authority-other = l’autorità di controllo del paese in cui vive o lavora

# Nomi dei dati
doc-number = Ricevuta
doc-when = Data
doc-address = Indirizzo email
doc-controller = Titolare
doc-contact = Contatto
doc-how = Come
doc-page-origin = Sito web
doc-form = Modulo
doc-form-version = { $name }, versione { $n }
doc-network = Rete
doc-network-hash = Rete, impronta con chiave
doc-browser = Browser
doc-fetch = Indicato dal browser
doc-language = Lingua
doc-state = Stato
doc-state-change = { $before } → { $after }
doc-wording = Testo
doc-wording-version = Versione { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Versione
doc-read-at = Dove leggerla
doc-message-id = Message-ID
doc-mail-answer = Risposta del server di posta
doc-mail-queued = Scritta
doc-mail-attempts = Tentativi
doc-request = Richiesta
doc-requested-at = Richiesto
doc-record = Registrazione
doc-grade = Valutazione
doc-grade-person = una persona
doc-grade-likely-automated = probabilmente un programma
doc-reason-code-typed = il codice è stato inserito dove è stata fatta l’iscrizione
doc-reason-user-activated = il browser indica un clic, un tocco o un tasto premuto
doc-reason-took-time = la pagina è rimasta aperta il tempo che serve a una persona
doc-reason-pressed-at-once = il pulsante è stato premuto all’istante
doc-reason-page-not-opened = la pagina con il pulsante non era stata aperta
doc-reason-no-activation = il browser non indica nessun clic
doc-reason-no-fetch-metadata = il browser non dice come è stata chiesta la pagina
doc-reason-not-navigated = la pagina non è stata chiesta come pagina
doc-reason-cross-site = è stata chiesta da un altro sito
doc-reason-prefetch = è stata caricata prima di una visita
doc-reason-head = è stata chiesta solo l’intestazione della pagina
doc-reason-known-scanner = un programma noto per controllare i link delle email
doc-reason-library = un programma, non un browser
doc-reason-no-user-agent = non ha detto che cos’è
doc-reason-opened-at-once = aperto meno di due secondi dopo l’invio dell’email
doc-reason-several-links = più link di una stessa email aperti in pochi secondi
doc-openings = Link aperto
doc-opened-at = Pagina aperta
doc-openings-count = { $n } volte, di cui { $automated } da programmi
doc-openings-program = { $what } (un programma: { $why })
doc-log = Registro
doc-log-entry = Voce
doc-log-entry-of = numero { $index }, in un registro di { $size } voci
doc-log-commitment = Impegno
doc-log-root = Radice del registro
doc-log-signed = Firmato dal registro

# Con quale mezzo
doc-how-form = con il modulo di iscrizione
doc-how-link = con il link dell’email di conferma
doc-how-code = con il codice di 6 cifre dell’email di conferma
doc-how-preferences = nella pagina delle proprie scelte
doc-how-unsubscribe = con il link di annullamento di un’email
doc-how-one-click = con il pulsante di annullamento del programma di posta
doc-how-undo = annullando la modifica precedente
doc-how-not-me = con il link «Non l’ho chiesto io»
doc-how-time = da sé, allo scadere del termine
doc-how-mail = per email
doc-how-api = da un sistema dell’organizzazione
doc-how-command = da un operatore di questo servizio

# Che cosa è successo
doc-kind-requested = Iscrizione richiesta
doc-kind-mail-sent = Email di conferma inviata
doc-kind-mail-bounced = Email di conferma non consegnata
doc-kind-confirmed = Consenso confermato
doc-kind-withdrawn = Consenso revocato
doc-kind-refused = Consenso negato
doc-kind-expired = Consenso scaduto
doc-kind-lapsed = Richiesta terminata, non confermata in tempo
doc-kind-reported = Richiesta segnalata come fatta da altri
doc-kind-paused = Pausa iniziata
doc-kind-resumed = Pausa terminata
doc-kind-language = Lingua modificata
doc-kind-erased = Dati della persona cancellati

# A che punto è un consenso
doc-state-unknown = nessun consenso
doc-state-pending = in attesa di conferma
doc-state-confirmed = confermato
doc-state-withdrawn = revocato
doc-state-refused = negato
doc-state-expired = scaduto

# Ricevuta
doc-receipt-title = Ricevuta { $number }
doc-receipt-foot = Ricevuta { $number } · { $name }
doc-receipt-lead-confirmed = Ha accettato di ricevere quanto segue. Conservi questa ricevuta: prova che cosa ha accettato, con quali parole e quando.
doc-receipt-lead-withdrawn = Ha annullato quanto segue. Conservi questa ricevuta: prova che lo ha fatto, e quando.
doc-receipt-lead-refused = Ha detto di no a quanto segue. Non le viene inviato. Conservi questa ricevuta se vuole poterlo dimostrare.
doc-receipt-lead-requested = Qualcuno, probabilmente lei, ha chiesto quanto segue. Viene inviato solo dopo la conferma dalla sua casella di posta.
doc-receipt-lead-other = Questa ricevuta è sua. Prova che cosa è successo, e quando.
doc-receipt-what = Di che cosa si tratta
doc-receipt-words = Il testo della pagina
doc-receipt-words-lead = Parola per parola come le è stato mostrato, con il pulsante premuto:
doc-receipt-steps = Come è avvenuto
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Informativa sulla privacy
doc-receipt-log = La sua posizione nel registro pubblico
doc-receipt-log-lead = Un’impronta di questa registrazione sta in un registro pubblico che può solo crescere. Nessuno può modificarla o toglierla senza che si veda, nemmeno chi gestisce questo servizio. Il registro non dice nulla di lei.
doc-receipt-log-waiting = Quando questo file è stato creato, la registrazione aspettava ancora la sua posizione nel registro pubblico. Servono pochi secondi. Scarichi di nuovo la ricevuta per averla.
doc-receipt-check = Come verificarla senza di noi
doc-receipt-check-file = Salvi il file { $file }, allegato a questo PDF. Contiene la registrazione e la sua prova.
doc-receipt-check-command = Sul suo computer, senza rete: ayeaye verify { $file }
doc-receipt-check-page = Oppure apra { $url } e scelga il file. Viene verificato nel suo browser e non viene inviato da nessuna parte.
doc-receipt-check-key = Confronti la chiave del registro con quella ricevuta per un’altra via: { $key }
doc-receipt-leave = Se cambia idea
doc-receipt-leave-text = Usi il link in fondo a qualsiasi email, oppure chieda il suo link su { $url }. Un pulsante, nessuna password. Ha effetto da subito.
doc-receipt-join = Se lo vuole di nuovo
doc-receipt-join-text = Si iscriva ancora una volta, oppure chieda il suo link su { $url }. Non viene inviato nulla finché non conferma.
doc-receipt-rights = I suoi diritti
doc-receipt-rights-text = Può vedere i suoi dati, correggerli, portarli altrove, farli bloccare o cancellare. Scriva a { $contact }. Può anche presentare un reclamo a un’autorità: { $authority }.

# Ricevuta come dati
doc-data-until-withdrawn = finché il consenso non viene revocato o i dati non vengono cancellati
doc-data-until-changed = finché la persona non decide altrimenti
doc-data-no-country = Il titolare non ha indicato il suo paese a questo servizio.
doc-data-no-storage = Il titolare non ha indicato a questo servizio dove sono conservati i dati.
doc-data-no-transfer = Il titolare non ha indicato nulla a questo servizio su trasferimenti verso altri paesi.
doc-data-no-notice = La registrazione non cita nessuna informativa sulla privacy.

# Fascicolo
doc-dossier-title = Prove di consenso
doc-dossier-foot = Prove di consenso · { $name } · { $date }
doc-dossier-asked-by = Su richiesta di
doc-dossier-subject = Oggetto
doc-dossier-period = Periodo
doc-dossier-period-all = tutto ciò che è noto
doc-dossier-period-from = dal giorno { $from }
doc-dossier-period-to = fino al giorno { $to }
doc-dossier-period-between = dal giorno { $from } al giorno { $to }
doc-dossier-made = Creato
doc-dossier-people = Persone
doc-dossier-records = Registrazioni
doc-dossier-records-erased = { $n }, di cui { $erased } cancellate
doc-dossier-lead = Questo fascicolo contiene ogni passo con cui una persona ha dato, negato o revocato il consenso: chi, quando, come, e il testo della pagina, parola per parola. Gli orari sono in UTC.
doc-dossier-lead-proof = L’impronta di ogni registrazione sta in un registro pubblico che può solo crescere. Perciò nessuno può modificare in seguito una registrazione senza che si veda, e nessuno deve fidarsi di questo documento: l’ultimo capitolo dice come verificarlo.
doc-dossier-without-erased = Le persone cancellate non vi compaiono: nulla dice più che cosa avevano accettato.
doc-dossier-index = A che punto è ciascuno
doc-dossier-none = Nessuna registrazione corrisponde alla richiesta.
doc-dossier-since = { $name }: { $state }, dal giorno { $date }
doc-dossier-nothing = nulla di accettato, negato o revocato
doc-dossier-nobody = Persona cancellata
doc-dossier-of-person = una persona, { $id }
doc-dossier-of-purpose = tutte le persone a cui è stato chiesto «{ $name }» ({ $slug })
doc-dossier-gone = cancellato: di ciò che dicevano queste registrazioni non resta nulla
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Persona
doc-dossier-file = File
doc-dossier-reasons = Motivi
doc-dossier-shown = Nella pagina, parola per parola:
doc-dossier-erased = Ciò che diceva questa registrazione è stato cancellato, e con esso il numero segreto che permetterebbe di mettere alla prova un’ipotesi. La sua voce resta nel registro e mostra che una registrazione c’è stata, non che cosa diceva.
doc-dossier-waiting = Quando questo fascicolo è stato creato, questa registrazione aspettava ancora la sua posizione nel registro.
doc-dossier-check = Come verificare questo fascicolo
doc-dossier-check-lead = Non serve nessuno dei nostri servizi. Questo documento è in un file ZIP con le registrazioni e le loro prove.
doc-dossier-keys = Chiavi
doc-dossier-key-log = Registro
doc-dossier-key-witness = Testimone
doc-dossier-threshold = Testimoni necessari
doc-dossier-checkpoint = Stato firmato
doc-dossier-checkpoint-of = { $size } voci, file { $file }

# Come verificare un fascicolo
doc-verify-title = Come verificare questo fascicolo
doc-verify-files = Che cosa c’è nel file ZIP
doc-verify-file-pdf = dossier.pdf: gli stessi fatti, da leggere
doc-verify-file-proofs = proofs/: un file per ogni registrazione, con il suo numero segreto («salt») e la sua prova
doc-verify-file-keys = keys.txt: le chiavi pubbliche del registro e dei suoi testimoni
doc-verify-file-checkpoints = checkpoints/: stati del registro, come li ha firmati
doc-verify-command = Con il programma
doc-verify-command-text = Su qualsiasi computer, senza rete e senza account:
doc-verify-step-command = Con il programma ayeaye, senza rete: ayeaye verify dossier.zip
doc-verify-step-record = L’impegno. Per ogni file in proofs/, l’HMAC-SHA256 della registrazione in JSON canonico (RFC 8785), con i byte del «salt» come chiave, dà la «c» della voce.
doc-verify-step-leaf = La posizione. Lo SHA-256 di un byte zero e della voce è la foglia. Con gli hash della prova porta alla radice dello stato firmato (RFC 6962, sezione 2.1.1).
doc-verify-step-signature = La firma. Le tre righe dello stato firmato portano la firma della chiave del registro (Ed25519; formati c2sp.org/signed-note e c2sp.org/tlog-checkpoint).
doc-verify-step-key = La chiave. La confronti con quella che pubblica il registro, o con quella che hanno ricevuto altre persone: { $url }
doc-verify-step-now = Il registro oggi. Ogni stato successivo del registro deve contenere questo. È aperto a tutti: { $url }
doc-verify-hand = A mano
doc-verify-key = { $name }: { $key }
doc-verify-script = Questo programma verifica gli impegni e le posizioni, senza la firma. Ha bisogno di Python 3 e di nient’altro. Lo salvi come check.py accanto alla cartella proofs ed esegua: python3 check.py

## Age and guardian
doc-kind-agreed = Primo di due consensi
doc-kind-guardian-asked = Domanda inviata per email a chi esercita la responsabilità genitoriale
doc-kind-guardian-unreached = Email a chi esercita la responsabilità genitoriale non consegnata
doc-how-guardian = con la risposta di chi esercita la responsabilità genitoriale
## The browser that signed up
doc-how-same-browser = con il link dell’email di conferma, aperto nel browser dell’iscrizione
doc-reason-same-browser = il link è stato aperto nel browser dell’iscrizione, l’unico ad avere il cookie

## What a system of the organisation's did
doc-kind-restricted = Dati congelati su richiesta della persona
doc-kind-unrestricted = Fine del congelamento
doc-kind-suppressed = Indirizzo contrassegnato per non ricevere email
doc-kind-unsuppressed = Contrassegno tolto
doc-kind-cancelled = Richiesta ritirata dall’organizzazione
