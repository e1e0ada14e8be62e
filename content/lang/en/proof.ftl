# What proves work: a proof accepted by the one who showed it, figures of training, figures as evidence in words.
api-scope-services-switch = Switch services on and off by hand
establish-own = by the one who showed it
establish-accept-own = Accept your own proof
establish-own-how = Nobody else here may accept it, so you may. The record and the journal will say that you accepted what you showed yourself.
establish-did-accept-own = Accepted by the one who showed it. The building block is in place.
framework-verb-own-proof-accepted = accepted the proof they had shown themselves
quality-figure-trained = People with a valid certificate
quality-figure-trained-how = Of the people who may sign in, those who passed a course of a service that is on, no longer ago than a year. As it stands now. Names are not kept.
quality-figure-manual-read = People who know the manual as it is
quality-figure-manual-read-how = Of the people who may sign in, those who have read the current version of every document of the manual, in any language. As it stands now. Names are not kept.
quality-evidence = { $figure }: { $value } ({ $cases }, { $from } – { $until })
