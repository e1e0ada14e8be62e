# Services, and a page of one that is off.
service-constituency = Constituency
service-constituency-what = Organisations, their networks and contacts: whom we serve.
service-watch = Watch
service-watch-what = Feeds, batches, events, and findings: what is wrong with which asset.
service-warning = Warning
service-warning-what = Notices to constituents, approval, sending, and what they answer.
service-response = Response
service-response-what = Incidents: owner, timeline, deadlines, end.
service-picture = Picture
service-picture-what = The national picture, the wall and the daily digest.
service-api = Interfaces for programs
service-api-what = The API with its tokens, and webhooks.
service-framework = Frameworks
service-framework-what = Assessments, designs, establishing services, the manual and training.
service-which-block = Which building block brings it
service-by-hand = Switch it on by hand
