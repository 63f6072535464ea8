# Reçus et dossiers.

# Tous les documents
doc-page = Page { $n } sur { $of }
doc-replaced = Les caractères que ce document ne sait pas dessiner sont remplacés par leur numéro, comme [U+1F600]. Les fichiers qui l’accompagnent les contiennent tels quels.
doc-file-description = L’enregistrement et sa preuve, à vérifier avec un programme
doc-authority-fr = la CNIL
doc-authority-other = l’autorité de protection des données du pays où vous vivez ou travaillez

# Noms des faits
doc-number = Reçu
doc-when = Date
doc-address = Adresse e-mail
doc-controller = Responsable
doc-contact = Contact
doc-how = Comment
doc-page-origin = Site
doc-form = Formulaire
doc-form-version = { $name }, version { $n }
doc-network = Réseau
doc-network-hash = Réseau, empreinte à clé
doc-browser = Navigateur
doc-fetch = Indiqué par le navigateur
doc-language = Langue
doc-state = État
doc-state-change = { $before } → { $after }
doc-wording = Texte
doc-wording-version = Version { $n } ({ $locale })
doc-sha256 = SHA-256
doc-version = Version
doc-read-at = Où la lire
doc-message-id = Message-ID
doc-mail-answer = Réponse du serveur de messagerie
doc-mail-queued = Rédigé
doc-mail-attempts = Tentatives
doc-request = Demande
doc-requested-at = Demandé
doc-record = Enregistrement
doc-grade = Appréciation
doc-grade-person = une personne
doc-grade-likely-automated = probablement un programme
doc-reason-code-typed = le code a été saisi là où l’inscription a été faite
doc-reason-user-activated = le navigateur indique un clic, un appui ou une touche
doc-reason-took-time = la page est restée ouverte le temps qu’il faut à une personne
doc-reason-pressed-at-once = le bouton a été actionné aussitôt
doc-reason-page-not-opened = la page du bouton n’avait pas été ouverte
doc-reason-no-activation = le navigateur n’indique aucun clic
doc-reason-no-fetch-metadata = le navigateur ne dit rien de la façon dont la page a été demandée
doc-reason-not-navigated = la page n’a pas été demandée comme une page
doc-reason-cross-site = la demande venait d’un autre site
doc-reason-prefetch = la page a été chargée par avance
doc-reason-head = seul l’en-tête de la page a été demandé
doc-reason-known-scanner = un programme connu pour contrôler les liens des e-mails
doc-reason-library = un programme, pas un navigateur
doc-reason-no-user-agent = il n’a pas dit ce qu’il est
doc-reason-opened-at-once = ouverte moins de deux secondes après l’envoi de l’e-mail
doc-reason-several-links = plusieurs liens d’un même e-mail ouverts en quelques secondes
doc-openings = Ouvertures du lien
doc-opened-at = Page ouverte
doc-openings-count = { $n } fois, dont { $automated } par des programmes
doc-openings-program = { $what } (un programme : { $why })
doc-log = Journal
doc-log-entry = Entrée
doc-log-entry-of = numéro { $index }, dans un journal de { $size } entrées
doc-log-commitment = Engagement
doc-log-root = Racine du journal
doc-log-signed = Signé par le journal

# Par quel moyen
doc-how-form = par le formulaire d’inscription
doc-how-link = par le lien de l’e-mail de confirmation
doc-how-code = par le code à 6 chiffres de l’e-mail de confirmation
doc-how-preferences = sur la page des choix
doc-how-unsubscribe = par le lien de désinscription d’un e-mail
doc-how-one-click = par le bouton de désinscription de la messagerie
doc-how-undo = par l’annulation du changement précédent
doc-how-not-me = par le lien « Ce n’était pas moi »
doc-how-time = de lui-même, le délai étant écoulé
doc-how-mail = par e-mail
doc-how-api = par un système du responsable
doc-how-command = par un opérateur de ce service

# Ce qui s’est passé
doc-kind-requested = Inscription demandée
doc-kind-mail-sent = E-mail de confirmation envoyé
doc-kind-mail-bounced = E-mail de confirmation non remis
doc-kind-confirmed = Consentement confirmé
doc-kind-withdrawn = Consentement retiré
doc-kind-refused = Consentement refusé
doc-kind-expired = Consentement expiré
doc-kind-lapsed = Demande close, faute de confirmation à temps
doc-kind-reported = Demande signalée comme venant d’un tiers
doc-kind-paused = Pause commencée
doc-kind-resumed = Pause terminée
doc-kind-language = Langue modifiée
doc-kind-erased = Personne effacée

# Où en est un consentement
doc-state-unknown = aucun accord
doc-state-pending = en attente de confirmation
doc-state-confirmed = confirmé
doc-state-withdrawn = retiré
doc-state-refused = refusé
doc-state-expired = expiré

# Reçu
doc-receipt-title = Reçu { $number }
doc-receipt-foot = Reçu { $number } · { $name }
doc-receipt-lead-confirmed = Vous avez accepté de recevoir ce qui suit. Conservez ce reçu : il prouve ce que vous avez accepté, en quels termes et quand.
doc-receipt-lead-withdrawn = Vous avez mis fin à ce qui suit. Conservez ce reçu : il prouve que vous l’avez fait, et quand.
doc-receipt-lead-refused = Vous avez dit non à ce qui suit. Rien de cela ne vous est envoyé. Conservez ce reçu si vous voulez pouvoir le prouver.
doc-receipt-lead-requested = Quelqu’un, sans doute vous, a demandé ce qui suit. Rien n’est envoyé tant que la demande n’est pas confirmée depuis votre messagerie.
doc-receipt-lead-other = Ce reçu est à vous. Il prouve ce qui s’est passé, et quand.
doc-receipt-what = De quoi il s’agit
doc-receipt-words = Le texte de la page
doc-receipt-words-lead = Mot pour mot, tel qu’il vous a été montré, avec le bouton choisi :
doc-receipt-steps = Comment cela s’est passé
doc-receipt-step = { $n }. { $what }
doc-receipt-notice = Politique de confidentialité
doc-receipt-log = Sa place dans le journal public
doc-receipt-log-lead = L’empreinte de cet enregistrement figure dans un journal public qui ne peut que s’allonger. Personne ne peut la modifier ni la retirer sans que cela se voie, pas même ceux qui gèrent ce service. Le journal ne dit rien de vous.
doc-receipt-log-waiting = Quand ce fichier a été créé, l’enregistrement attendait encore sa place dans le journal public. Cela prend quelques secondes. Téléchargez à nouveau le reçu pour l’obtenir.
doc-receipt-check = Comment le vérifier sans nous
doc-receipt-check-file = Enregistrez le fichier { $file }, joint à ce PDF. Il contient l’enregistrement et sa preuve.
doc-receipt-check-command = Sur votre ordinateur, sans réseau : ayeaye verify { $file }
doc-receipt-check-page = Ou ouvrez { $url } et choisissez le fichier. Il est vérifié dans votre navigateur et n’est envoyé nulle part.
doc-receipt-check-key = Comparez la clé du journal à celle qui vous a été donnée ailleurs : { $key }
doc-receipt-leave = Si vous changez d’avis
doc-receipt-leave-text = Utilisez le lien en bas de chaque e-mail, ou demandez votre lien sur { $url }. Un seul bouton, sans mot de passe. L’effet est immédiat.
doc-receipt-join = Si vous le souhaitez à nouveau
doc-receipt-join-text = Inscrivez-vous encore une fois, ou demandez votre lien sur { $url }. Rien n’est envoyé avant votre confirmation.
doc-receipt-rights = Vos droits
doc-receipt-rights-text = Vous pouvez consulter vos données, les corriger, les emporter ailleurs, les faire geler ou effacer. Écrivez à { $contact }. Vous pouvez aussi adresser une réclamation à { $authority }.

# Reçu lisible par un programme
doc-data-until-withdrawn = jusqu’au retrait du consentement ou à l’effacement des données
doc-data-until-changed = jusqu’à ce que la personne en décide autrement
doc-data-no-country = Le responsable n’a pas indiqué son pays à ce service.
doc-data-no-storage = Le responsable n’a pas indiqué à ce service où les données sont conservées.
doc-data-no-transfer = Le responsable n’a rien indiqué à ce service sur des transferts vers d’autres pays.
doc-data-no-notice = L’enregistrement ne cite aucune politique de confidentialité.

# Dossier
doc-dossier-title = Preuves de consentement
doc-dossier-foot = Preuves de consentement · { $name } · { $date }
doc-dossier-asked-by = À la demande de
doc-dossier-subject = Objet
doc-dossier-period = Période
doc-dossier-period-all = tout ce qui est connu
doc-dossier-period-from = à partir du { $from }
doc-dossier-period-to = jusqu’au { $to }
doc-dossier-period-between = du { $from } au { $to }
doc-dossier-made = Établi
doc-dossier-people = Personnes
doc-dossier-records = Enregistrements
doc-dossier-records-erased = { $n }, dont { $erased } effacés
doc-dossier-lead = Ce dossier contient chaque étape par laquelle une personne a donné, refusé ou retiré son consentement : qui, quand, comment, et le texte de la page, mot pour mot. Les heures sont en UTC.
doc-dossier-lead-proof = L’empreinte de chaque enregistrement figure dans un journal public qui ne peut que s’allonger. Nul ne peut donc modifier un enregistrement après coup sans que cela se voie, et nul n’a besoin de croire ce document : son dernier chapitre dit comment le vérifier.
doc-dossier-without-erased = Les personnes effacées n’y figurent pas : plus rien ne dit ce qu’elles avaient accepté.
doc-dossier-index = Où en est chacun
doc-dossier-none = Aucun enregistrement ne correspond à la demande.
doc-dossier-since = { $name } : { $state }, depuis le { $date }
doc-dossier-nothing = rien d’accepté, de refusé ni de retiré
doc-dossier-nobody = Personne effacée
doc-dossier-of-person = une personne, { $id }
doc-dossier-of-purpose = toutes les personnes sollicitées pour « { $name } » ({ $slug })
doc-dossier-gone = effacé : il ne reste rien du contenu de ces enregistrements
doc-dossier-person = { $n }. { $name }
doc-dossier-step = { $n } { $what }
doc-dossier-contact = Personne
doc-dossier-file = Fichier
doc-dossier-reasons = Motifs
doc-dossier-shown = Sur la page, mot pour mot :
doc-dossier-erased = Le contenu de cet enregistrement a été effacé, et avec lui le nombre secret qui aurait permis de mettre une hypothèse à l’épreuve. Son entrée reste dans le journal : elle montre qu’un enregistrement a existé, pas ce qu’il disait.
doc-dossier-waiting = Quand ce dossier a été établi, cet enregistrement attendait encore sa place dans le journal.
doc-dossier-check = Comment vérifier ce dossier
doc-dossier-check-lead = Aucun de nos services n’est nécessaire. Ce document est livré dans un fichier ZIP avec les enregistrements et leurs preuves.
doc-dossier-keys = Clés
doc-dossier-key-log = Journal
doc-dossier-key-witness = Témoin
doc-dossier-threshold = Témoins requis
doc-dossier-checkpoint = État signé
doc-dossier-checkpoint-of = { $size } entrées, fichier { $file }

# Vérifier un dossier
doc-verify-title = Comment vérifier ce dossier
doc-verify-files = Contenu du fichier ZIP
doc-verify-file-pdf = dossier.pdf : les mêmes faits, à lire
doc-verify-file-proofs = proofs/ : un fichier par enregistrement, avec son nombre secret (« salt ») et sa preuve
doc-verify-file-keys = keys.txt : les clés publiques du journal et de ses témoins
doc-verify-file-checkpoints = checkpoints/ : des états du journal, tels qu’il les a signés
doc-verify-command = Avec le programme
doc-verify-command-text = Sur n’importe quel ordinateur, sans réseau ni compte :
doc-verify-step-command = Avec le programme ayeaye, sans réseau : ayeaye verify dossier.zip
doc-verify-step-record = L’engagement. Pour chaque fichier de proofs/, le HMAC-SHA256 de l’enregistrement en JSON canonique (RFC 8785), avec les octets du « salt » pour clé, donne le « c » de l’entrée.
doc-verify-step-leaf = La place. Le SHA-256 d’un octet nul suivi de l’entrée est la feuille. Avec les empreintes de la preuve, elle mène à la racine de l’état signé (RFC 6962, section 2.1.1).
doc-verify-step-signature = La signature. Les trois lignes de l’état signé portent la signature de la clé du journal (Ed25519 ; formats c2sp.org/signed-note et c2sp.org/tlog-checkpoint).
doc-verify-step-key = La clé. Comparez-la à celle que publie le journal, ou à celle que d’autres ont reçue : { $url }
doc-verify-step-now = Le journal aujourd’hui. Tout état ultérieur du journal doit contenir celui-ci. Il est ouvert à tous : { $url }
doc-verify-hand = À la main
doc-verify-key = { $name } : { $key }
doc-verify-script = Ce programme vérifie les engagements et les places, sans la signature. Il lui faut Python 3 et rien d’autre. Enregistrez-le sous le nom check.py à côté du dossier proofs, puis lancez : python3 check.py

## Age and guardian
doc-kind-agreed = Premier de deux accords
doc-kind-guardian-asked = Question envoyée au responsable légal
doc-kind-guardian-unreached = E-mail au responsable légal non remis
doc-how-guardian = par la réponse d’un parent ou responsable légal
## The browser that signed up
doc-how-same-browser = par le lien de l’e-mail de confirmation, ouvert dans le navigateur de l’inscription
doc-reason-same-browser = le lien a été ouvert dans le navigateur de l’inscription, seul à avoir le cookie

## What a system of the organisation's did
doc-kind-restricted = Données gelées à la demande de la personne
doc-kind-unrestricted = Fin du gel
doc-kind-suppressed = Adresse marquée comme ne devant plus recevoir d’e-mails
doc-kind-unsuppressed = Marque levée
doc-kind-cancelled = Demande retirée par l’organisme
