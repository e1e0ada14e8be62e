# Contenu de la maison qui n’a pas pu être lu.
unread-how = Corrigez le fichier. Les référentiels, les briques, les tables de correspondance, les objectifs, les lettres et les règles sont relus automatiquement ; pour tout le reste, redémarrez Manara. manara doctor dit la même chose sur le serveur.
