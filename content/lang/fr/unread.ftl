# Contenu de la maison qui n’a pas pu être lu.
unread-how = Corrigez le fichier et redémarrez Manara ; les lettres et les règles sont relues d’elles-mêmes. manara doctor dit la même chose sur le serveur.
