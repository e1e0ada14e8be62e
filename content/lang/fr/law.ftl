# L’espace du droit.
law-title = Droit
law-hint = Pour chaque nation : ce que le droit interne dit de chaque article des conventions, où il le dit, ce qui manque et ce qui reste à rédiger. Un espace de travail est une évaluation par couverture : plusieurs personnes disent jusqu’où un article est couvert, et un modérateur consigne ce qui est convenu.
law-none = Aucun espace de travail pour l’instant
law-none-how = Commencez-en un ci-dessous : nommez la nation.
law-begin = Ouvrir un espace de travail
law-nation = Nation
law-open = Espace de travail juridique
law-one-title = Droit : { $subject }
law-one-hint = Entièrement compte un, en partie un demi, pas du tout zéro ; ce qui est sans objet est écarté. Ce qui a été montré et examiné figure à côté de ce qui a été dit.
law-assessment = L’évaluation
law-by-group = Par groupe
law-group = Groupe
law-article = Article
law-standing = Où en est l’article
law-standing-covered = Couvert
law-standing-partly = Couvert en partie
law-standing-no = Non couvert
law-standing-open = Personne ne s’est prononcé
law-covered-claimed = Couvert, selon les réponses
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
law-written = Rédigé le
law-before = Auparavant
law-no-advice = Les titres des articles sont ceux des instruments ; les questions ne constituent pas un avis juridique.
law-did-write = Enregistré. Le texte précédent est conservé.
