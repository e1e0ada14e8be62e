# Ce qui prouve le travail : une preuve acceptée par qui l'a montrée, les chiffres de formation, les chiffres comme preuves en mots.
api-scope-services-switch = Activer et désactiver des services à la main
establish-own = par qui l'a montré
establish-accept-own = Accepter sa propre preuve
establish-own-how = Personne d'autre ici ne peut l'accepter ; vous le pouvez donc. La fiche et le journal diront que vous avez accepté ce que vous avez montré vous-même.
establish-did-accept-own = Accepté par qui l'a montré. La brique est en place.
framework-verb-own-proof-accepted = a accepté la preuve qu'il avait montrée
quality-figure-trained = Personnes avec un certificat valable
quality-figure-trained-how = Parmi les personnes qui peuvent se connecter, celles qui ont réussi depuis un an au plus un cours d'un service activé. Tel que c'est maintenant. Aucun nom n'est gardé.
quality-figure-manual-read = Personnes qui connaissent le manuel tel qu'il est
quality-figure-manual-read-how = Parmi les personnes qui peuvent se connecter, celles qui ont lu la version actuelle de chaque document du manuel, dans n'importe quelle langue. Tel que c'est maintenant. Aucun nom n'est gardé.
quality-evidence = { $figure } : { $value } ({ $cases }, { $from } – { $until })
