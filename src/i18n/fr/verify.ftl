# Vérifier une preuve : la page et la commande
verify-title = Vérifier une preuve
verify-lead = Choisissez un reçu, une preuve ou un dossier. Vous voyez ce qu’il prouve, et si quelque chose y a été modifié.
verify-here = Votre navigateur vérifie lui-même le fichier. Il n’est envoyé nulle part.
verify-sent = Aucun script ne fonctionne dans ce navigateur : le fichier est donc envoyé à ce serveur pour être vérifié. Il n’est pas conservé. Taille maximale : 1 Mio.
verify-file = Fichier à vérifier
verify-file-hint = Un reçu (.jsonld ou .json), une preuve (.json) ou un dossier (.zip).
verify-file-missing = Choisissez le fichier à vérifier.
verify-drop = Vous pouvez aussi le déposer n’importe où sur cette page.
verify-go = Vérifier ce fichier
verify-busy = Le fichier est en cours de vérification.
verify-elsewhere = Comment vérifier sans nous
verify-elsewhere-text = La commande ci-dessous fait la même chose sur n’importe quel ordinateur, sans réseau et sans ce serveur. Les formats sont publics : chacun peut écrire un autre programme.

# L’ensemble
verify-holds = La preuve est valable
verify-holds-text = Ce que vous lisez ci-dessous est ce que contient le journal. Rien n’y a été modifié.
verify-fails = La preuve n’est pas valable
verify-fails-text = Une partie du fichier a été modifiée, coupée ou ajoutée. L’étape en échec dit où.
verify-open = La vérification n’est pas complète
verify-open-text = Aucune erreur n’a été trouvée, mais une étape importante n’a pas pu être vérifiée. Elle dit pourquoi.
verify-more = { $n ->
    [one] Une autre preuve est valable et n’est pas affichée.
   *[other] { $n } autres preuves sont valables et ne sont pas affichées.
  }

# Ce que dit un enregistrement
verify-label-when = Date
verify-label-who = Personne
verify-label-organisation = Organisation
verify-label-about = Objet
verify-label-receipt = Reçu
verify-shown = Le texte tel qu’il a été affiché
verify-steps = Chaque étape
verify-unnamed = Un fait
verify-kind-signup-requested = Inscription demandée
verify-kind-signup-mail-sent = E-mail de confirmation envoyé
verify-kind-signup-mail-bounced = E-mail de confirmation non remis
verify-kind-signup-expired = Demande non confirmée à temps
verify-kind-signup-reported = Demande signalée comme venant d’un tiers
verify-kind-consent-confirmed = Consentement donné et confirmé
verify-kind-consent-withdrawn = Consentement retiré
verify-kind-consent-refused = Consentement refusé
verify-kind-consent-expired = Consentement expiré
verify-kind-pause-started = Pause commencée
verify-kind-pause-ended = Pause terminée
verify-kind-preference-changed = Préférence modifiée

# Étapes et résultats
verify-step-file = Le fichier est lisible
verify-step-record = L’enregistrement est lisible
verify-step-commitment = L’entrée du journal correspond à cet enregistrement
verify-step-leaf = Empreinte de l’entrée
verify-step-inclusion = L’entrée figure dans le journal
verify-step-checkpoint = Le journal a signé son état
verify-step-witnesses = Des témoins indépendants l’ont signé aussi
verify-step-timestamp = Horodatages
verify-verdict-ok = valable
verify-verdict-failed = non valable
verify-verdict-absent = rien à vérifier
verify-verdict-unchecked = non vérifié

# Ce que la vérification constate
verify-too-large = Le fichier dépasse { $mib } Mio.
verify-not-json = Le texte est illisible à partir de l’octet { $at } : il a été coupé, modifié, ou il est d’un autre type.
verify-foreign = Ce fichier n’est ni un reçu, ni une preuve, ni un dossier de ce type.
verify-no-proof = Il ne contient aucune preuve.
verify-not-zip = Le dossier ne peut pas être décompressé. Il devient illisible à l’octet { $at }.
verify-bomb = Une fois décompressé, le dossier dépasse la taille acceptée.
verify-earlier = Une étape précédente n’est pas valable.
verify-browser-cannot = Ce navigateur ne sait pas faire cette étape. La commande ci-dessous le peut.
verify-waiting = Le fait n’est pas encore dans le journal. Cela prend normalement deux secondes : téléchargez de nouveau le fichier.
verify-other-format = Cette preuve n’est pas écrite au format ayeaye-proof/1.
verify-no-record = La preuve ne contient pas d’enregistrement.
verify-not-canonical = L’enregistrement contient une valeur qui peut s’écrire de plusieurs façons.
verify-canonical = Sa forme canonique compte { $n } octets.
verify-bad-salt = Le sel n’est pas formé de 64 chiffres hexadécimaux.
verify-bad-entry = L’entrée du journal n’a pas la forme d’une entrée de preuve.
verify-other-record = L’entrée du journal vient d’un autre enregistrement ou d’un autre sel : l’un d’eux a été modifié.
verify-committed = L’enregistrement et le sel donnent exactement la valeur inscrite dans le journal.
verify-leaf = { $hash }
verify-bad-proof = Le chemin dans le journal est illisible à partir de l’octet { $at } de son texte.
verify-bad-checkpoint = L’état du journal est illisible à partir de l’octet { $at } du texte de la preuve.
verify-other-root = Le chemin depuis cette entrée ne mène pas à l’état que le journal a signé.
verify-included = L’entrée numéro { $index } sur { $size }, en comptant à partir de 0.
verify-bad-note = Les signatures sont illisibles à partir de l’octet { $at } du texte de la preuve.
verify-bad-key = La clé { $n } du journal, dans le fichier, n’est pas une clé.
verify-other-log = Aucune clé du journal { $origin } n’est connue.
verify-not-signed = La clé connue du journal n’a pas signé cet état.
verify-wrong-signature = Une signature du journal est fausse : l’état ou la signature a été modifié.
verify-signed = Signé par { $origin } avec la clé connue ici. Le journal dit avoir signé le { $at }.
verify-signed-untimed = Signé par { $origin } avec la clé connue ici. Il ne dit pas quand.
verify-signed-by-file = Signé par { $origin } avec la clé jointe au fichier : comparez-la avec celle que publie l’organisation. Le journal dit avoir signé le { $at }.
verify-signed-by-file-untimed = Signé par { $origin } avec la clé jointe au fichier : comparez-la avec celle que publie l’organisation. Il ne dit pas quand.
verify-bad-threshold = Le nombre de témoins nécessaires n’est pas un nombre.
verify-no-witness = Aucun témoin n’est nommé.
verify-bad-witness = La clé { $n } des témoins n’est pas une clé.
verify-wrong-witness = La signature du témoin { $name } est fausse.
verify-too-few-witnesses = Témoins connus qui ont signé : { $n }. Nécessaires : { $needed }.
verify-witnessed = Témoins connus qui ont signé : { $n }. Nécessaires : { $needed }.
verify-no-timestamp = Il n’y a pas d’horodatage.
verify-bad-timestamp = L’horodatage { $n } est illisible.
verify-other-timestamp = L’horodatage { $n } a été fait pour autre chose.
verify-wrong-timestamp = La signature ou le certificat de l’horodatage { $n } est faux.
verify-untrusted-timestamp = L’autorité de l’horodatage { $n } ne descend pas d’un certificat que vous avez donné.
verify-stamped = Cet état existait le { $at }. L’autorité descend d’un certificat que vous avez donné.
verify-stamped-uncompared = Cet état existait le { $at }, dit une autorité dont le certificat n’a pas été comparé à un certificat de confiance.
