# Quand l’équipe travaille : ce que compte le temps ouvré

hours-title = Temps ouvré
hours-week = Jours ouvrés
hours-span = Heures de travail
hours-zone = Fuseau horaire
hours-day-mon = Lundi
hours-day-tue = Mardi
hours-day-wed = Mercredi
hours-day-thu = Jeudi
hours-day-fri = Vendredi
hours-day-sat = Samedi
hours-day-sun = Dimanche
hours-rests = Jours chômés des douze prochains mois
hours-rests-how = Les délais comptés en temps ouvré n’en tiennent pas compte. Ce sont les jours chômés de la nation et ceux du fichier des heures de travail. Un changement vaut pour ce qui commence à courir ensuite ; ce qui court déjà garde son échéance.
hours-rests-none = Aucun jour chômé qui tombe un jour ouvré n’est indiqué.
hours-rest-day = Jour
hours-rest-name = Nom
hours-rest-file = du fichier des heures de travail

# Rules of clocks
hours-rules-title = Règles de délais
hours-rules-how = Elles disent qui doit être informé, de quoi et dans quel délai. Elles font partie du contenu : des fichiers de content/clocks.
hours-rule-enabled = commence avec chaque incident
hours-rule-by-hand = lancée manuellement
