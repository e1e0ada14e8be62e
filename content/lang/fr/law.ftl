# L’espace du droit.
law-title = Droit
law-hint = Pour chaque nation : ce que le droit interne dit à chaque article des conventions, où cela se trouve, ce qui manque et ce qui reste à rédiger. Un espace est une évaluation par couverture : plusieurs personnes disent jusqu’où un article est couvert, et un modérateur note ce qui est convenu.
law-none = Aucun espace encore
law-none-how = Commencez-en un ci-dessous : nommez la nation.
law-begin = Commencer un espace
law-nation = Nation
law-open = Espace du droit
law-one-title = Droit : { $subject }
law-one-hint = Entièrement compte un, en partie un demi, pas du tout zéro ; ce qui ne s’applique pas est exclu. Ce qui fut montré et examiné se trouve à côté de ce qui fut dit.
law-assessment = L’évaluation
law-by-group = Par groupe
law-group = Groupe
law-article = Article
law-standing = Où on en est
law-standing-covered = Couvert
law-standing-partly = En partie
law-standing-no = Non couvert
law-standing-open = Personne ne l’a dit
law-covered-claimed = Couvert, d’après les dires
law-covered-supported = Couvert, preuves à l’appui
law-night = Contact de jour et de nuit
law-night-ready = { $count ->
    [one] { $ready } devoir rempli sur un.
   *[other] { $ready } devoirs remplis sur { $count }.
}
law-citation = Loi et article
law-link = Adresse du texte
law-language = Langue du texte
law-body = Texte de la disposition
law-note = Note de rédaction
law-missing = Ce qui manque
law-own-standing = Selon vous
law-asked = Ce qui est demandé
law-write = Disposition de droit interne
law-provision = Disposition de droit interne
law-written = Écrit
law-before = Auparavant
law-no-advice = Les titres des articles sont ceux des instruments ; les questions ne sont pas un avis juridique.
law-did-write = Enregistré. Ce qui s’y trouvait avant est gardé.
