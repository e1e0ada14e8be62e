# mots de constituency

constituency-list-title = Bénéficiaires
constituency-list-text = Nom ou ce qu’il possède
constituency-list-state = État
constituency-list-changed = Dernière modification
constituency-list-none = Il n’y a encore aucun bénéficiaire
constituency-list-none-how = Importez une liste d’organisations avec leurs réseaux, ou ajoutez la première à la main. Les événements trouvent leur propriétaire dès qu’il est ici.
constituency-state-active = Actif
constituency-state-inactive = Inactif
constituency-state-removed = Retiré
constituency-criticality-low = Faible
constituency-criticality-medium = Moyenne
constituency-criticality-high = Élevée
constituency-criticality-vital = Vitale
constituency-role-security = Sécurité
constituency-role-abuse = Abus
constituency-role-technical = Technique
constituency-role-management = Direction
constituency-format-csv = CSV
constituency-format-json = JSON
constituency-format-both = CSV et JSON
constituency-format-pdf = PDF et CSV
constituency-format-all = PDF, CSV et JSON

constituency-field-id = Identifiant
constituency-field-name = Nom
constituency-field-names = Noms dans d’autres langues
constituency-field-name-in = Nom ({ $language })
constituency-field-name-en = Nom (anglais)
constituency-field-name-ar = Nom (arabe)
constituency-field-name-fr = Nom (français)
constituency-field-sector = Secteur
constituency-field-sector-text = Secteur en vos propres mots, si c’est « Autre »
constituency-field-kind = Type
constituency-field-kind-text = Type en vos propres mots, si c’est « Autre »
constituency-field-criticality = Criticité
constituency-field-association = Rattaché à
constituency-field-association-how = Le nom du bénéficiaire dont dépend celui-ci, par exemple son fournisseur d’accès ou son association.
constituency-field-active = Actif : lui attribuer les événements et l’informer
constituency-field-networks = Réseaux
constituency-field-networks-how = Un par ligne, par exemple 192.0.2.0/24 ou 2001:db8::/32. Le réseau d’un client peut se trouver dans celui de son fournisseur : le plus petit l’emporte.
constituency-field-as-numbers = Numéros d’AS
constituency-field-domains = Domaines
constituency-field-contacts = Contacts
constituency-field-contacts-how = Un contact a besoin d’une adresse électronique ou d’un numéro de téléphone. Videz un contact pour le retirer ; enregistrez pour obtenir d’autres lignes vides.
constituency-field-contact = Contact { $number }
constituency-field-contact-role = Rôle
constituency-field-contact-name = Personne ou service
constituency-field-contact-mail = Courriel
constituency-field-contact-telephone = Téléphone
constituency-field-contact-language = Langue
constituency-field-contact-format = Format des événements
constituency-field-contact-active = Informer ce contact
constituency-field-notes = Notes

constituency-new-title = Ajouter un bénéficiaire
constituency-edit-title = Modifier un bénéficiaire
constituency-form-save = Enregistrer
constituency-form-cancel = Annuler
constituency-form-stale = Quelqu’un a modifié ce bénéficiaire pendant que vous l’aviez ouvert. Rien n’est perdu : voici ce qui y est maintenant, à côté de ce que vous avez saisi. Enregistrer remplace par votre formulaire.
constituency-form-others = Ce qui diffère maintenant entre votre formulaire et la fiche
constituency-form-others-none = Rien ne diffère de votre formulaire : enregistrer ne change rien.
constituency-form-field = Champ
constituency-form-now = Valeur actuelle
constituency-form-mine = Dans votre formulaire
constituency-form-troubles = { $count ->
    [one] Un champ est à corriger
   *[other] { $count } champs sont à corriger
}

constituency-edit = Modifier
constituency-remove = Retirer
constituency-restore = Rétablir
constituency-removed-note = Ce bénéficiaire a été retiré. Les événements ne lui sont plus attribués et il n’est plus informé. Il peut être rétabli.
constituency-merged-note = Il a été fusionné avec { $name }.
constituency-inactive-note = Ce bénéficiaire est inactif : les événements ne lui sont pas attribués et il n’est pas informé.
constituency-one-facts = Ce qu’il est
constituency-one-owns = Ce qu’il possède
constituency-one-added = Ajouté
constituency-one-id = Identifiant
constituency-one-below = Bénéficiaires qui lui sont rattachés
constituency-one-journal = Ce qui s’est passé
constituency-networks-none = Aucun réseau
constituency-contacts-none = Personne ne peut être informé
constituency-contacts-none-how = Ajoutez un contact pour pouvoir envoyer des notifications à ce bénéficiaire.
constituency-contacts-none-short = Aucun
constituency-contact-inactive = Non informé
constituency-journal-when = Quand
constituency-journal-who = Qui
constituency-journal-what = Quoi
constituency-journal-all = Tout dans le journal
constituency-verb-added = a ajouté un bénéficiaire
constituency-verb-changed = a modifié un bénéficiaire
constituency-verb-imported = a importé une liste de bénéficiaires
constituency-verb-removed = a retiré un bénéficiaire
constituency-verb-restored = a rétabli un bénéficiaire
constituency-verb-merged = a fusionné un bénéficiaire avec un autre

constituency-merge-title = Fusionner avec un autre bénéficiaire
constituency-merge-how = Les réseaux, domaines, numéros d’AS et contacts passent à l’autre, et celui-ci est retiré. Le rétablir lui rend ses réseaux et ses domaines.
constituency-merge-into = Nom de l’autre bénéficiaire
constituency-merge-button = Fusionner

constituency-said-added = { $name } a été ajouté.
constituency-said-changed = { $name } a été modifié.
constituency-said-removed = { $name } a été retiré. Il peut être rétabli ici.
constituency-said-restored = { $name } a été rétabli.
constituency-said-not-restored = Rétablissement impossible, car ceci appartient maintenant à d’autres : { $taken }
constituency-said-merged = { $name } a été fusionné avec { $into }.
constituency-said-merge-unknown = Aucun autre bénéficiaire ne porte le nom « { $name } ».
constituency-said-imported = La liste a été importée. Ajoutés : { $added }. Modifiés : { $changed }. Retirés : { $removed }.
constituency-said-held-gone = Le fichier vérifié n’est plus là. Choisissez-le de nouveau.

constituency-overlaps-title = Chevauchements
constituency-overlaps-how = Réseaux d’un bénéficiaire situés dans un réseau d’un autre. Les événements vont au propriétaire du plus petit réseau.
constituency-overlaps-none = Aucun réseau ne se chevauche
constituency-overlaps-none-how = Quand un réseau d’un bénéficiaire se trouve dans celui d’un autre, il apparaît ici avec celui qui l’emporte.
constituency-overlaps-shown = { $count ->
    [one] { $shown } chevauchement sur un
   *[other] { $shown } chevauchements sur { $count }
}
constituency-overlap-inner = Réseau
constituency-overlap-wins = Reçoit les événements
constituency-overlap-outer = Se trouve dans
constituency-overlap-loses = De
constituency-overlap-equal = Le même réseau
constituency-shared-title = Numéros d’AS de plusieurs bénéficiaires
constituency-shared-how = Les événements sans réseau connu vont au propriétaire de leur numéro d’AS. S’il y en a plusieurs, c’est celui auquel tous les autres sont rattachés ; sinon personne.
constituency-shared-owners = Propriétaires
constituency-shared-nobody = Personne

constituency-export-title = Exporter tous les bénéficiaires
constituency-export-how = Tous les bénéficiaires qui ne sont pas retirés, avec tout ce qu’ils possèdent. Chacun de ces fichiers peut être importé de nouveau.
constituency-export-csv = CSV, une ligne par bénéficiaire
constituency-export-networks = CSV, une ligne par réseau
constituency-export-json = JSON

constituency-import-title = Importer
constituency-import-choose = Choisir un fichier
constituency-import-how = Le fichier est d’abord vérifié et rien n’est écrit : vous voyez ce qui changerait et vous confirmez. Une seule mauvaise ligne, et tout le fichier est refusé, avec chaque mauvaise ligne nommée.
constituency-import-form-networks = Un CSV avec une ligne par réseau a ces colonnes :
constituency-import-form-full = Un CSV avec une ligne par bénéficiaire, ou du JSON, a les colonnes de l’export. L’ordre ne compte pas et des colonnes peuvent manquer.
constituency-import-file = Fichier
constituency-import-paste = Lignes collées
constituency-import-replace = Retirer ce que le fichier ne nomme pas
constituency-import-check = Vérifier le fichier
constituency-import-confirm = Importer
constituency-import-report = Ce que ferait le fichier
constituency-import-ready = Rien n’est encore écrit. Confirmez pour que ce le soit.
constituency-import-nothing = Tout cela est déjà ici. Il n’y a rien à changer.
constituency-import-refused = { $count ->
    [one] Une valeur a été refusée : rien ne peut être importé. Corrigez-la et choisissez de nouveau le fichier.
   *[other] { $count } valeurs ont été refusées : rien ne peut être importé. Corrigez-les et choisissez de nouveau le fichier.
}
constituency-import-refused-title = Refusé
constituency-import-warnings-title = Avertissements
constituency-import-warnings = { $count ->
    [one] Une valeur a été acceptée, mais est à vérifier.
   *[other] { $count } valeurs ont été acceptées, mais sont à vérifier.
}
constituency-import-read = Lignes lues
constituency-import-added = Bénéficiaires ajoutés
constituency-import-changed = Bénéficiaires modifiés
constituency-import-unchanged = Bénéficiaires inchangés
constituency-import-removed = Bénéficiaires retirés
constituency-import-line = Ligne
constituency-import-column = Colonne
constituency-import-why = Pourquoi
constituency-import-warning = Quoi
constituency-import-found = Trouvé
constituency-import-error-empty = Le fichier est vide.
constituency-import-error-too-large = Le fichier dépasse { $limit } Mo. Importez-le par la ligne de commande.
constituency-import-error-no-name = Aucune colonne ne donne le nom du bénéficiaire (name ou org). Les colonnes du fichier sont : { $found }
constituency-import-error-twice = Les colonnes { $first } et { $second } disent la même chose. Retirez l’une des deux.
constituency-import-error-json = Le fichier n’est pas du JSON à la ligne { $line }, colonne { $column } : { $reason }

constituency-reason-empty = C’est vide
constituency-reason-too-long = Plus de { $limit } caractères
constituency-reason-control = Contient des caractères invisibles
constituency-reason-network = Ce n’est pas un réseau IPv4 ou IPv6 comme 192.0.2.0/24 ou 2001:db8::/32
constituency-reason-length = Le nombre après la barre n’est pas compris entre 1 et { $max }
constituency-reason-host-bits = Des bits d’hôte sont présents. Le réseau est sans doute { $meant }
constituency-reason-as-number = Ce n’est pas un numéro d’AS comme 64512 ou AS64512
constituency-reason-domain = Ce n’est pas un nom de domaine comme ministry.example
constituency-reason-mail = Ce n’est pas une adresse électronique comme abuse@isp.example
constituency-reason-telephone = Ce n’est pas un numéro de téléphone comme +223 20 22 00 00
constituency-reason-language = Ce n’est pas un code de langue comme en, ar ou fr
constituency-reason-word = Ce n’est aucun de ceux-ci : { $words }
constituency-reason-id = Ce n’est pas un identifiant de Manara
constituency-reason-unreachable = Un contact a besoin d’une adresse électronique ou d’un numéro de téléphone
constituency-reason-own-association = Un bénéficiaire n’est pas rattaché à lui-même
constituency-reason-name-taken = Un autre bénéficiaire porte ce nom : { $owner }
constituency-reason-owned = Appartient déjà à { $owner }
constituency-reason-owned-in-file = La ligne { $line } du même fichier l’attribue à { $owner }
constituency-reason-twice-in-file = La ligne { $line } du même fichier concerne le même bénéficiaire
constituency-reason-fields = La ligne a { $found } champs, l’en-tête en a { $wanted }
constituency-reason-open-quote = Un guillemet est ouvert et n’est pas fermé
constituency-reason-line-too-long = La ligne est trop longue
constituency-reason-json-type = La valeur devrait être : { $words }

constituency-warning-unknown-column = Cette colonne n’est pas connue et n’a pas été lue
constituency-warning-unknown-sector = Ce secteur n’est pas connu. Il est gardé sous « Autre »
constituency-warning-unknown-kind = Ce type n’est pas connu. Il est gardé sous « Autre »
constituency-warning-unknown-association = Aucun bénéficiaire ne porte ce nom
constituency-warning-shared-as = { $owner } a aussi ce numéro d’AS
constituency-warning-differs = La ligne { $line } dit autre chose du même bénéficiaire, et c’est elle qui compte

constituency-networks-none-how = Ajoutez ses réseaux pour que les événements de ses adresses trouvent leur propriétaire.
