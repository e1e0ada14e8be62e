# Les règles de ce qui suit de soi-même entre les incidents et ce qui s’y rattache

rules-title = Ce qui suit de soi-même
rules-hint = Ce qui suit de soi-même quand quelque chose arrive à un incident ou à ce qui s’y rattache. Une règle désactivée ne fait rien ; ce qu’elle a fait demeure. Tout figure au journal.
rules-on = activée
rules-off = désactivée
rules-switched = réglée par
rules-do-on = Activer
rules-do-off = Désactiver
rules-do-on-which = Activer : { $rule }
rules-do-off-which = Désactiver : { $rule }
rules-did-on = La règle est activée.
rules-did-off = La règle est désactivée.
