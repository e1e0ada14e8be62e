# Services, et la page d’un service arrêté.
service-constituency = Bénéficiaires
service-constituency-what = Organisations, leurs réseaux et contacts : ceux que nous servons.
service-watch = Veille
service-watch-what = Flux, lots, événements et constats : ce qui ne va pas, et sur quel actif.
service-warning = Alerte
service-warning-what = Notifications aux bénéficiaires, approbation, envoi, et leurs réponses.
service-response = Réponse
service-response-what = Incidents : responsable, chronologie, échéances, issue.
service-picture = Situation
service-picture-what = La situation nationale, l’écran mural et le bulletin quotidien.
service-api = Interfaces pour les programmes
service-api-what = L’API avec ses jetons, et les webhooks.
service-framework = Référentiels
service-framework-what = Évaluations, conceptions, mise en place des services, manuel et formation.
service-which-block = Quelle brique l’apporte
service-by-hand = Activer manuellement
