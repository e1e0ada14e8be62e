# Les règles de ce qui suit de soi-même entre les incidents et ce qui s’y rattache

rules-title = Règles automatiques
rules-hint = Ce qui se fait automatiquement quand un incident, ou ce qui s’y rattache, change. Une règle désactivée ne fait rien ; ce qu’elle a fait reste. Tout figure au journal.
rules-on = activée
rules-off = désactivée
rules-switched = réglée par
rules-do-on = Activer
rules-do-off = Désactiver
rules-do-on-which = Activer : { $rule }
rules-do-off-which = Désactiver : { $rule }
rules-did-on = La règle est activée.
rules-did-off = La règle est désactivée.
