# Dates
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Autour de chaque page
title-error = Erreur :
frame-skip = Aller au contenu
frame-languages = Langue
frame-responsible = Responsable de vos données : { $legal }
frame-contact = Écrire à { $address }
frame-notice = Vos données personnelles
frame-how = Comment fonctionne cette page

# La situation d’une personne pour un envoi
standing-never = Vous ne recevez pas ces e-mails.
standing-waiting = En attente de votre confirmation. Ouvrez l’e-mail que nous vous avons envoyé.
standing-receiving = Vous recevez ces e-mails depuis le { $date }.
standing-left = Vous avez arrêté ces e-mails le { $date }.
standing-refused = Vous avez dit non le { $date }.
standing-lapsed = Votre accord a pris fin le { $date }.
purpose-how-often = Fréquence : { $frequency }.
frequency-immediate = au fil de l’actualité
frequency-daily = chaque jour
frequency-weekly = une fois par semaine
frequency-monthly = une fois par mois
frequency-quarterly = quatre fois par an
frequency-occasional = de temps en temps

# Formulaires
form-errors = Il y a un problème
email-label = Adresse e-mail
email-missing = Saisissez votre adresse e-mail
email-malformed = Saisissez une adresse e-mail complète, par exemple nom@exemple.fr
email-too-long = Saisissez une adresse plus courte : 254 caractères au plus
email-not-ascii = Utilisez une adresse sans accent avant le @ : beaucoup de messageries ne peuvent pas la servir
email-several = Saisissez une seule adresse e-mail
email-domain = Vérifiez ce qui suit le @ : ce n’est pas le nom d’un service de messagerie
code-label = Code à 6 chiffres
code-hint = Il est dans l’e-mail. Vous pouvez le coller.
code-send = Continuer
code-malformed = Saisissez les 6 chiffres du code
code-wrong = { $n ->
    [0] Ce n’est pas le code envoyé. Trop d’essais ont été faits : demandez un nouveau code
    [one] Ce n’est pas le code envoyé. Il vous reste { $n } essai
   *[other] Ce n’est pas le code envoyé. Il vous reste { $n } essais
  }
code-expired = Ce code ne fonctionne plus. Demandez-en un nouveau
code-exhausted = Trop d’essais ont été faits avec ce code. Demandez-en un nouveau
receipt-title = Votre reçu
receipt-number = Reçu
receipt-when = Date
receipt-about = Objet
receipt-wording = Texte présenté
receipt-version = { $name }, version { $n } ({ $locale })
receipt-open = Ouvrir ce reçu
receipt-page-title = Reçu { $number }
receipt-address = Adresse e-mail
receipt-pdf = Télécharger en PDF
receipt-data = Télécharger la preuve
receipt-files = Le PDF se lit et s’imprime. La preuve est un fichier que chacun peut contrôler, même sans nous.
receipt-waiting = La preuve est en cours d’écriture. Elle est le plus souvent prête en quelques secondes : rechargez cette page, ou revenez plus tard.
receipt-shown = Le texte qui vous a été présenté
receipt-steps = Comment cela s’est passé
receipt-proof = Ce qui le prouve
receipt-place = C’est l’entrée { $n } d’un journal public de { $of } entrées. Personne, pas même nous, ne peut modifier une entrée après coup sans que cela se voie.
receipt-check = Toute personne qui a le fichier de preuve peut vérifier tout cela sans nous le demander.
receipt-check-go = Vérifier un fichier de preuve
number-lead = Voici ce qui est enregistré sous ce numéro.
number-organisation = Organisme
number-what = Ce qui s’est passé
number-erased = Les données de la personne sont effacées. Il ne reste que la date et la place dans le journal public.
number-log = Journal public
number-place = Entrée { $n }, signée
number-unsigned = En cours d’écriture. Rechargez cette page dans quelques secondes.
number-how = Le reçu complet
number-how-text = Seule la personne concernée voit le reçu complet. Il est sur sa page de préférences, dans l’historique. Le fichier de preuve qui l’accompagne peut être contrôlé par tous.
receipt-keep = Gardez ce numéro si vous voulez prouver votre choix plus tard. Vous pouvez imprimer cette page.
undo = Annuler
undo-until = Vous pouvez annuler jusqu’au { $until }.

# Inscription
sign-up-title = Recevoir les e‑mails envoyés par { $name }
sign-up-you-get = Vous recevrez :
sign-up-choose = Que souhaitez-vous recevoir ?
sign-up-email-why = Elle sert seulement à vous envoyer ce que vous demandez ici.
sign-up-optional = { $label } (facultatif)
sign-up-trap = Laissez ce champ vide
sign-up-notice = { $legal } utilise votre adresse pour vous envoyer ce que vous choisissez ici, avec votre accord, tant que vous ne l’arrêtez pas. Chaque e-mail contient un lien pour arrêter.
sign-up-notice-link = Comment vos données sont utilisées
sign-up-send = M’inscrire
sign-up-next = Nous vous enverrons un e-mail à confirmer. Rien d’autre tant que vous ne l’aurez pas fait.
sign-up-nothing-ticked = Choisissez au moins un type d’e-mail
sign-up-not-offered = Choisissez parmi les cases de ce formulaire
sign-up-field-missing = Remplissez : { $label }
sign-up-field-too-long = Raccourcissez à { $n } caractères au plus : { $label }
sign-up-again = Merci de renvoyer le formulaire
sign-up-text-changed = Le texte de ce formulaire a changé depuis que vous l’avez ouvert. Relisez-le et choisissez à nouveau. Rien n’a été enregistré.
sign-up-too-soon = Il est revenu plus tôt que d’habitude. Rien n’est encore enregistré. Appuyez encore une fois sur « M’inscrire ».
sign-up-stale = Ce formulaire était ouvert depuis trop longtemps. Vérifiez-le et renvoyez-le. Rien n’a été enregistré.

# Vérifiez vos e-mails
check-title = Vérifiez vos e-mails
check-sent = Nous envoyons un e-mail à l’adresse que vous avez donnée. Il devrait arriver dans la minute.
check-do = Ouvrez-le et appuyez sur « Oui, envoyez-moi ces e-mails », ou saisissez le code ici.
check-until = Le lien et le code fonctionnent jusqu’au { $until }.
check-missing = L’e-mail n’est pas arrivé ?
check-missing-wait = Attendez quelques minutes : certaines messageries retiennent un message avant de le laisser entrer.
check-missing-spam = Regardez dans les courriers indésirables. Cherchez { $sender }.
check-missing-typo = Il y a peut-être une faute de frappe dans l’adresse : revenez en arrière et saisissez-la à nouveau.
check-limit = Pour protéger chacun des envois non voulus, nous envoyons au plus un e-mail toutes les 10 minutes et trois par jour à une même adresse. Si elle est bloquée pour les nouvelles demandes, rien n’est envoyé.
check-again = Renvoyer l’e-mail
check-other = Utiliser une autre adresse
check-resent = Si la limite prévue pour cette adresse le permet, un nouvel e-mail est en route. Utilisez le plus récent.

# Confirmation
confirm-title = Confirmez ce que vous voulez recevoir
confirm-asked = Quelqu’un, sans doute vous, a inscrit { $address } le { $date }.
confirm-you-get = Si vous dites oui, vous recevrez :
confirm-choose = Vous avez demandé
confirm-untick = Décochez ce que vous ne voulez pas.
confirm-nothing-ticked = Laissez au moins une case cochée, ou appuyez sur « Non, supprimez ma demande »
confirm-not-asked = Choisissez parmi les cases de cette demande
confirm-yes = Oui, envoyez-moi ces e-mails
confirm-no = Non, supprimez ma demande
confirm-why = Pourquoi un clic de plus ? Des logiciels de sécurité ouvrent les liens des e-mails. Votre clic prouve que c’est bien vous.
confirm-until = Ce lien fonctionne jusqu’au { $until }. Si vous ne faites rien, la demande est supprimée et vous ne recevez rien.
confirmed-title = Votre inscription est confirmée
confirmed-now = Votre choix est enregistré.
confirmed-already = Vous avez confirmé le { $when }. Il n’y a plus rien à faire.
confirmed-you-get = Vous avez demandé :
confirmed-next-title = Et maintenant
confirmed-next = Vous recevrez le prochain e-mail quand il partira. Chacun contient un lien pour arrêter. Vous pouvez changer d’avis à tout moment.
confirmed-preferences = Voir et changer vos choix
deleted-title = Votre demande est supprimée
deleted-now = Vous ne recevrez pas les e-mails de cette demande.
deleted-next = Rien d’autre n’a changé. Si vous recevez d’autres e-mails de notre part, le lien présent dans chacun permet de les arrêter.
deleted-form = Revenir au formulaire

# Choix
preferences-title = Vos choix d’e-mails
preferences-address = Adresse : { $address }
preferences-tally = { $n ->
    [one] Vous recevez { $n } envoi sur { $of }.
   *[other] Vous recevez { $n } envois sur { $of }.
  }
preferences-choose = Les e-mails que vous pouvez recevoir
preferences-language = Langue des e-mails
preferences-save = Enregistrer mes choix
preferences-stop = Tout arrêter
preferences-effect = Ce que vous arrêtez s’arrête tout de suite. Un e-mail déjà parti peut encore arriver.
preferences-pause = Faire une pause
preferences-pause-what = Vous gardez vos choix et ne recevez rien pendant :
preferences-pause-2w = 2 semaines
preferences-pause-1m = 1 mois
preferences-pause-3m = 3 mois
preferences-paused = Vos e-mails sont en pause jusqu’au { $date }.
preferences-resume = Reprendre maintenant
preferences-more = Voir et changer davantage
preferences-more-why = Cette page a été ouverte par un lien qui a pu être transmis à quelqu’un d’autre. Votre adresse y est donc en partie cachée, et votre historique aussi. Pour les voir, ou pour recevoir de nouveaux e-mails sans autre confirmation, nous envoyons un code à votre adresse.
preferences-code = M’envoyer un code
preferences-code-again = M’envoyer un nouveau code
history-title = Votre historique
history-none = Il ne s’est encore rien passé.
history-when = Date
history-what = Ce qui s’est passé
history-asked = Vous avez demandé : { $names }.
history-mailed = Nous vous avons envoyé l’e-mail de confirmation.
history-bounced = L’e-mail de confirmation n’a pas pu être remis.
history-yes = Vous avez dit oui à : { $names }.
history-left = Vous avez arrêté : { $names }.
history-no = Vous avez dit non à : { $names }.
history-too-old = Votre accord a pris fin : { $names }.
history-again = Vous avez redit ce que vous aviez déjà dit.
history-lapsed = Votre demande n’a pas été confirmée à temps et a été supprimée.
history-not-me = Vous nous avez signalé qu’une demande n’était pas la vôtre.
history-paused = Vous avez fait une pause.
history-resumed = La pause a pris fin.
history-language = Vous avez changé la langue de vos e-mails.
history-by-form = Avec un formulaire d’inscription.
history-by-link = Avec le lien que nous vous avons envoyé.
history-by-code = Avec le code que nous vous avons envoyé.
history-by-preferences = Sur cette page.
history-by-unsubscribe = Avec le lien de désinscription d’un e-mail.
history-by-one-click = Avec le bouton de désinscription de votre messagerie.
history-by-undo = En annulant le changement précédent.
history-by-not-me = Avec le lien « ce n’était pas moi ».
history-by-time = Tout seul, au bout du délai.
recipients-title = Qui reçoit vos données
recipients-none = Personne d’autre que { $name } et le prestataire de cette page, qui suit ses instructions.
recipients-some = { $name }, le prestataire de cette page, qui suit ses instructions, et :
rights-title = Vos droits
rights-list = Vous pouvez voir vos données, les corriger, les emporter ailleurs, les faire effacer ou geler, et vous opposer à leur utilisation.
rights-write = Écrivez à
rights-deadline = Vous recevez une réponse dans un délai d’un mois, gratuitement.
saved-title = C’est enregistré
saved-nothing = Rien n’a changé.
saved-left = Vous ne recevrez plus : { $name }.
saved-joined = Vous recevrez désormais : { $name }.
saved-asked = En attente de votre confirmation : { $name }.
saved-held = Pas encore commencé, car nous ne pouvons pas envoyer l’e-mail de confirmation pour le moment : { $name }.
saved-language = Nous vous écrirons dans cette langue : { $name }.
saved-underway = C’est effectif dès maintenant. Un e-mail déjà parti peut encore arriver.
saved-confirm = Un e-mail de confirmation est en route. Vous ne recevez rien de nouveau avant d’avoir confirmé.
not-saved-title = Rien n’a changé
not-saved-offered = Les choix proposés ont changé. Regardez-les ci-dessous et enregistrez à nouveau.
not-saved-break = Choisissez l’une des pauses ci-dessous.
frozen-title = Vos données sont gelées
frozen-what = Vous l’avez demandé. Rien ne vous est envoyé et vos choix restent tels quels. Vous pouvez toujours tout arrêter. Pour y mettre fin, écrivez à l’adresse qui figure en bas de cette page.
stopped-title = Tous les e-mails sont arrêtés
stopped-now = Vous ne recevrez plus rien.
paused-title = Vos e-mails sont en pause
paused-now = Vous ne recevez rien jusqu’au { $date }. Ils reprendront ensuite tout seuls.
resumed-title = La pause est terminée
resumed-now = Vous recevez à nouveau ce qui est coché ci-dessous.
undone-title = C’est annulé
undone-now = Vos choix sont revenus à ce qu’ils étaient.
undo-late-title = Il est trop tard pour annuler
undo-late-next = Un changement peut être annulé pendant 15 minutes. Vous pouvez toujours modifier vos choix ci-dessous.
code-sent-title = Nous vous envoyons un code
code-sent-now = Il devrait arriver dans la minute. Saisissez-le sous « Voir et changer davantage ». Il fonctionne pendant 30 minutes.

# Recevoir mon lien
ask-title = Recevoir mon lien
ask-what = Nous vous envoyons un lien vers la page où vous voyez et changez ce que vous recevez.
ask-hint = L’adresse qui reçoit nos e-mails.
ask-send = Recevoir mon lien
ask-whose = De qui recevez-vous des e-mails ?
ask-nobody = Personne n’envoie encore d’e-mails avec ce service.
ask-sent-title = Vérifiez vos e-mails
ask-sent-what = Si nous connaissons cette adresse, le lien devrait arriver dans la minute.
ask-sent-unknown = Pour protéger la vie privée de chacun, cette page ne dit pas si une adresse est connue.

# Désinscription
unsubscribe-title = Se désinscrire de « { $name } » ?
unsubscribe-title-all = Arrêter tous les e‑mails envoyés par { $name } ?
unsubscribe-already = Vous avez arrêté ces e-mails le { $date }. Il n’y a plus rien à faire.
unsubscribe-now = Me désinscrire
unsubscribe-effect = C’est effectif tout de suite. Un e-mail déjà parti peut encore arriver.
unsubscribe-other = Ou bien
unsubscribe-pause = Faire une pause
unsubscribe-choose = Choisir ce que vous recevez
unsubscribed-title = Vous ne recevrez plus « { $name } »
unsubscribed-title-all = Tous les e‑mails envoyés par { $name } sont arrêtés
unsubscribed-now = C’est effectif dès maintenant. Aucun e-mail ne suivra à ce sujet.
unsubscribed-mistake = C’était une erreur ?
unsubscribed-still = Ce que vous recevez encore
unsubscribed-still-none = Plus rien de la part de cet expéditeur : { $name }.
reason-title = Une question, si vous voulez bien
reason-label = Pourquoi avez-vous arrêté ces e-mails ?
reason-none = Je préfère ne pas répondre
reason-too-many = Trop d’e-mails
reason-not-relevant = Les sujets ne m’intéressent pas
reason-never-asked = Je ne les ai jamais demandés
reason-other-address = J’utilise une autre adresse
reason-other = Une autre raison
reason-send = Envoyer ma réponse
reason-thanks = Merci. Votre réponse est enregistrée.

# Ce n’était pas moi
not-me-title = Ce n’était pas vous ?
not-me-what = Quelqu’un a saisi { $address } dans un formulaire d’inscription. Si ce n’était pas vous, un seul bouton suffit :
not-me-request = la demande est supprimée ;
not-me-block = les nouvelles demandes pour cette adresse sont ignorées : plus aucun e-mail de ce genre n’est envoyé ;
not-me-keep = ce que vous recevez déjà ne change pas.
not-me-send = Bloquer cette adresse
not-me-nothing = Si vous ne faites rien, la demande est supprimée toute seule après quelques jours, et vous ne recevez rien.
not-me-done-title = Cette adresse est bloquée
not-me-done = La demande pour { $address } est supprimée. Les formulaires d’inscription ne peuvent plus nous faire écrire à cette adresse.
not-me-later = Si vous voulez vous inscrire un jour, écrivez à l’adresse qui figure en bas de cette page.

# Vos données personnelles
notice-title = Vos données personnelles : { $name }
notice-version = Version { $version }, en vigueur depuis le { $date }
notice-who = Qui est responsable
notice-what-for = À quoi sert votre adresse
notice-basis = Ce qui le permet
notice-basis-text = Votre consentement, donné séparément pour chaque type d’e-mail (RGPD, article 6, paragraphe 1, point a). Vous êtes libre de dire non : rien d’autre n’en dépend.
notice-stop = Comment arrêter
notice-stop-text = Utilisez le lien en bas de n’importe quel e-mail, ou demandez un lien ici. C’est effectif tout de suite. Ce qui a été envoyé avant reste licite.
notice-data = Ce qui est conservé
notice-data-text = Votre adresse, votre langue et ce que vous saisissez dans le formulaire. Comme preuve de chaque choix : la date et l’heure, le texte présenté, la page, le nom de votre navigateur et une partie de votre adresse réseau.
notice-long = Combien de temps
notice-long-request = { $n ->
    [one] Une demande qui n’est pas confirmée : supprimée au bout d’un jour.
   *[other] Une demande qui n’est pas confirmée : supprimée au bout de { $n } jours.
  }
notice-long-consent = Votre adresse : tant que vous recevez quelque chose, ou jusqu’à ce que vous demandiez de l’effacer.
notice-long-lapse = { $n ->
    [one] Un oui à « { $name } » qui ne sert pas pendant { $n } jour ne compte plus.
   *[other] Un oui à « { $name } » qui ne sert pas pendant { $n } jours ne compte plus.
 }
notice-where = Où
notice-where-eu = Vos données sont conservées dans l’Union européenne.
notice-where-country = Vos données sont conservées dans ce pays : { $country }.
notice-long-proof = La preuve de vos choix : tant qu’ils sont valables, puis tant que la loi permet de les contester.
notice-complain = En cas de désaccord

# La porte d’entrée
root-title = Votre accord pour recevoir des e-mails
root-link = Chaque e-mail envoyé avec ce service contient un lien vers la page de vos choix. Si vous n’en avez pas sous la main, demandez-le.
root-docs = Documentation

# Comment fonctionne cette page
how-title = Comment fonctionne cette page
how-lead = Ce service garde une seule chose : votre accord pour recevoir des e-mails. Qui peut vous écrire, à quel sujet, et depuis quand.
how-open = Ouvrir un lien ne change rien
how-open-text = Des logiciels de sécurité ouvrent les liens de vos e-mails avant vous. Un lien ne fait donc qu’afficher une page. Quelque chose ne change que lorsque vous appuyez sur un bouton.
how-twice = Pourquoi nous demandons deux fois
how-twice-text = N’importe qui peut saisir votre adresse dans un formulaire. Une inscription ne compte donc qu’une fois confirmée depuis votre propre messagerie. Une demande que personne ne confirme est supprimée.
how-leave = Partir est aussi simple que s’inscrire
how-leave-text = Un seul bouton. Ni mot de passe ni question avant. Le lien fonctionne dans tous les e-mails, même anciens, et prend effet tout de suite.
how-masked = Pourquoi votre adresse est cachée
how-masked-text = Les e-mails sont parfois transmis à d’autres. La personne qui ouvre le lien d’une lettre peut arrêter les envois, mais ne voit ni votre adresse complète ni votre historique, et ne peut vous inscrire à rien. Pour cela, nous envoyons un code à votre adresse.
how-proof = Ce qui est gardé comme preuve
how-proof-text = À chaque oui et à chaque non : la date, le texte exact qui vous a été présenté et la manière dont vous avez répondu. Vous recevez un numéro de reçu.
how-watch = Ce qui ne se passe pas ici
how-watch-text = Ni suivi ni publicité. Rien sur ces pages ne vient d’une autre entreprise. Elles fonctionnent dans tous les navigateurs, sans JavaScript.
how-ask = Si vous n’avez pas de lien
how-ask-text = Demandez-en un : nous l’envoyons à votre adresse. Pour toute autre question, écrivez à l’organisation qui vous envoie les e-mails.

# Quand quelque chose n’a pas eu lieu
message-link-title = Ce lien ne fonctionne plus
message-expired = Il fonctionnait jusqu’au { $date }. Les liens s’arrêtent au bout d’un certain temps pour protéger vos données.
message-replaced = Nous avons envoyé depuis un lien plus récent. Utilisez celui du dernier e-mail.
message-revoked = Vous avez arrêté des e-mails le { $date }. Les liens envoyés avant ne font plus rien partir. Si vous voulez finalement recevoir ces e-mails, demandez un nouveau lien.
message-confirmed = La demande a été confirmée le { $date } grâce à l’e-mail envoyé à cette adresse. Vous pouvez arrêter les envois sur la page de vos choix.
message-frozen-title = Rien ne peut être changé ici pour le moment
message-frozen = Vos données sont gelées à votre demande, ou les e-mails vers votre adresse ont dû être arrêtés. Rien n’a changé.
message-unreadable-title = Nous n’avons pas pu lire ce lien
message-unreadable = Si vous l’avez copié depuis un e-mail, vérifiez qu’il est complet. Vous pouvez aussi en demander un nouveau.
message-not-found-title = Page introuvable
message-not-found = Si vous avez saisi l’adresse, vérifiez-la. Si vous cherchez vos choix d’e-mails, demandez votre lien.
message-too-fast-title = Merci d’attendre un peu
message-too-fast = { $n ->
    [one] Il y a eu trop de demandes en peu de temps. Rien n’a changé. Réessayez dans { $n } minute.
   *[other] Il y a eu trop de demandes en peu de temps. Rien n’a changé. Réessayez dans { $n } minutes.
  }
message-closed-title = Ce formulaire est fermé
message-closed = Il n’accepte plus d’inscriptions. Votre adresse n’a pas été enregistrée.
message-origin-title = Ce formulaire ne peut pas être utilisé depuis ce site
message-origin = Le formulaire a été envoyé depuis un site qui n’y est pas autorisé. Rien n’a été enregistré. Vous pouvez vous inscrire sur notre propre page.
message-bad-request-title = Nous n’avons pas pu lire ce formulaire
message-bad-request = Il n’a pas été envoyé comme cette page le fait. Rien n’a changé. Ouvrez la page à nouveau et réessayez.
message-too-large-title = Ce formulaire est trop long
message-too-large = Il contient plus de texte que nous n’en acceptons. Rien n’a changé. Raccourcissez-le et renvoyez-le.
message-not-proven-title = Votre reçu est presque prêt
message-not-saved-title = Votre choix n’a pas été enregistré
message-not-saved = Le problème vient de nous. Rien n’a changé. Réessayez dans quelques minutes.
message-new-link = M’envoyer un nouveau lien
message-same-address = Il part à la même adresse que le précédent. Vous n’avez pas à la saisir.
message-again = Réessayer
message-help = Si cela ne fonctionne toujours pas, écrivez à

## The reference of the API
docs-api = Référence de l’API
docs-api-lead = Chaque requête qu’un outil peut faire, ce qu’elle prend et ce qu’elle répond.
docs-api-english = La référence est en anglais, comme l’API elle-même.

## Declared fields
field-choose = Choisissez
field-years = de { $from } à { $to }
field-years-from = { $from } ou après
field-years-to = { $to } ou avant
sign-up-field-unreadable = Écrivez sur une seule ligne, sans caractère caché : { $label }
sign-up-field-not-offered = Choisissez parmi les options : { $label }
sign-up-field-repeated = Remplissez une seule fois : { $label }
preferences-told = Ce que vous nous avez dit

## Privacy notice
notice-dpo = Délégué à la protection des données : { $dpo }
notice-transfer = C’est en dehors de l’Espace économique européen. Ce qui y protège vos données : { $safeguard }
notice-transfer-adequate = C’est en dehors de l’Espace économique européen. La Commission européenne a décidé que les données personnelles y sont bien protégées (décision d’adéquation ; RGPD, article 45).
notice-required = Rien ne vous oblige à donner ces informations : ni la loi, ni un contrat. Sans votre adresse, nous ne pouvons pas vous envoyer d’e-mails. Un champ facultatif peut rester vide.
notice-automated = Aucune décision à votre sujet n’est prise par un programme seul.
notice-complain-named = Vous pouvez adresser une réclamation à l’autorité de protection des données :
notice-complain-other = Vous pouvez aussi vous adresser à l’autorité du pays où vous vivez ou travaillez.
notice-complain-any = Vous pouvez adresser une réclamation à l’autorité de protection des données du pays où vous vivez ou travaillez. Dans l’Union européenne, leur liste est sur edpb.europa.eu.
## Age and guardian
age-legend = Quel âge avez-vous ?
age-why = Avant { $age } ans, la loi demande aussi l’accord d’un parent ou responsable légal. Nous gardons seulement laquelle des deux réponses vous choisissez.
age-why-refuse = Avant { $age } ans, on ne peut pas s’inscrire seul ici. Nous gardons seulement laquelle des deux réponses vous choisissez.
age-at-least = J’ai { $age } ans ou plus
age-younger = J’ai moins de { $age } ans
age-missing = Dites si vous avez { $age } ans ou plus
guardian-label = Adresse e-mail d’un parent ou responsable légal (seulement si vous avez moins de { $age } ans)
guardian-why = Nous lui demandons son accord par e-mail. Nous n’envoyons rien d’autre tant que vous n’avez pas dit oui tous les deux. Laissez ce champ vide si vous avez { $age } ans ou plus.
guardian-missing = Indiquez l’adresse e-mail d’un parent ou responsable légal, puisque vous avez moins de { $age } ans
guardian-same = Indiquez l’adresse d’un parent ou responsable légal, pas la vôtre
guardian-wrong = Vérifiez l’adresse du parent ou responsable légal. { $problem }
young-title = Vous ne pouvez pas encore vous inscrire seul ici
young-nothing = Rien de ce que vous avez saisi n’a été gardé.
young-why = Ces e-mails s’adressent aux personnes de { $age } ans ou plus. C’est l’âge à partir duquel la loi permet de donner seul son accord.
young-next = Vous n’avez rien fait de mal. Si vous avez une question, demandez à un adulte de nous écrire.
waiting-title = Votre oui est enregistré
waiting-now = Un parent ou responsable légal doit maintenant dire oui aussi. Nous lui avons écrit par e-mail.
waiting-until = La réponse peut être donnée jusqu’au { $until }. Sans réponse, la demande est supprimée et vous ne recevez rien.
waiting-next = Vous n’avez plus rien à faire. D’ici là, nous ne vous envoyons rien d’autre.
waiting-change = Si vous avez changé d’avis, vous pouvez encore supprimer votre demande.
guardian-title = Êtes-vous d’accord pour ces e-mails ?
guardian-asked = Le { $date }, une personne de moins de { $age } ans a demandé à recevoir des e-mails à { $address } et a indiqué votre adresse comme celle d’un parent ou responsable légal.
guardian-get = Si vous dites oui tous les deux, l’enfant recevra :
guardian-yes = Oui, je suis d’accord
guardian-no = Non, supprimez la demande
guardian-both = Il faut deux accords : celui de l’enfant et le vôtre. Rien n’est envoyé avant. L’envoi peut être arrêté à tout moment.
guardian-until = Ce lien fonctionne jusqu’au { $until }. Si vous ne faites rien, la demande est supprimée et aucun e-mail n’est envoyé.
guardian-not-me = Je ne suis ni parent ni responsable légal de cet enfant
guardian-agreed-title = Votre oui est enregistré
guardian-agreed-waits = L’enfant doit encore dire oui, dans l’e-mail que nous avons envoyé à { $address }. D’ici là, rien n’est envoyé.
guardian-agreed-done = L’enfant a dit oui aussi. Les e-mails peuvent commencer.
guardian-agreed-stop = Chaque e-mail contient un lien pour arrêter. Vous pouvez aussi nous écrire à tout moment, à l’adresse ci-dessous.
guardian-agreed-kept = Nous ne gardons plus votre adresse. Comme preuve de votre réponse, nous gardons sa date et un code calculé à partir de votre adresse.
guardian-over-title = Cette demande est close
guardian-over = Elle a été supprimée. Elle ne fait partir aucun e-mail, et nous ne gardons plus votre adresse.
guardian-refused-title = La demande est supprimée
guardian-refused = Vous avez dit non. L’enfant ne reçoit aucun des e-mails demandés, et nous ne gardons plus votre adresse.
guardian-block-what = Quelqu’un a indiqué votre adresse comme celle d’un parent ou responsable légal. Si c’est une erreur, un seul bouton suffit :
guardian-block-keep = les e-mails que vous recevez vous-même ne changent pas.
standing-waiting-guardian = En attente de deux réponses : la vôtre et celle d’un parent ou responsable légal. Chacun a reçu un e-mail.
saved-guardian = Inchangé : { $name }. Il faut l’accord d’un parent ou responsable légal : demandez-le avec le formulaire d’inscription.
history-agreed-child = Vous avez dit oui. Il manquait encore l’accord d’un parent ou responsable légal.
history-agreed-guardian = Un parent ou responsable légal a dit oui. Il manquait encore votre accord.
history-guardian-asked = Nous avons écrit à un parent ou responsable légal.
history-guardian-unreached = L’e-mail à un parent ou responsable légal n’a pas pu être remis.
history-by-guardian = Par la réponse d’un parent ou responsable légal.
## proof of work and budgets
prove-title = Encore une étape
prove-why = Votre adresse n’a pas encore été enregistrée. Ce formulaire reçoit en ce moment un très grand nombre d’inscriptions, et la plupart ne viennent pas de personnes.
prove-next = Appuyez sur le bouton pour continuer. Votre navigateur comptera peut-être un instant : c’est ainsi que nous vous distinguons d’un programme.
prove-send = Continuer
prove-counting = Votre navigateur compte. Cela prend quelques secondes.
email-disposable = Utilisez une adresse que vous garderez : celle-ci vient d’un service d’adresses jetables
check-meant = Vouliez-vous dire une adresse chez { $domain } ?
check-meant-next = L’adresse saisie se termine un peu autrement. Si elle est juste, tout va bien. Sinon, inscrivez-vous de nouveau avec la bonne.
## Looks
misdirected = Ce nom mène ici, mais aucune page n’y est installée. S’il est à vous : inscrivez-le sous « hosts » de votre organisation et appliquez le fichier, ou faites-en l’adresse de base. Un proxy placé devant doit transmettre l’en-tête Host tel quel.
## The browser that signed up
check-same-browser = Si vous ouvrez le lien de l’e-mail dans ce navigateur, il n’y a aucun bouton à presser : l’ouvrir veut dire oui.
history-by-same-browser = En ouvrant le lien que nous vous avons envoyé dans le navigateur de votre inscription.
how-cookie = Le seul cookie
how-cookie-text = À l’inscription, votre navigateur garde un cookie pour ce site, jusqu’à votre réponse ou jusqu’à la fin du délai. Si le lien de l’e-mail est ouvert dans ce même navigateur, la page sait que c’est vous, et vous n’avez pas à presser le bouton. Aucun autre navigateur n’a ce cookie, aucun logiciel de sécurité non plus. Il ne sert à rien d’autre, et il n’y en a pas d’autre.
## Embedded forms
embed-down = Le formulaire n’a pas pu être envoyé. Votre saisie est toujours là. Réessayez dans un instant.
embed-own-page = S’inscrire plutôt sur notre page
embed-change = Chaque e-mail contient un lien pour changer vos choix ou tout arrêter.

## Snippets
snippet-title = Mettre ce formulaire sur votre site
snippet-lead = Quatre façons, un seul formulaire. Le texte que les personnes acceptent reste celui que vous avez publié ici.
snippet-element = Élément
snippet-element-why = Collez ceci à l’endroit du formulaire. Il prend l’apparence de votre page. Sans script, on voit le lien.
snippet-pinned = Pour charger exactement ces octets et aucun autre, utilisez cette ligne pour le script. Elle ne reçoit pas nos corrections.
snippet-plain = HTML seul
snippet-plain-why = Sans aucun script. Il porte la version de son texte : collez-le de nouveau quand vous changez le formulaire ou un texte.
snippet-frame = Cadre
snippet-frame-why = Pour les outils qui n’acceptent pas de script. Le script ci-dessous ajuste seulement la hauteur ; sans lui, le cadre défile.
snippet-link = Lien et QR code
snippet-link-why = Pour les publications, les messages et le papier.
snippet-qr = QR code de cette adresse
snippet-copy = Copier
snippet-copied = Copié
snippet-preview = Aperçu
snippet-preview-why = C’est le vrai formulaire. Ce que vous envoyez ici est une vraie inscription.
snippet-auto = Comme la page
snippet-light = Clair
snippet-dark = Sombre
snippet-bare = Sans notre style
snippet-phone = Largeur de téléphone
snippet-wide = Toute la largeur

## Acts of the organisation
history-restricted = Vos données ont été gelées à votre demande.
history-unrestricted = Le gel de vos données a pris fin.
history-suppressed = Votre adresse a été marquée comme ne devant plus recevoir d’e-mails.
history-unsuppressed = La marque interdisant d’écrire à votre adresse a été levée.
history-cancelled = La demande a été retirée avant que vous ne la confirmiez.
history-by-api = Selon ce que vous avez dit à l’organisme.

## Events

docs-events = Événements
docs-events-lead = Ce qui arrive ici, et ce qu’en disent le fil et les webhooks.

## Recipients

recipients-past = { $name } a reçu votre adresse jusqu’au { $date }.
