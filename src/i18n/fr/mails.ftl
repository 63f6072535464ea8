# Mails.

# Tous les messages
mail-raw-url = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :
mail-asked = Demande faite sur { $place }, le { $when }.
mail-sent-by = { $host } a envoyé cet e-mail pour { $brand }.
mail-contact = Contact : { $contact }
mail-notice = Politique de confidentialité

# Confirmer
mail-confirm-subject = { $brand } : confirmez votre inscription
mail-confirm-title = Voulez-vous ces e-mails ?
mail-confirm-who = { $brand } a reçu une demande d’envoi d’e-mails à { $address }. Rien d’autre n’est envoyé tant que vous n’avez pas dit oui.
mail-confirm-what = Si vous dites oui, vous recevrez :
mail-confirm-yes = Oui, envoyez-moi ces e-mails
mail-confirm-code = Ou saisissez ce code sur la page d’inscription :
mail-confirm-expires = Le lien et le code sont valables jusqu’au { $when }.
mail-confirm-leave = Si vous dites oui, vous pourrez toujours vous désinscrire, à tout moment et en un clic.
mail-confirm-ignore = Si ce n’était pas vous, ne faites rien : plus rien ne vous sera envoyé et la demande sera effacée.
mail-confirm-not-me = Ce n’était pas moi
mail-confirm-not-me-means = (pour bloquer toute nouvelle demande à cette adresse)

# Inscription déjà active
mail-already-subject = { $brand } : votre inscription est déjà active
mail-already-title = Votre inscription est déjà active
mail-already-who = { $brand } a reçu une nouvelle demande d’envoi d’e-mails à { $address }. Vous les recevez déjà : rien ne change.
mail-already-what = Ce que vous recevez :
mail-already-since = depuis le { $date }
mail-already-link = Voir ou modifier mes choix
mail-already-ignore = Si ce n’était pas vous, ne faites rien.

# Votre lien
mail-link-subject = Votre lien vers vos choix chez { $brand }
mail-link-title = Voici votre lien
mail-link-who = Vous avez demandé un lien vers vos choix chez { $brand }, pour { $address }.
mail-link-opens = Il ouvre la page où vous voyez ce que vous recevez et depuis quand. Vous pouvez y modifier vos choix, vous désinscrire et exercer vos droits sur vos données.
mail-link-button = Ouvrir mes choix
mail-link-expires =
    { $minutes ->
        [one] Le lien est valable { $minutes } minute, jusqu’au { $when }.
       *[other] Le lien est valable { $minutes } minutes, jusqu’au { $when }.
    }
mail-link-keep = Ne transférez pas cet e-mail : toute personne qui l’a peut utiliser le lien.
mail-link-ignore = Si vous n’avez rien demandé, ne faites rien : sans cet e-mail, personne ne peut utiliser le lien.

# Votre code
mail-code-subject = Votre code pour { $brand }
mail-code-title = Votre code
mail-code-allows-preferences = Saisissez-le sur la page restée ouverte pour voir et modifier vos choix chez { $brand } (adresse { $address }).
mail-code-allows-export = Saisissez-le sur la page restée ouverte pour télécharger les données que { $brand } conserve sur { $address }.
mail-code-allows-erasure = Saisissez-le sur la page restée ouverte pour effacer les données que { $brand } conserve sur { $address }. L’effacement est définitif.
mail-code-expires =
    { $minutes ->
        [one] Le code est valable { $minutes } minute, jusqu’au { $when }.
       *[other] Le code est valable { $minutes } minutes, jusqu’au { $when }.
    }
mail-code-ignore = Si vous n’avez rien demandé, ne faites rien et ne donnez ce code à personne. { $brand } ne le demande jamais par téléphone ni par e-mail.

# Reçu
mail-receipt-subject = { $brand } : votre reçu { $number }
mail-receipt-title = Votre reçu
mail-receipt-agreed = Le { $when }, vous avez accepté de recevoir des e-mails envoyés par { $brand } à { $address } :
mail-receipt-stopped = Le { $when }, vous avez mis fin à des e-mails envoyés par { $brand } à { $address } :
mail-receipt-refused = Le { $when }, vous avez dit non à des e-mails envoyés par { $brand } à { $address } :
mail-receipt-change = { $name } : { $state }
mail-receipt-yes = oui
mail-receipt-stop = arrêté
mail-receipt-no = non
mail-receipt-number = Numéro du reçu : { $number }
mail-receipt-files = En pièces jointes : { $paper } (à lire) et { $proof } (la preuve)
mail-receipt-keep = Conservez cet e-mail : il prouve ce que vous avez choisi, et quand.
mail-receipt-check = Pour vérifier la preuve, choisissez le fichier { $proof } sur cette page. Il est vérifié dans votre navigateur et n’est envoyé nulle part :
mail-receipt-ask = Si vous changez d’avis, ou si ce n’était pas vous, demandez ici un lien vers vos choix :

## Guardian
mail-guardian-subject = Une inscription chez { $brand } attend votre réponse
mail-guardian-title = Êtes-vous d’accord pour ces e-mails ?
mail-guardian-who = Une personne de moins de { $age } ans a demandé à { $brand } d’envoyer des e-mails à { $address }. Elle a indiqué votre adresse comme celle d’un parent ou d’un responsable légal.
mail-guardian-both = À cet âge, il faut deux accords : celui de l’enfant et celui d’un parent ou responsable légal. Rien d’autre n’est envoyé tant que les deux n’ont pas dit oui.
mail-guardian-what = Si vous dites oui tous les deux, l’enfant recevra :
mail-guardian-yes = Oui, je suis d’accord pour ces e-mails
mail-guardian-expires = Le lien est valable jusqu’au { $when }. Sa page permet aussi de dire non.
mail-guardian-leave = Si vous dites oui, l’envoi pourra toujours être arrêté, à tout moment et en un clic.
mail-guardian-ignore = Si vous n’êtes pas d’accord, ou si vous ne savez pas de qui il s’agit, vous pouvez aussi ne rien faire : aucun e-mail ne sera envoyé et la demande sera effacée.
mail-guardian-kept = Votre adresse sert à cette seule question. Elle est effacée dès que la question est réglée.
mail-guardian-not-me-means = (pour bloquer toute nouvelle demande concernant votre adresse)
## alert
mail-alert-subject-began = Le formulaire { $form } subit peut-être une attaque
mail-alert-subject-ended = Le formulaire { $form } est de nouveau calme
mail-alert-began = Depuis le { $when }, le formulaire { $form } reçoit bien plus d’inscriptions que d’habitude, ou presque aucune n’est confirmée. Il sert peut-être à envoyer des e-mails non voulus.
mail-alert-began-now = Le formulaire demande désormais un court calcul aux navigateurs avant de prendre une inscription. Les visiteurs voient tout au plus un bouton de plus. Quoi qu’il arrive, personne ne reçoit plus de quelques e-mails de confirmation.
mail-alert-began-do = Vous n’avez rien à faire. Le formulaire reviendra de lui-même à la normale, et nous vous écrirons alors.
mail-alert-ended = Le formulaire { $form } est calme depuis une demi-heure. Il prend de nouveau les inscriptions comme avant.
mail-alert-ended-do = Vous n’avez rien à faire.

## Webhook endpoints

mail-endpoint-subject-failing = Votre point de réception des webhooks sur { $host } ne répond pas
mail-endpoint-subject-disabled = Votre point de réception des webhooks sur { $host } est désactivé
mail-endpoint-failing = Depuis le { $when }, votre point de réception des webhooks sur { $host } n’a accepté aucun de nos messages. Chaque message est tenté de nouveau, pendant trois jours au plus.
mail-endpoint-failing-do = Faites-le vérifier. S’il n’accepte toujours rien le { $when }, nous le désactiverons et nous vous écrirons.
mail-endpoint-gone = Votre point de réception des webhooks sur { $host } a répondu qu’il n’existe plus (410). Nous l’avons désactivé.
mail-endpoint-failed = Votre point de réception des webhooks sur { $host } est désactivé : tous les envois ont échoué pendant 5 jours.
mail-endpoint-disabled-do = Il ne reçoit plus rien. Quand il marchera de nouveau, réactivez-le avec { $enable } et faites renvoyer ce qu’il a manqué avec { $replay }.
mail-endpoint-id = Son identifiant est { $id }.
