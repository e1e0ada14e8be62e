## Les boîtes pour lesquelles quelqu’un travaille
mailboxes-title = Boîtes de messagerie
mailboxes-all = toutes
mailboxes-of = Boîtes de messagerie de { $name }
mailboxes-how = Une personne limitée à certaines boîtes ne voit que leurs incidents et leurs dossiers : dans les listes, les recherches, les chiffres et les fichiers exportés. Rien de coché signifie toutes les boîtes. La première vaut aussi pour ce qui n’est arrivé à aucune boîte, comme ce qu’une règle a ouvert.
mailboxes-are-all = Toutes les boîtes sont visibles actuellement.
mailboxes-gone = n’est plus une de nos boîtes
mailboxes-save = Fixer les boîtes
mailboxes-back = Retour
mailboxes-did = { $name } ne voit désormais que les boîtes choisies.
mailboxes-did-all = { $name } voit désormais toutes les boîtes.
mailboxes-token = Seulement ces boîtes
mailboxes-limit = Vous ne voyez que les incidents et les signalements de ces boîtes, avec ce qui en dépend : { $mailboxes }. Un administrateur peut le changer.
mailboxes-limit-none = Vous ne voyez aucun incident ni aucun signalement : aucune de vos boîtes n’est ouverte à ce jeton.
