# Les pages qui signalent les changements
live-changes = { $count ->
    [one] { $count } changement – l’afficher
   *[other] { $count } changements – les afficher
}
live-changes-many = { $count ->
    [one] Plus de { $count } changement – les afficher
   *[other] Plus de { $count } changements – les afficher
}
live-lost = Connexion perdue. Reconnexion automatique en cours.
live-lost-kept = Connexion perdue. Reconnexion automatique en cours ; ce que vous écrivez est conservé.
live-out = Votre session est terminée. Se connecter de nouveau

# Ce qui est écrit et pas encore envoyé
live-kept = Texte conservé depuis le { $time } ; il n’a pas encore été envoyé.
live-kept-changed = Texte conservé depuis le { $time } ; il n’a pas encore été envoyé. La fiche a été modifiée entre-temps : comparez avant d’envoyer.
live-discard = Abandonner
live-other = Ce formulaire est aussi en cours d’écriture dans un autre onglet. Aucun n’écrase l’autre ; le dernier envoyé fait foi.
live-failed = Pas de connexion : rien n’a été envoyé. Ce que vous avez écrit est conservé ; envoyez-le de nouveau quand la connexion sera revenue.

# Réglages
live-settings = Les pages tant qu’elles sont ouvertes
live-settings-live = Me signaler les changements et actualiser l’accueil automatiquement
live-settings-live-hint = Les listes et les fiches disent combien de choses ont changé ; rien ne bouge sans que vous le demandiez. Sans cela, une page reste telle qu’au chargement.
live-settings-keep = Conserver ce que j’écris jusqu’à l’envoi
live-settings-keep-hint = Le texte reste dans ce navigateur une semaine au plus, pour vous seul, et s’efface quand vous vous déconnectez. Mots de passe et fichiers ne sont jamais conservés. À désactiver sur une machine que d’autres utilisent.

# Revenir en arrière, et demander d’abord
live-undo = Annuler
live-for-good = Cela ne peut pas être annulé.
live-leave-it = Laisser comme c’est
live-ask-token = Le jeton { $name } cesse tout de suite de fonctionner, et avec lui tout programme qui s’en sert.
live-ask-token-title = Révoquer un jeton
live-ask-disable-title = Désactiver une personne
live-ask-disable = { $name } est déconnecté partout et ne peut plus se connecter avant d’être réactivé. Tous ses jetons sont révoqués, et ceux-ci ne reviennent pas.
live-webhook-restored = Le webhook est rétabli. Il signale ce qui arrive à partir de maintenant.
live-webhook-not-restored = Ce webhook ne peut pas être rétabli : il est là, ou a été supprimé il y a plus de 30 jours.
live-webhooks-removed = Supprimés ces 30 derniers jours
live-webhook-restore = Rétablir
